import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, absolute. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const MODULES = join(ROOT, 'node_modules');

/** Entry scripts of the tools that the workspace runs, so that they run under the pinned Node and without a shell. */
const TOOL_SCRIPTS = {
  'api-extractor': '@microsoft/api-extractor/bin/api-extractor',
  eslint: 'eslint/bin/eslint.js',
  knip: 'knip/bin/knip.js',
  nx: 'nx/dist/bin/nx.js',
  prettier: 'prettier/bin/prettier.cjs',
  tsc: 'typescript/bin/tsc',
};

/**
 * The pinned Node binary that came with the packages; on a platform without such a package the Node that runs this
 * file, if it is new enough.
 *
 * @returns {string} absolute path
 * @throws when neither is there
 */
export function nodeBinary() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const pinned = join(MODULES, `node-${platform}-${process.arch}`, 'bin', name);
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 9)) return process.execPath;
  throw new Error(
    `EXACT Email needs Node 24.9 or newer. No Node comes with it for ${process.platform} ${process.arch}, ` +
      `and this is Node ${process.versions.node}. Please install Node 24 and try again.`,
  );
}

/** Environment of every tool: the pinned Node first in the path, Nx without daemon, cloud, colours of its own or questions. */
function toolEnvironment() {
  const path = [join(MODULES, '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return {
    ...process.env,
    PATH: path,
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NX_INTERACTIVE: 'false',
    NX_SKIP_LOG_GROUPING: 'true',
    // What npm says around a script repeats what the script's own output says.
    npm_config_loglevel: 'silent',
    ...(process.stdout.isTTY ? {} : { FORCE_COLOR: '0' }),
  };
}

/**
 * Runs one of the workspace's tools in the root folder and shows what it prints.
 *
 * @param {keyof typeof TOOL_SCRIPTS} tool
 * @param {string[]} args
 * @returns {number} exit code; 1 when a signal ended it
 */
export function runTool(tool, args) {
  const command = [join(MODULES, TOOL_SCRIPTS[tool]), ...args];
  const result = spawnSync(nodeBinary(), command, {
    cwd: ROOT,
    env: toolEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/**
 * Like {@link runTool}, but shows what the tool printed only when it failed.
 *
 * @param {keyof typeof TOOL_SCRIPTS} tool
 * @param {string[]} args
 * @throws when it failed
 */
export function runToolQuietly(tool, args) {
  runQuietly(nodeBinary(), [join(MODULES, TOOL_SCRIPTS[tool]), ...args], { env: toolEnvironment() });
}

/**
 * Runs a command in the root folder; shows what it printed only when it failed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @throws when it could not be started or failed
 */
export function runQuietly(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1e9 });
  if (result.error) throw result.error;
  if (result.status === 0) return;
  process.stdout.write(result.stdout);
  process.stderr.write(result.stderr);
  throw new Error(`"${[command, ...args].join(' ')}" failed.`);
}

/**
 * With what the test host's Node is started. Little of what a host's main thread does in a download lives long; Node would
 * let its young generation grow to over 100 MB, and collect what outlives that when it has become twice as much and more.
 * Threads have limits of their own. Each of them collects its young generation alone: with helpers it would wait for those,
 * while other threads have the processors.
 */
export const HOST_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=25', '--no-parallel-scavenge'];

/** What its Node has compiled is kept for its next start: https://nodejs.org/api/module.html#module-compile-cache */
export const HOST_ENVIRONMENT = { NODE_COMPILE_CACHE: join(MODULES, '.cache', 'compiled') };

/**
 * Runs a long-lived program in the foreground and hands on the signals that this process gets.
 *
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<number>} exit code as a shell reports it: 128 plus the signal's number when a signal ended it
 */
export function runForeground(script, args) {
  const child = spawn(nodeBinary(), [...HOST_FLAGS, script, ...args], {
    cwd: process.cwd(),
    env: { ...toolEnvironment(), ...HOST_ENVIRONMENT },
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // Ctrl+C in a terminal reaches the child by itself; a second one would end it without its clean-up.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  const watch = setInterval(() => {
    if (orphaned()) child.kill('SIGTERM');
  }, 500);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + (signal === null ? 0 : (SIGNAL_NUMBERS[signal] ?? 0)));
    });
  });
}

const PARENT = process.ppid;

/**
 * Whether npm was ended and this process not: npm hands SIGTERM only to the shell between the two, which dies of it
 * without a word to its child.
 */
function orphaned() {
  return process.env['npm_lifecycle_event'] !== undefined && process.ppid !== PARENT;
}

/** @type {Partial<Record<NodeJS.Signals, number>>} */
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
