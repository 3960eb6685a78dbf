import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { failureFor } from '../src/failures/failures.js';
import type { SubmissionConnector, SubmitOutcome } from '../src/send/submission.js';
import { SendService, type SendSituation } from './support/send-service.js';

const COUNT = 12;
const LIMITS = { messagesPerMinute: 1_000, recipientsPerDay: 1_000_000 };
const BROKEN: SubmitOutcome = { kind: 'not-sent', failure: failureFor('network', 'ECONNRESET') };

/** The send job before a server that takes its time, and what the Outbox was like at each submission. */
function watched(situation: SendSituation, answerTo: (to: string) => SubmitOutcome | undefined = () => undefined) {
  const submissions: { readonly to: string; readonly states: readonly string[] }[] = [];
  const connector: SubmissionConnector = {
    connect: () =>
      Promise.resolve({
        encryption: 'TLS 1.3',
        submit: async ({ recipients }) => {
          const [to = ''] = recipients;
          // What is made ready meanwhile is as far as it gets.
          for (let turn = 0; turn < 10; turn += 1) await setImmediate();
          submissions.push({ to, states: sending.outbox.states });
          const accepted = recipients.map((address) => ({ address, outcome: 'accepted' }) as const);
          return answerTo(to) ?? { kind: 'accepted', recipients: accepted };
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
  };
  const sending = new SendService({ limits: LIMITS, ...situation, connector });
  const most = (...states: readonly string[]): number =>
    Math.max(...submissions.map((each) => each.states.filter((state) => states.includes(state)).length));
  return { sending, submissions, most };
}

const address = (index: number) => `p${String(index)}@patients.example`;
const emails = (count: number) => Array.from({ length: count }, (_, index) => [address(index)]);

describe('emails that may leave one after the other', () => {
  test('are made ready ahead, in their order, no more than four of them begun', async () => {
    const { sending, submissions, most } = watched({});
    await using running = sending;
    await running.write(...emails(COUNT));
    void running.start();
    await running.outbox.until(() => running.outbox.states.every((state) => state === 'sent'));
    expect(submissions.map(({ to }) => to)).toEqual(emails(COUNT).flat());
    expect(most('submitting')).toBe(4);
    expect(most('claimed', 'submitting')).toBe(6);
  });

  test('need the Outbox once for every two: what became of two, that two begin and that two are taken', async () => {
    const { sending, submissions } = watched({});
    await using running = sending;
    await running.write(...emails(40));
    const changedAt = new Set<number>();
    running.outbox.onDidChange(() => void changedAt.add(submissions.length));
    void running.start();
    await running.outbox.until(() => running.outbox.states.every((state) => state === 'sent'));
    // The first ones are looked at one by one, and nobody waits behind the last ones.
    expect(changedAt.size).toBeLessThanOrEqual(20 + 6);
  });

  test('that wait again stand where they stood, before what was written later', async () => {
    let isBroken = true;
    const { sending, submissions } = watched({}, (to) => (isBroken && to >= address(5) ? BROKEN : undefined));
    await using running = sending;
    await running.write(...emails(9));
    await running.clock.advance(1_000);
    expect(await running.start()).toMatchObject({ kind: 'failed' });
    await running.write(['late@patients.example']);
    isBroken = false;
    const before = submissions.length;
    void running.start();
    await running.outbox.until(() => running.outbox.states.filter((state) => state === 'sent').length === 8);
    expect(submissions.slice(before).map(({ to }) => to)).toEqual([address(7), address(8), 'late@patients.example']);
  });

  test('wait again when the server breaks off, none of them in doubt', async () => {
    const { sending } = watched({}, (to) => (to >= address(5) ? BROKEN : undefined));
    await using running = sending;
    await running.write(...emails(9));
    expect(await running.start()).toMatchObject({ kind: 'failed' });
    expect(running.outbox.states).toEqual([...Array<string>(5).fill('sent'), ...Array<string>(4).fill('queued')]);
  });

  test('wait again when EXACT ends, none of them in doubt', async () => {
    const { sending, submissions } = watched({});
    await using running = sending;
    await running.write(...emails(COUNT));
    void running.start();
    await running.outbox.until(() => submissions.length === 5);
    await running.stop();
    const states = new Set(running.outbox.states);
    expect(states).toEqual(new Set(['sent', 'queued']));
  });

  test('are not held up by one that is too large', async () => {
    const { sending } = watched({ limits: { ...LIMITS, messageBytes: 5_000 } });
    await using running = sending;
    await running.write(...emails(3));
    await running.outbox.enqueue({
      to: [{ address: 'x@y.example' }],
      subject: '',
      text: 'x'.repeat(6_000),
      attachments: [],
    });
    await running.write(...emails(3));
    void running.start();
    await running.outbox.until(() => running.outbox.states.filter((state) => state === 'sent').length === 6);
    expect(running.outbox.states.indexOf('failed')).toBe(3);
  });

  test('go no further than those that were begun when the lease is lost', async () => {
    const { sending, submissions } = watched({}, (to) => {
      if (to === address(3)) sending.outbox.fence += 1;
      return undefined;
    });
    await using running = sending;
    await running.write(...emails(COUNT));
    await running.start();
    expect(submissions.length).toBeLessThanOrEqual(7);
    // Of these the end could not be stored any more.
    expect(running.outbox.states.filter((state) => state === 'submitting').length).toBeLessThanOrEqual(4);
    expect(running.outbox.states.slice(submissions.length)).not.toContain('sent');
  });

  test('stay in the Outbox when the database turns out not to be the practice’s live one', async () => {
    const { sending, submissions } = watched({}, (to) => {
      if (to === address(3)) sending.genuineness = { genuine: false, reason: 'it is a copy' };
      return undefined;
    });
    await using running = sending;
    await running.write(...emails(COUNT));
    await running.start();
    // It is asked with each that begins, and three more had begun.
    expect(submissions.length).toBeLessThanOrEqual(7);
    expect(new Set(running.outbox.states)).toEqual(new Set(['sent', 'queued']));
  });
});

describe('emails with a delay between them', () => {
  test('stay where staff can stop them until their turn has come', async () => {
    const { sending, most } = watched({ schedule: { delayBetweenEmailsSeconds: 5 } });
    await using running = sending;
    await running.write(...emails(3));
    void running.start();
    while (running.outbox.states.some((state) => state !== 'sent')) await running.clock.advance(1_000);
    expect(most('claimed', 'submitting')).toBe(1);
  });

  test('nor do those leave it that the provider’s minute has no room for', async () => {
    const { sending, most } = watched({ limits: { ...LIMITS, messagesPerMinute: 2 } });
    await using running = sending;
    await running.write(...emails(6));
    void running.start();
    while (running.outbox.states.some((state) => state !== 'sent')) await running.clock.advance(1_000);
    expect(most('claimed', 'submitting')).toBeLessThanOrEqual(2);
  });
});
