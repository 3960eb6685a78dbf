import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** @typedef {'python3' | 'dovecot' | 'chromium' | 'mbsync' | 'openssl'} SystemProgram */

/** @type {Record<SystemProgram, { aptPackage: string, isThere: () => boolean }>} */
const PROGRAMS = {
  python3: { aptPackage: 'python3', isThere: () => runs('python3', '--version') },
  dovecot: {
    aptPackage: 'dovecot-imapd',
    isThere: () => existsSync('/usr/sbin/dovecot') && existsSync('/usr/lib/dovecot/imap'),
  },
  mbsync: { aptPackage: 'isync', isThere: () => runs('mbsync', '--version') },
  openssl: { aptPackage: 'openssl', isThere: () => runs('openssl', 'version') },
  chromium: { aptPackage: 'chromium', isThere: () => chromiumPath() !== undefined },
};

/**
 * The Chromium of the end-to-end tests: the one that the environment variable CHROMIUM names, else the system's.
 *
 * @returns {string | undefined}
 */
export function chromiumPath() {
  const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  // On Ubuntu, chromium-browser may be a script that only asks to install a snap.
  return process.env['CHROMIUM'] ?? candidates.find((path) => existsSync(path) && runs(path, '--version'));
}

/**
 * Makes the programs available, installing them where this process may: as root on Debian or Ubuntu.
 *
 * @param {SystemProgram[]} programs
 * @returns {Map<SystemProgram, string>} those that are missing all the same, each with the reason in plain words
 */
export function provideSystemPrograms(programs) {
  const wanted = programs.filter((program) => !PROGRAMS[program].isThere());
  if (wanted.length === 0) return new Map();
  const refusal = whyNotInstall();
  if (refusal === undefined) install(wanted.map((program) => PROGRAMS[program].aptPackage));
  const missing = wanted.filter((program) => !PROGRAMS[program].isThere());
  return new Map(
    missing.map((program) => [program, `${program} is not there and ${refusal ?? 'could not be installed'}`]),
  );
}

/** @returns {string | undefined} */
function whyNotInstall() {
  if (!runs('apt-get', '--version')) return 'this system has no apt-get to install it';
  if (process.getuid?.() !== 0) {
    return 'only root may install it (apt-get install python3 dovecot-imapd chromium)';
  }
  return undefined;
}

/** @param {string[]} packages */
function install(packages) {
  console.log(`Installing ${packages.join(' and ')} with apt-get …`);
  if (aptInstall(packages, false)) return;
  // Most often the list of packages is old or was never fetched.
  apt(['update'], false);
  aptInstall(packages, true);
}

/**
 * @param {string[]} packages
 * @param {boolean} shown whether to show why it failed
 */
function aptInstall(packages, shown) {
  return apt(['install', '--yes', '--no-install-recommends', ...packages], shown);
}

/**
 * @param {string[]} args
 * @param {boolean} shown
 */
function apt(args, shown) {
  const result = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e9,
  });
  if (shown && result.status !== 0) process.stderr.write(result.stderr);
  return result.status === 0;
}

/**
 * @param {string} command
 * @param {string} argument
 */
function runs(command, argument) {
  return spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;
}
