import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startTestHost } from '@exact/test-host';
import { expect, test } from '@jest/globals';
import { RECEPTION } from './mail-servers.js';
import { connectMailbox } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const RENEWER = fileURLToPath(new URL('fixtures/renew-until-killed.ts', import.meta.url));
const HOOK = new URL('fixtures/kill-at-statement.adapter.ts', import.meta.url).href;

/** Gives what the process said before it was killed behind its n-th database statement since the renewal began, or at its end. */
async function renewUntilKilled(options: object, killAfter: string, statement: number): Promise<readonly string[]> {
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--import', HOOK, RENEWER, JSON.stringify(options), RECEPTION],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, KILL_AFTER_FILE: killAfter, KILL_AT_STATEMENT: String(statement) },
    },
  );
  const ended = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (line === 'asked to sign in') child.kill('SIGKILL');
  }
  await ended;
  await rm(killAfter, { force: true });
  return said;
}

test('a kill at any step of a renewal asks nobody to sign in: the next start receives with what was stored', async () => {
  await using cleanUp = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'exact-renewing-'));
  cleanUp.defer(() => rm(dataDir, { recursive: true }));
  const options = { plugin: PLUGIN, web: false, dataDir, microsoft365: { sampleMail: {} } };
  {
    await using testHost = await startTestHost(options);
    await connectMailbox(testHost);
  }
  const killAfter = join(dataDir, 'renewal-begun');
  // Each start tells which sign-in the one before it has left.
  const [first] = await renewUntilKilled(options, killAfter, 1);
  let left = first;
  let statement = 1;
  for (; left === first; statement += 1) {
    const said = await renewUntilKilled(options, killAfter, statement + 1);
    expect(said).toEqual([expect.stringMatching(/^received with the sign-in of/)]);
    [left] = said;
  }
  // A kill has come between Microsoft's answer and the storing.
  expect(statement).toBeGreaterThan(1);
  expect(await renewUntilKilled(options, killAfter, Infinity)).toContain('received with a renewed sign-in');
}, 120_000);
