import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutboxRow } from '@exact/host-contracts';
import { startTestHost, type TestHost, type TestHostOptions } from '@exact/test-host';
import { expect, test } from '@jest/globals';
import { connectMailbox, until } from './set-up-walk.js';
import { IN_DOUBT_AT_MOST } from './submission-steps.js';
import { TakingProvider, type Moment } from './taking-provider.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const SENDER = fileURLToPath(new URL('fixtures/send-until-killed.ts', import.meta.url));
const EMAILS = 200;
/** Instead of Microsoft's, which would make this last for minutes. */
const LIMITS = { messagesPerMinute: 100_000, recipientsPerDay: 100_000 };

/** Where the sending process is killed, counted in emails that the server has taken. */
const KILLS: readonly (readonly [taken: number, Moment])[] = [
  [20, 'at a recipient'],
  [60, 'after the dot, before the reply'],
  [100, 'after the reply'],
  [140, 'after the dot, before the reply'],
];

/** Lets a process of its own send until the moment has come, then kills it. */
async function sendUntilKilled(
  options: TestHostOptions,
  provider: TakingProvider,
  taken: number,
  at: Moment,
): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', SENDER, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  provider.onMoment = async (moment) => {
    if (moment !== at || provider.taken.length < taken) return;
    child.kill('SIGKILL');
    await ended;
  };
  await ended;
  provider.onMoment = () => Promise.resolve();
}

async function outboxOf({ host }: TestHost): Promise<readonly OutboxRow[]> {
  const views = ['outbox', 'sent'] as const;
  const lists = await Promise.all(views.map((view) => host.outbox.list({ view, offset: 0, limit: 500 })));
  return lists.flatMap(({ rows }) => rows);
}

/** Nothing is on its way or waits for its turn. */
async function isAllSettled(testHost: TestHost): Promise<boolean> {
  const rows = await outboxOf(testHost);
  return rows.every(({ state }) => state === 'sent' || state === 'uncertain');
}

test('of 200 emails each leaves exactly once although the sender is killed again and again, or stands as uncertain', async () => {
  await using cleanUp = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'exact-sending-'));
  cleanUp.defer(() => rm(dataDir, { recursive: true }));
  await using provider = await TakingProvider.start();
  const options = {
    plugin: PLUGIN,
    web: false,
    dataDir,
    microsoft365: { sampleMail: {}, limits: LIMITS },
    servers: { smtp: { host: '127.0.0.1', port: provider.port }, ca: provider.certificates.ca },
  };
  const addresses = Array.from({ length: EMAILS }, (_, index) => `patient-${String(index)}@patients.example`);
  {
    await using testHost = await startTestHost(options);
    await connectMailbox(testHost, { 'send-immediately': false });
    for (const address of addresses) {
      await testHost.host.outbox.enqueue({
        to: [{ address }],
        subject: 'Recall',
        text: 'Dear patient',
        attachments: [],
      });
    }
  }
  for (const [taken, moment] of KILLS) await sendUntilKilled(options, provider, taken, moment);
  expect(provider.taken.length).toBeLessThan(EMAILS);

  await using testHost = await startTestHost(options);
  await testHost.host.runCommand({ command: 'email.send-receive' });
  await until(testHost.host.outbox.onDidChange, () => isAllSettled(testHost));
  const rows = await outboxOf(testHost);
  expect(rows).toHaveLength(EMAILS);
  expect(new Set(provider.taken).size).toBe(provider.taken.length);
  const addressesOf = (state: OutboxRow['state']): readonly string[] =>
    rows.filter((row) => row.state === state).map(({ recipients }) => recipients[0]?.address ?? '');
  const [sent, uncertain] = [addressesOf('sent'), addressesOf('uncertain')];
  // Nobody but a person repeats what is uncertain: those that did arrive would arrive twice.
  const arrived = (address: string): boolean => provider.taken.includes(address);
  expect(sent.filter((address) => !arrived(address))).toEqual([]);
  expect(uncertain.filter((address) => !arrived(address)).length).toBeGreaterThanOrEqual(1);
  expect(uncertain.filter(arrived).length).toBeGreaterThanOrEqual(2);
  expect(uncertain.length).toBeLessThanOrEqual(KILLS.length * IN_DOUBT_AT_MOST);
  expect(sent.length + uncertain.length).toBe(EMAILS);
}, 240_000);
