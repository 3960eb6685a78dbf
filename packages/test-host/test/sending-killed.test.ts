import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type TestHostOptions } from '@exact/test-host';
import { expect, test } from '@jest/globals';
import { askedRounds, limitMs, shuffledSteps } from './crash-rounds.js';
import { connectMailbox, until } from './set-up-walk.js';
import { SubmissionRelay } from './submission-relay.js';
import { allEmails, brokenPromises, decideUncertain, IN_DOUBT_AT_MOST, isSettled, STEPS } from './submission-steps.js';
import { TakingProvider } from './taking-provider.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const SENDER = fileURLToPath(new URL('fixtures/send-until-killed.ts', import.meta.url));
const LIMITS = { messagesPerMinute: 100_000, recipientsPerDay: 100_000 };
/** The steps where a kill differs from a broken connection, because what is stored decides. */
const KILLS: readonly string[] = [
  'before the greeting',
  'before the reply to AUTH',
  'before MAIL',
  'after MAIL',
  'before the reply to RCPT',
  'after the reply to DATA',
  'before the message',
  'inside the message',
  'before the final dot',
  'after the final dot',
  'before the reply to the message',
  'after the reply to the message',
];

/** Lets a process of its own send, and kills it at the step. */
async function sendUntilKilled(options: TestHostOptions, relay: SubmissionRelay, step: string): Promise<void> {
  const child = spawn(process.execPath, ['--no-warnings', SENDER, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  relay.onStep = async (at) => {
    if (at !== step) return 'goes on';
    child.kill('SIGKILL');
    await ended;
    return 'breaks';
  };
  const [, signal] = (await ended) as [unknown, NodeJS.Signals | null];
  expect([step, signal]).toEqual([step, 'SIGKILL']);
  relay.onStep = () => Promise.resolve('goes on');
}

async function sendRest({ host }: TestHost): Promise<void> {
  await host.runCommand({ command: 'email.send-receive' });
  await until(host.outbox.onDidChange, async () => (await allEmails(host.outbox)).every(isSettled));
}

test(
  'a sender that is killed at each step of a submission loses no email and repeats none',
  async () => {
    await using cleanUp = new AsyncDisposableStack();
    const dataDir = await mkdtemp(join(tmpdir(), 'exact-killed-'));
    cleanUp.defer(() => rm(dataDir, { recursive: true }));
    const provider = cleanUp.use(await TakingProvider.start());
    const relay = cleanUp.use(await SubmissionRelay.start(provider.port, provider.certificates));
    const options = {
      plugin: PLUGIN,
      web: false,
      dataDir,
      microsoft365: { sampleMail: {}, limits: LIMITS },
      servers: { smtp: { host: '127.0.0.1', port: relay.port }, ca: provider.certificates.ca },
    };
    const rounds = askedRounds();
    const kills = rounds ? shuffledSteps(STEPS, rounds) : KILLS;
    // A kill uses up so many at most, and leaves the next one something to send.
    const count = kills.length * IN_DOUBT_AT_MOST + 1;
    {
      await using testHost = await startTestHost(options);
      await connectMailbox(testHost, { 'send-immediately': false });
      for (let index = 0; index < count; index += 1) {
        const to = [{ address: `patient-${String(index)}@patients.example` }];
        await testHost.host.outbox.enqueue({ to, subject: 'Recall', text: 'Dear patient', attachments: [] });
      }
    }
    for (const step of kills) await sendUntilKilled(options, relay, step);

    await using testHost = await startTestHost(options);
    const { outbox } = testHost.host;
    await sendRest(testHost);
    const rows = await allEmails(outbox);
    expect(rows).toHaveLength(count);
    expect(brokenPromises(rows, provider)).toEqual([]);
    const uncertain = rows.filter(({ state }) => state === 'uncertain');
    expect(uncertain.length).toBeLessThanOrEqual(kills.length * IN_DOUBT_AT_MOST);

    await decideUncertain(outbox, provider);
    await sendRest(testHost);
    expect(brokenPromises(await allEmails(outbox), provider)).toEqual([]);
    expect(provider.taken).toHaveLength(count);
  },
  limitMs(),
);
