import { describe, expect, test } from '@jest/globals';
import { addTotals, closingLine, countReports } from './totals.mjs';

/** @param {Partial<import('./totals.mjs').JestReport>} counts */
function report(counts) {
  return {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
    ...counts,
  };
}

describe('the totals of a suite', () => {
  test('add up what every package reports', () => {
    const reports = [
      report({ numPassedTests: 3, numPendingTests: 1 }),
      report({ numPassedTests: 2, numFailedTests: 1 }),
    ];
    expect(countReports(reports, 1)).toEqual({ passed: 5, failed: 1, skipped: 1 });
  });

  test('count a test file that could not run as failed', () => {
    const reports = [report({ numPassedTests: 3, numRuntimeErrorTestSuites: 2 })];
    expect(countReports(reports, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  test('count a runner that wrote no report as failed', () => {
    expect(countReports([report({ numPassedTests: 3 }), undefined], 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  test('are not green when every test passed and the runner failed', () => {
    expect(countReports([report({ numPassedTests: 3 })], 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  test('name a test that was put off as skipped', () => {
    expect(countReports([report({ numPassedTests: 1, numTodoTests: 1 })], 0).skipped).toBe(1);
  });
});

describe('the closing line', () => {
  test('gives the totals over all suites', () => {
    const totals = addTotals({ passed: 1, failed: 0, skipped: 0 }, { passed: 2, failed: 3, skipped: 0 });
    expect(closingLine(totals)).toBe('3 passed, 3 failed');
  });

  test('tells of skipped tests where there are any', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 1 })).toBe('3 passed, 0 failed, 1 skipped');
  });
});
