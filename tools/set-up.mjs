import { join } from 'node:path';
import { nodeBinary, ROOT, runQuietly, runToolQuietly } from './commands.mjs';
import { installedAsLocked, readLock } from './lock-file.mjs';

/**
 * Brings what is missing: the packages of the lock file, then the built packages. Says what takes time, nothing else.
 * Runs on Node 20 before anything is installed, so it imports only what Node brings.
 */
export function setUp() {
  const locked = readLock(join(ROOT, 'package-lock.json'));
  const installed = readLock(join(ROOT, 'node_modules/.package-lock.json'));
  if (!installedAsLocked(locked?.packages, installed?.packages)) {
    console.log('Installing packages (about a minute) …');
    install();
  }
  nodeBinary();
  console.log('Building what has changed …');
  runToolQuietly('nx', ['run-many', '-t', 'build', '--parallel=2', '--output-style=static']);
}

function install() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('.js')) runQuietly(process.execPath, [npm, ...args]);
  else runQuietly('npm', args, { shell: process.platform === 'win32' });
}
