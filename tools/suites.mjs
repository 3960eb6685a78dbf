import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from './commands.mjs';
import { countReports } from './totals.mjs';

/**
 * The suites in the order in which they run. Each is an Nx target of the packages that have a script of its name.
 * `needs` is the system program without which the suite cannot run.
 *
 * @type {readonly { name: string, needs?: import('./system-programs.mjs').SystemProgram }[]}
 */
export const SUITES = [
  { name: 'unit' },
  { name: 'integration' },
  { name: 'python', needs: 'python3' },
  { name: 'dovecot', needs: 'dovecot' },
  { name: 'e2e', needs: 'chromium' },
];

/**
 * Runs one suite in every package that has it, showing what the runner prints.
 *
 * @param {string} name
 * @returns {import('./totals.mjs').Totals} cached results count like fresh ones
 */
export function runSuite(name) {
  const reports = packageFolders()
    .filter((folder) => hasScript(folder, name))
    .map((folder) => join(folder, 'test-results', `${name}.json`));
  for (const report of reports) rmSync(report, { force: true });
  const exitCode = runTool('nx', [
    'run-many',
    '-t',
    name,
    '--parallel=1',
    '--nx-bail=false',
    '--excludeTaskDependencies',
    '--output-style=stream-without-prefixes',
  ]);
  return countReports(reports.map(readReport), exitCode);
}

function packageFolders() {
  const packages = join(ROOT, 'packages');
  return [...readdirSync(packages).map((name) => join(packages, name)), join(ROOT, 'tools')];
}

/**
 * @param {string} folder
 * @param {string} script
 */
function hasScript(folder, script) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const { scripts = {} } = /** @type {{ scripts?: object }} */ (JSON.parse(readFileSync(file, 'utf8')));
  return script in scripts;
}

/**
 * @param {string} file
 * @returns {import('./totals.mjs').JestReport | undefined}
 */
function readReport(file) {
  if (!existsSync(file)) return undefined;
  return /** @type {import('./totals.mjs').JestReport} */ (JSON.parse(readFileSync(file, 'utf8')));
}
