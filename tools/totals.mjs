/**
 * What a suite did. A test file that crashed, or a runner that stopped before it wrote its report, counts as one failed.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 *
 * The part of jest's `--json` report that is counted.
 * @typedef {object} JestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites
 */

/** @type {Totals} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {(JestReport | undefined)[]} reports one of each package; undefined where none was written
 * @param {number} exitCode of the runner over all of them
 * @returns {Totals}
 */
export function countReports(reports, exitCode) {
  const totals = reports.map(countReport).reduce(addTotals, NOTHING);
  // A runner may fail after its tests, e.g. in a tear-down: that is never green.
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

/**
 * @param {Totals} a
 * @param {Totals} b
 * @returns {Totals}
 */
export function addTotals(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * The closing line of a test run.
 *
 * @param {Totals} totals
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {JestReport | undefined} report
 * @returns {Totals}
 */
function countReport(report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
