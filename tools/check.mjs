import { runTool } from './commands.mjs';
import { compareReport, missingInChangelog } from './contract-report.mjs';
import { setUp } from './set-up.mjs';
import { runSuite } from './suites.mjs';
import { closingLine } from './totals.mjs';

/** @type {readonly (readonly [step: string, passes: () => boolean])[]} */
const STEPS = [
  ['format', () => runTool('prettier', ['--check', '--log-level=warn', '.']) === 0],
  ['lint', () => runTool('eslint', ['--max-warnings=0', '.']) === 0],
  ['types', () => runTool('tsc', ['-b']) === 0],
  ['unit tests', unitTestsPass],
  ['contract report', contractIsReviewed],
  ['unused code', () => runTool('knip', []) === 0],
];

function contractIsReviewed() {
  const missing = missingInChangelog();
  if (missing !== undefined) console.log(missing);
  return compareReport() && missing === undefined;
}

function unitTestsPass() {
  const totals = runSuite('unit');
  console.log(closingLine(totals));
  return totals.failed === 0 && totals.passed > 0;
}

setUp();
const failed = STEPS.filter(([step, passes]) => {
  console.log(`\n— ${step}`);
  return !passes();
}).map(([step]) => step);
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
