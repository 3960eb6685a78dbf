import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, ROOT, runQuietly, runToolQuietly } from './commands.mjs';

/**
 * Brings what is missing: the packages of the lock file, then the built packages. Says what takes time, nothing else.
 * Runs on Node 20 before anything is installed, so it imports only what Node brings.
 */
export function setUp() {
  if (!installedAsLocked(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) {
    console.log('Installing packages (about a minute) …');
    install();
  }
  nodeBinary();
  console.log('Building what has changed …');
  runToolQuietly('nx', ['run-many', '-t', 'build', '--parallel=2', '--output-style=static']);
}

/**
 * Whether `installed` (npm's own record of what lies in node_modules) holds what `locked` asks for. Optional packages
 * may be missing: npm leaves out those of other platforms.
 *
 * @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} Packages
 * @param {Packages | undefined} locked
 * @param {Packages | undefined} installed
 */
export function installedAsLocked(locked, installed) {
  if (!locked || !installed) return false;
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
}

/** @param {string} file */
function readLock(file) {
  const path = join(ROOT, file);
  if (!existsSync(path)) return undefined;
  return /** @type {{ packages: Packages }} */ (JSON.parse(readFileSync(path, 'utf8'))).packages;
}

function install() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('.js')) runQuietly(process.execPath, [npm, ...args]);
  else runQuietly('npm', args, { shell: process.platform === 'win32' });
}
