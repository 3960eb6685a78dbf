import type { Failure, Fence, NewEmail, OutboxState, SubmissionOutcome } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, DAY, failure, newEmail, START, StoresHarness } from './stores-harness.js';

const ALICE = 'alice@patients.example';
const BOB = 'bob@patients.example';
const list = { view: 'outbox', offset: 0, limit: 100 } as const;
const raw = Buffer.from('Subject: Hello\r\n\r\nHello\r\n');
const message = { messageId: '<1@brightsmile.example>', raw };
const held: Failure = { ...failure, code: 'test.held' };
const inDoubt: Failure = { ...failure, code: 'test.in-doubt' };
const accepted = (address: string) => ({ address, outcome: 'accepted' as const });
const pending = (address: string) => ({ address, outcome: 'pending' as const });
const refused = (address: string) => ({ address, outcome: 'refused' as const, failure });
const sentTo = (...addresses: string[]): SubmissionOutcome => ({
  kind: 'settled',
  recipients: addresses.map(accepted),
  at: START,
});

/** What the send job does with one email, as far as `to`. */
async function bring(
  harness: StoresHarness,
  to: OutboxState,
  email: Partial<NewEmail> = {},
): Promise<{ id: number; fence: number }> {
  const { outbox } = harness.stores;
  const fence = await harness.lease();
  const id = await harness.enqueue(email);
  if (to === 'queued') return { id, fence };
  if (to === 'stopped') {
    await outbox.stop([id]);
    return { id, fence };
  }
  await outbox.claim({ account: ACCOUNT, fence, now: harness.now });
  if (to === 'claimed') return { id, fence };
  await outbox.submitting(id, fence, message);
  const outcomes: Partial<Record<OutboxState, SubmissionOutcome>> = {
    sent: sentTo('alice@patients.example'),
    failed: { kind: 'settled', recipients: [refused('alice@patients.example')], at: START },
    uncertain: { kind: 'uncertain', failure: inDoubt, recipients: [] },
    held: { kind: 'held', failure: held },
  };
  const outcome = outcomes[to];
  if (outcome) await outbox.settle(id, fence, outcome);
  return { id, fence };
}

async function stateOf(harness: StoresHarness, id: number): Promise<OutboxState | undefined> {
  return (await harness.stores.outbox.read(id))?.state;
}

describe('an email', () => {
  test('is not stored while email is off', async () => {
    await using harness = await StoresHarness.open();
    expect(await harness.stores.outbox.enqueue(newEmail())).toEqual({ kind: 'off' });
    expect(await harness.stores.outbox.list(list)).toEqual({ rows: [], total: 0 });
  });

  test('goes from queued to sent with its bytes and Message-ID fixed once', async () => {
    await using harness = await StoresHarness.openConnected();
    const { outbox } = harness.stores;
    const attachments = [{ name: 'a.txt', contentType: 'text/plain', content: Buffer.from('hello') }];
    const id = await harness.enqueue({ attachments, bcc: [{ address: 'bob@patients.example' }] });
    const fence = await harness.lease();
    const claimed = await outbox.claim({ account: ACCOUNT, fence, now: harness.now });
    expect(claimed).toMatchObject({ id, state: 'claimed', queuedBy: 'Front desk', attachmentNames: ['a.txt'] });
    expect(Buffer.from(claimed?.email.attachments[0]?.content ?? []).toString()).toBe('hello');
    expect(await outbox.submitting(id, fence, message)).toEqual({ kind: 'done' });
    await expect(outbox.submitting(id, fence, message)).rejects.toThrow();
    await outbox.settle(id, fence, sentTo('alice@patients.example', 'BOB@patients.example'));
    const sent = await outbox.read(id);
    expect(sent).toMatchObject({ state: 'sent', sentAt: START, attempts: 1, messageId: message.messageId });
    expect(sent?.recipients.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(Buffer.from(sent?.raw ?? []).equals(raw)).toBe(true);
    expect((await outbox.list(list)).total).toBe(0);
    expect((await outbox.list({ ...list, view: 'sent' })).total).toBe(1);
    expect(await outbox.sentSince(ACCOUNT, START)).toEqual({ recipients: 2, times: [START] });
    expect(await outbox.sentSince(ACCOUNT, START + 1)).toEqual({ recipients: 0, times: [] });
  });

  test('is claimed oldest first, when its time has come, once', async () => {
    await using harness = await StoresHarness.openConnected();
    const { outbox } = harness.stores;
    const later = await harness.enqueue({ notBefore: START + 60_000 });
    await harness.clock.advance(1);
    const first = await harness.enqueue();
    await harness.clock.advance(1);
    const second = await harness.enqueue();
    expect(await outbox.counts(ACCOUNT)).toMatchObject({ waiting: 3, nextAt: START + 1 });
    const fence = await harness.lease();
    const claim = async (now: number) => (await outbox.claim({ account: ACCOUNT, fence, now }))?.id;
    const both = await Promise.all([claim(harness.now), claim(harness.now), claim(harness.now)]);
    expect(both).toEqual([first, second, undefined]);
    expect(await claim(START + 60_000)).toBe(later);
    expect(await outbox.claim({ account: 'other', fence, now: harness.now })).toBeUndefined();
  });

  test.each<[string, (harness: StoresHarness, id: number, fence: number) => Promise<unknown>, OutboxState]>([
    ['submitting', ({ stores }, id, fence) => stores.outbox.submitting(id, fence, message), 'claimed'],
    ['settle', ({ stores }, id, fence) => stores.outbox.settle(id, fence, sentTo('x@y.example')), 'submitting'],
  ])('is not touched by %s under a lease that has ended', async (_name, write, state) => {
    await using harness = await StoresHarness.openConnected();
    const { id, fence } = await bring(harness, state);
    await harness.clock.advance(90_001);
    await harness.lease('another server');
    expect(await write(harness, id, fence)).toEqual({ kind: 'refused', reason: 'stale-fence' });
    expect(await stateOf(harness, id)).toBe(state);
    expect(await harness.stores.outbox.claim({ account: ACCOUNT, fence, now: harness.now })).toBeUndefined();
  });

  test.each<[from: OutboxState, outcome: SubmissionOutcome, to: OutboxState | 'refused']>([
    ['claimed', { kind: 'again', notBefore: START }, 'queued'],
    ['claimed', { kind: 'held', failure: held }, 'held'],
    ['claimed', sentTo('alice@patients.example'), 'sent'],
    ['claimed', { kind: 'uncertain', failure: inDoubt, recipients: [] }, 'refused'],
    ['submitting', { kind: 'again', notBefore: START }, 'queued'],
    ['submitting', { kind: 'held', failure: held }, 'held'],
    ['submitting', { kind: 'uncertain', failure: inDoubt, recipients: [] }, 'uncertain'],
    ['submitting', { kind: 'settled', recipients: [], at: START, failure }, 'failed'],
    ['uncertain', sentTo('alice@patients.example'), 'sent'],
    ['uncertain', { kind: 'again', notBefore: START }, 'refused'],
    ['uncertain', { kind: 'held', failure: held }, 'refused'],
    ['queued', sentTo('alice@patients.example'), 'refused'],
    ['sent', { kind: 'again', notBefore: START }, 'refused'],
    ['failed', sentTo('alice@patients.example'), 'refused'],
    ['held', sentTo('alice@patients.example'), 'refused'],
    ['stopped', sentTo('alice@patients.example'), 'refused'],
  ])('that is %s and settled with %j is then %s', async (from, outcome, to) => {
    await using harness = await StoresHarness.openConnected();
    const { id, fence } = await bring(harness, from);
    const settling = harness.stores.outbox.settle(id, fence, outcome);
    if (to === 'refused') await expect(settling).rejects.toThrow();
    else await settling;
    expect(await stateOf(harness, id)).toBe(to === 'refused' ? from : to);
  });

  test('waits as long as its last attempt asked for, and says why', async () => {
    await using harness = await StoresHarness.openConnected();
    const { outbox } = harness.stores;
    const { id, fence } = await bring(harness, 'submitting');
    await outbox.settle(id, fence, { kind: 'again', notBefore: START + 5000, failure });
    expect(await outbox.read(id)).toMatchObject({ state: 'queued', notBefore: START + 5000, failure });
    expect(await outbox.claim({ account: ACCOUNT, fence, now: START + 4999 })).toBeUndefined();
    expect(await outbox.claim({ account: ACCOUNT, fence, now: START + 5000 })).toMatchObject({ id });
  });
});

describe('a person', () => {
  const PRESSES = {
    release: ({ stores }: StoresHarness, id: number) => stores.outbox.release([id]),
    reset: ({ stores }: StoresHarness, id: number) => stores.outbox.reset([id]),
    stop: ({ stores }: StoresHarness, id: number) => stores.outbox.stop([id]),
    arrived: ({ stores }: StoresHarness, id: number) => stores.outbox.decide(id, 'arrived'),
    'send again': ({ stores }: StoresHarness, id: number) => stores.outbox.decide(id, 'send-again'),
  };
  const LEADS: readonly [keyof typeof PRESSES, OutboxState, OutboxState][] = [
    ['release', 'held', 'queued'],
    ['reset', 'failed', 'queued'],
    ['stop', 'queued', 'stopped'],
    ['stop', 'held', 'stopped'],
    ['arrived', 'uncertain', 'sent'],
    ['send again', 'uncertain', 'queued'],
  ];
  const STATES = ['queued', 'claimed', 'submitting', 'sent', 'failed', 'uncertain', 'held', 'stopped'] as const;
  const presses = Object.keys(PRESSES) as (keyof typeof PRESSES)[];
  const cases = presses.flatMap((press) =>
    STATES.map((from) => {
      const to = LEADS.find(([each, state]) => each === press && state === from)?.[2] ?? from;
      return [press, from, to] as const;
    }),
  );

  test.each(cases)('who presses %s leaves an email that is %s as %s', async (press, from, to) => {
    await using harness = await StoresHarness.openConnected();
    const { id } = await bring(harness, from);
    await PRESSES[press](harness, id);
    expect(await stateOf(harness, id)).toBe(to);
  });

  test('who resets a failed email sends it to the recipients that did not get it, with the same bytes', async () => {
    await using harness = await StoresHarness.openConnected();
    const { outbox } = harness.stores;
    const [alice, bob] = ['alice@patients.example', 'bob@patients.example'];
    const id = await harness.enqueue({ to: [{ address: alice }, { address: bob }] });
    const fence = await harness.lease();
    await outbox.claim({ account: ACCOUNT, fence, now: harness.now });
    await outbox.submitting(id, fence, message);
    await outbox.settle(id, fence, { kind: 'settled', recipients: [accepted(alice), refused(bob)], at: START });
    expect(await outbox.read(id)).toMatchObject({ state: 'failed', failure });
    await outbox.reset([id]);
    const again = await outbox.claim({ account: ACCOUNT, fence, now: harness.now });
    expect(again).toMatchObject({
      recipients: [accepted(alice), { address: bob, outcome: 'pending' }],
      messageId: message.messageId,
    });
    expect(Buffer.from(again?.raw ?? []).equals(raw)).toBe(true);
    await outbox.submitting(id, fence, message);
    await outbox.settle(id, fence, { kind: 'settled', recipients: [refused(alice), accepted(bob)], at: START + 1 });
    expect(await outbox.read(id)).toMatchObject({
      state: 'sent',
      attempts: 2,
      recipients: [accepted(alice), accepted(bob)],
    });
    expect(await outbox.sentSince(ACCOUNT, START)).toEqual({ recipients: 2, times: [START + 1, START] });
  });
});

describe('an email in doubt', () => {
  test.each([
    [
      'is found in Sent Items',
      (harness: StoresHarness, id: number, fence: Fence) => harness.stores.outbox.settle(id, fence, sentTo(BOB)),
    ],
    ['is said to have arrived', (harness: StoresHarness, id: number) => harness.stores.outbox.decide(id, 'arrived')],
  ])('that %s has failed for those who were refused before, and Reset sends it to them only', async (_how, arrive) => {
    await using harness = await StoresHarness.openConnected();
    const { outbox } = harness.stores;
    const { id, fence } = await bring(harness, 'submitting', { to: [{ address: ALICE }, { address: BOB }] });
    const recipients = [refused(ALICE), pending(BOB)];
    await outbox.settle(id, fence, { kind: 'uncertain', failure: inDoubt, recipients });
    expect((await outbox.read(id))?.recipients).toEqual(recipients);
    await arrive(harness, id, fence);
    expect(await outbox.read(id)).toMatchObject({
      state: 'failed',
      failure,
      recipients: [{}, { outcome: 'accepted' }],
    });
    await outbox.reset([id]);
    expect((await outbox.read(id))?.recipients.map(({ outcome }) => outcome)).toEqual(['pending', 'accepted']);
  });
});

describe('when a send run begins', () => {
  const recovery = (fence: number, heldBefore: number) => ({
    account: ACCOUNT,
    fence,
    heldBefore,
    heldFailure: held,
    uncertainFailure: inDoubt,
  });

  test.each<[OutboxState, OutboxState]>([
    ['queued', 'queued'],
    ['claimed', 'queued'],
    ['submitting', 'uncertain'],
    ['uncertain', 'uncertain'],
    ['sent', 'sent'],
    ['failed', 'failed'],
    ['held', 'held'],
    ['stopped', 'stopped'],
  ])('what an ended lease left as %s becomes %s', async (from, to) => {
    await using harness = await StoresHarness.openConnected();
    const { id } = await bring(harness, from);
    await harness.close();
    await harness.reopen();
    const fence = await harness.lease();
    await harness.stores.outbox.recover(recovery(fence, START - DAY));
    expect(await stateOf(harness, id)).toBe(to);
  });

  test('what has waited for more than a day is held until a person releases it, and then goes', async () => {
    await using harness = await StoresHarness.openConnected();
    const { outbox } = harness.stores;
    const old = await harness.enqueue();
    const asked = await harness.enqueue({ notBefore: START + DAY });
    await harness.clock.advance(DAY + 60_000);
    const fence = await harness.lease();
    await outbox.recover(recovery(fence, harness.now - DAY));
    expect(await outbox.read(old)).toMatchObject({ state: 'held', failure: held });
    expect(await stateOf(harness, asked)).toBe('queued');
    expect(await outbox.counts(ACCOUNT)).toMatchObject({ held: 1, waiting: 1 });
    await outbox.release([old]);
    await outbox.recover(recovery(fence, harness.now - DAY));
    expect(await outbox.claim({ account: ACCOUNT, fence, now: harness.now })).toMatchObject({ id: old });
  });

  test('under a stale lease nothing is touched', async () => {
    await using harness = await StoresHarness.openConnected();
    const { id, fence } = await bring(harness, 'submitting');
    await harness.lease();
    const outcome = await harness.stores.outbox.recover(recovery(fence, START + DAY));
    expect(outcome).toEqual({ kind: 'refused', reason: 'stale-fence' });
    expect(await stateOf(harness, id)).toBe('submitting');
  });
});
