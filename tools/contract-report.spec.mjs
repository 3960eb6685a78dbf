import { describe, expect, test } from '@jest/globals';
import { compareReport, missingInChangelog } from './contract-report.mjs';

describe('the contract’s surface', () => {
  test('is the one that was reviewed (else: npm run contract:update)', () => {
    expect(compareReport()).toBe(true);
  }, 120_000);

  test('has a line in the changelog', () => {
    expect(missingInChangelog()).toBeUndefined();
  });
});
