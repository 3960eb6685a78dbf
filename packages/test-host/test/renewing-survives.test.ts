import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHostOptions } from '@exact/test-host';
import { expect, test } from '@jest/globals';
import { RECEPTION } from './mail-servers.js';
import { connectMailbox } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const RENEWER = fileURLToPath(new URL('fixtures/renew-until-killed.ts', import.meta.url));
const HOOK = new URL('fixtures/kill-at-statement.adapter.ts', import.meta.url).href;

/** Gives what the process said before it was killed behind its n-th database statement since the renewal began, or at its end. */
async function renewUntilKilled(
  options: TestHostOptions,
  killAfter: string,
  statement: number,
): Promise<readonly string[]> {
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

/** What the next start finds. */
async function renewedAt({ plugin: _none, ...options }: TestHostOptions): Promise<string> {
  await using testHost = await startTestHost(options);
  const secret = (await testHost.stores.configuration.readSecret('token-cache')) ?? '';
  return String((JSON.parse(secret) as { readonly renewedAt?: number }).renewedAt);
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
  let statement = 0;
  for (let isOver = false; !isOver;) {
    statement += 1;
    const said = await renewUntilKilled(options, killAfter, statement);
    expect(said).toEqual([expect.stringMatching(/^received with the sign-in of \d+$/)]);
    isOver = said[0] !== `received with the sign-in of ${await renewedAt(options)}`;
  }
  // The lease looked at, the new sign-in written and kept at the least.
  expect(statement).toBeGreaterThan(3);
  expect(await renewUntilKilled(options, killAfter, Infinity)).toContain('received with a renewed sign-in');
}, 120_000);
