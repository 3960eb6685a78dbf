import { setUp } from './set-up.mjs';
import { runSuite, SUITES } from './suites.mjs';
import { chromiumPath, provideSystemPrograms } from './system-programs.mjs';
import { addTotals, closingLine, NOTHING } from './totals.mjs';

/**
 * Runs the suites named on the command line, all of them without names.
 *
 * @param {string[]} names
 */
function test(names) {
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Error(`No suite ${unknown.join(', ')}. There are: ${SUITES.map((suite) => suite.name).join(', ')}.`);
  }
  setUp();
  const chosen = SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
  const missing = provideSystemPrograms(chosen.flatMap(({ needs }) => needs ?? []));
  const leftOut = chosen.filter(({ needs }) => needs && missing.has(needs));
  const chromium = chromiumPath();
  if (chromium !== undefined) process.env['CHROMIUM'] = chromium;
  const totals = chosen
    .filter((suite) => !leftOut.includes(suite))
    .map(({ name }) => runSuite(name))
    .reduce(addTotals, NOTHING);
  return withLeftOut(totals, leftOut, missing);
}

/**
 * Says which suites did not run. Where a machine tests for everybody, each is a failure.
 *
 * @param {import('./totals.mjs').Totals} totals
 * @param {readonly (typeof SUITES)[number][]} leftOut
 * @param {Map<string, string>} missing
 */
function withLeftOut(totals, leftOut, missing) {
  for (const { name, needs } of leftOut) console.log(`Suite ${name} left out: ${missing.get(needs ?? '')}.`);
  return process.env['CI'] === 'true' ? addTotals(totals, { ...NOTHING, failed: leftOut.length }) : totals;
}

let totals = { ...NOTHING, failed: 1 };
try {
  totals = test(process.argv.slice(2));
  if (totals.passed + totals.failed === 0) console.log('No test ran.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
console.log(closingLine(totals));
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
