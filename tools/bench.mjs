import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeBinary, ROOT } from './commands.mjs';
import { setUp } from './set-up.mjs';
import { printStartCost } from './start-cost.mjs';
import { provideSystemPrograms } from './system-programs.mjs';

/** Runs TypeScript as it is. */
const TYPESCRIPT = [
  '--no-warnings',
  '--experimental-transform-types',
  '--import',
  pathToFileURL(join(ROOT, 'tools/typescript.mjs')).href,
];

const unknown = process.argv.slice(2).filter((argument) => argument !== '--quick');
if (unknown.length > 0) {
  console.error(`The benchmark knows --quick, and no ${unknown.join(' ')}.`);
  process.exit(2);
}

setUp();
printStartCost();
measure('send');
const missing = provideSystemPrograms(['dovecot', 'mbsync', 'openssl']);
if (missing.size > 0) {
  console.log(`\nReceiving is left out: ${[...missing.values()].join('; ')}.`);
} else {
  measure('receive');
}
measure('arrival', missing.has('dovecot') ? [] : ['--dovecot']);

/**
 * Runs one of the measurements; the first that fails decides how the whole ends.
 *
 * @param {string} name
 * @param {readonly string[]} [options]
 */
function measure(name, options = []) {
  const args = [...TYPESCRIPT, join(ROOT, `packages/test-host/bench/${name}.ts`), ...process.argv.slice(2), ...options];
  const { status } = spawnSync(nodeBinary(), args, { cwd: ROOT, stdio: 'inherit' });
  process.exitCode ||= status ?? 1;
}
