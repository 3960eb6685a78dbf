import { setImmediate } from 'node:timers/promises';
import type { NewEmail, OutboxRow } from '@exact/host-contracts';
import { FakeClock } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { askedRounds, limitMs, shuffledSteps } from './crash-rounds.js';
import { RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';
import { SubmissionRelay } from './submission-relay.js';
import {
  addressOf,
  allEmails,
  brokenPromises,
  decideUncertain,
  IN_DOUBT,
  isSettled,
  STEPS,
} from './submission-steps.js';
import { TakingProvider } from './taking-provider.js';

const LIMITS = { messagesPerMinute: 1_000_000, recipientsPerDay: 1_000_000 };
/** More than the sockets hold, so that a break inside the message finds the client still writing. */
const LETTER = Buffer.alloc(600_000, 'EXACT');
/** So many emails go without a fault, so that they flow. */
const BETWEEN_BREAKS = 6;
/** Longer than every look into Sent Items. */
const TWO_HOURS = 2 * 60 * 60_000;

/** A practice whose way to the submission server breaks where a test wants. */
class BreakingPractice implements AsyncDisposable {
  private readonly cleanUp = new AsyncDisposableStack();
  private written = 0;

  private constructor(
    readonly provider: TakingProvider,
    readonly relay: SubmissionRelay,
    readonly clock: FakeClock,
    readonly practice: ReceivingPractice,
  ) {}

  static async open(): Promise<BreakingPractice> {
    const provider = await TakingProvider.start();
    const relay = await SubmissionRelay.start(provider.port, provider.certificates);
    const clock = new FakeClock();
    const practice = await ReceivingPractice.open({
      clock,
      microsoft365: { sampleMail: {}, limits: LIMITS },
      servers: { smtp: { host: '127.0.0.1', port: relay.port }, ca: provider.certificates.ca },
      schedule: { delayBetweenEmailsSeconds: 0 },
    });
    const opened = new BreakingPractice(provider, relay, clock, practice);
    for (const each of [provider, relay, practice]) opened.cleanUp.use(each);
    return opened;
  }

  get outbox() {
    return this.practice.host.host.outbox;
  }

  /** Sends one email whose first submission breaks at the step, and gives it once it is settled. */
  async sendBreakingAt(step: string): Promise<OutboxRow> {
    let isBroken = false;
    // A kept connection would be beyond the first steps.
    await this.closeKept();
    this.relay.onStep = (at) => {
      if (isBroken || at !== step) return Promise.resolve('goes on');
      isBroken = true;
      return Promise.resolve('breaks');
    };
    this.written += 1;
    const queued = await this.outbox.enqueue(letterTo(`patient-${String(this.written)}@patients.example`));
    if (queued.kind !== 'queued') throw new Error(`Not queued: ${queued.kind}`);
    await this.settle();
    expect(isBroken).toBe(true);
    const email = await this.outbox.read(queued.id);
    if (!email) throw new Error('The email has gone');
    return email;
  }

  /** Sends many one after the other; at each of the steps it breaks once, some emails apart. */
  async sendBreakingAmongMany(steps: readonly string[]): Promise<readonly OutboxRow[]> {
    const left = [...steps];
    let begun = 0;
    this.relay.onStep = (at) => {
      if (at === 'before MAIL') begun += 1;
      if (begun % BETWEEN_BREAKS !== 0 || at !== left[0]) return Promise.resolve('goes on');
      left.shift();
      return Promise.resolve('breaks');
    };
    for (let index = 0; index < (steps.length + 2) * BETWEEN_BREAKS; index += 1) {
      const to = [{ address: `patient-${String(index)}@patients.example` }];
      await this.outbox.enqueue({ to, subject: 'Recall', text: 'Dear patient', attachments: [] });
    }
    await this.settle();
    expect(left).toEqual([]);
    return allEmails(this.outbox);
  }

  /** Lets time pass until every email is settled. */
  async settle(): Promise<void> {
    while (!(await allEmails(this.outbox)).every(isSettled)) {
      if (this.relay.connections === 0) await this.clock.advance(1_000);
      else await setImmediate();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cleanUp.disposeAsync();
  }

  private async closeKept(): Promise<void> {
    while (this.relay.connections > 0) await this.clock.advance(10_000);
  }
}

function letterTo(address: string): NewEmail {
  const attachments = [{ name: 'letter.bin', contentType: 'application/octet-stream', content: LETTER }];
  return { to: [{ address }], subject: 'Recall', text: 'Dear patient', attachments };
}

describe('a connection that breaks', () => {
  const rounds = askedRounds();
  const steps = rounds ? shuffledSteps(STEPS, rounds) : STEPS;

  test(
    'at each step of a submission loses no email and repeats none',
    async () => {
      await using breaking = await BreakingPractice.open();
      for (const step of steps) {
        const { state } = await breaking.sendBreakingAt(step);
        if (!IN_DOUBT.includes(step)) expect([step, state]).toEqual([step, 'sent']);
      }
      const rows = await allEmails(breaking.outbox);
      expect(rows).toHaveLength(steps.length);
      expect(brokenPromises(rows, breaking.provider)).toEqual([]);

      await decideUncertain(breaking.outbox, breaking.provider);
      await breaking.settle();
      expect(brokenPromises(await allEmails(breaking.outbox), breaking.provider)).toEqual([]);
      expect(breaking.provider.taken).toHaveLength(steps.length);
    },
    limitMs(),
  );

  test('while emails follow each other leaves no other in doubt than the one on its way, and all the others go once', async () => {
    await using breaking = await BreakingPractice.open();
    const rows = await breaking.sendBreakingAmongMany(STEPS.slice(STEPS.indexOf('before MAIL')));
    expect(brokenPromises(rows, breaking.provider)).toEqual([]);
    expect(rows.filter(({ state }) => state === 'uncertain').length).toBeLessThanOrEqual(IN_DOUBT.length);
  });

  test('before the reply leaves no doubt when Sent Items has the email, even under another Message-ID', async () => {
    await using breaking = await BreakingPractice.open();
    const { mailboxes } = breaking.practice.microsoft365;
    breaking.provider.onTaken = ({ raw }) => {
      const rewritten = raw.toString('latin1').replace(/^Message-ID: .*$/im, 'Message-ID: <of@microsoft.example>');
      mailboxes.deliver(RECEPTION, Buffer.from(rewritten, 'latin1'), { folder: 'Sent Items', flags: ['\\Seen'] });
    };
    const email = await breaking.sendBreakingAt('before the reply to the message');
    expect(email.state).toBe('uncertain');
    await breaking.clock.advance(TWO_HOURS);
    await breaking.clock.until(async () => (await breaking.outbox.read(email.id))?.state === 'sent');
    expect(breaking.provider.taken).toEqual([addressOf(email)]);
  });

  test('leaves an email in doubt that Sent Items does not have', async () => {
    await using breaking = await BreakingPractice.open();
    const email = await breaking.sendBreakingAt('before the final dot');
    await breaking.clock.advance(TWO_HOURS);
    expect((await breaking.outbox.read(email.id))?.state).toBe('uncertain');
    expect(breaking.provider.taken).toEqual([]);
  });
});
