import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeBinary, ROOT } from './commands.mjs';
import { setUp } from './set-up.mjs';

/** A history of a mailbox takes as long as so many broken messages. */
const MESSAGES_A_HISTORY = 50;

// npm run fuzz -- [--rounds <number>] [--seed <number>]: so many broken messages are read, and some histories of a mailbox played.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10000' }, seed: { type: 'string' } } });
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? randomInt(2 ** 31));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error('--rounds is a number from 1 up, --seed a whole number.');
  process.exit(2);
}

setUp();
console.log(
  `\n${String(rounds)} rounds; to repeat them: npm run fuzz -- --rounds ${String(rounds)} --seed ${String(seed)}`,
);
const tests = [
  ['mail-fuzz', rounds],
  ['message-histories', Math.ceil(rounds / MESSAGES_A_HISTORY)],
];
for (const [test, times] of tests) {
  const { status } = spawnSync(
    nodeBinary(),
    [join(ROOT, 'tools/jest.mjs'), 'integration', `--testPathPatterns=${String(test)}`],
    {
      cwd: join(ROOT, 'packages/test-host'),
      env: { ...process.env, EXACT_FUZZ_ROUNDS: String(times), EXACT_FUZZ_SEED: String(seed) },
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
