import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeBinary, ROOT } from './commands.mjs';
import { setUp } from './set-up.mjs';

// npm run crash -- [--runs <number>] [--seed <number>] [--only sending|receiving]: sending is broken so often, half by a cut
// connection, half by a kill, its Outbox goes through ten times as many histories, and receiving is cut as often.
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const runs = Number(values.runs);
const seed = Number(values.seed ?? randomInt(2 ** 31));
const isKnown = values.only === undefined || ['sending', 'receiving'].includes(values.only);
if (!Number.isSafeInteger(runs) || runs < 2 || !Number.isSafeInteger(seed) || !isKnown) {
  console.error('--runs is a number from 2 up, --seed a whole number, --only is sending or receiving.');
  process.exit(2);
}

setUp();
const only = values.only === undefined ? '' : ` --only ${values.only}`;
console.log(
  `\n${String(runs)} times; to repeat them: npm run crash -- --runs ${String(runs)} --seed ${String(seed)}${only}`,
);
const parts = [
  ['sending-cut', Math.ceil(runs / 2)],
  ['sending-killed', Math.floor(runs / 2)],
  ['outbox-model', runs],
  ['receiving-cut', runs],
];
for (const [test, times] of parts) {
  if (values.only !== undefined && (values.only === 'receiving') !== (test === 'receiving-cut')) continue;
  const args = [
    join(ROOT, 'tools/jest.mjs'),
    'integration',
    `--testPathPatterns=${String(test)}`,
    '--testNamePattern=at each step',
  ];
  const { status } = spawnSync(nodeBinary(), args, {
    cwd: join(ROOT, 'packages/test-host'),
    env: { ...process.env, EXACT_CRASH_RUNS: String(times), EXACT_CRASH_SEED: String(seed) },
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
