import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { HOST_ENVIRONMENT, HOST_FLAGS, nodeBinary, ROOT } from './commands.mjs';
import { setUp } from './set-up.mjs';
import { printStartCost } from './start-cost.mjs';
import { provideSystemPrograms } from './system-programs.mjs';

/** Runs TypeScript as it is, and the host’s modules as where it is started: without reading their source maps. */
const TYPESCRIPT = [
  '--no-warnings',
  '--experimental-transform-types',
  '--no-enable-source-maps',
  '--import',
  pathToFileURL(join(ROOT, 'tools/typescript.mjs')).href,
];

const WAYS = ['loopback', 'far', 'line'];

const { quick, way, rounds, messages } = readOptions();
setUp();
printStartCost();
measure('send', quick ? ['--quick'] : []);
const missing = provideSystemPrograms(['dovecot', 'mbsync', 'openssl']);
if (missing.size > 0) {
  console.log(`\nReceiving is left out: ${[...missing.values()].join('; ')}.`);
} else {
  measure('receive', [JSON.stringify({ ways: way ?? WAYS, rounds, messages, hostFlags: HOST_FLAGS })]);
}
measure('arrival', [...(quick ? ['--quick'] : []), ...(missing.has('dovecot') ? [] : ['--dovecot'])]);

/**
 * Runs one of the measurements; the first that fails decides how the whole ends.
 *
 * @param {string} name
 * @param {readonly string[]} options
 */
function measure(name, options) {
  const args = [...TYPESCRIPT, join(ROOT, `packages/test-host/bench/${name}.ts`), ...options];
  const env = { ...process.env, ...HOST_ENVIRONMENT };
  const { status } = spawnSync(nodeBinary(), args, { cwd: ROOT, env, stdio: 'inherit' });
  process.exitCode ||= status ?? 1;
}

/** npm run bench -- [--quick] [--way loopback|far|line]... [--rounds <number>] [--messages <number>] */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        way: { type: 'string', multiple: true },
        rounds: { type: 'string' },
        messages: { type: 'string' },
      },
    });
    const strange = values.way?.find((name) => !WAYS.includes(name));
    if (strange !== undefined) throw new RangeError(`--way is one of ${WAYS.join(', ')}, not ${strange}.`);
    return {
      ...values,
      rounds: count('--rounds', values.rounds, values.quick ? 1 : 3),
      messages: count('--messages', values.messages, values.quick ? 2000 : 20_000),
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/**
 * @param {string} option
 * @param {string | undefined} given
 * @param {number} otherwise
 */
function count(option, given, otherwise) {
  const value = Number(given ?? otherwise);
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${option} is a whole number from 1 up.`);
  return value;
}
