import type { Fence } from '../contributions/job.js';
import type { OutboxState, OutboxStore, RecipientOutcome, SubmissionOutcome } from '../services/outbox-store.js';
import { expectThat } from './expect.js';
import type { OutboxStoreHost } from './outbox-store.js';
import { ACCOUNT, ARRIVAL, commit, enqueue, FAILURE, LATER, newEmail, utf8 } from './samples.js';

export const ALICE = 'alice@patients.example';
export const BOB = 'bob@patients.example';
export const TO_BOTH = { to: [{ address: ALICE }, { address: BOB }] };
export const MESSAGE = { messageId: '<1@practice.example>', raw: utf8('Subject: Hello\r\n\r\nHello\r\n') };
export const AGAIN: SubmissionOutcome = { kind: 'again', notBefore: 0 };

export function accepted(address: string): RecipientOutcome {
  return { address, outcome: 'accepted' };
}

export function refused(address: string): RecipientOutcome {
  return { address, outcome: 'refused', failure: FAILURE };
}

export function settled(...recipients: readonly RecipientOutcome[]): SubmissionOutcome {
  return { kind: 'settled', recipients, at: ARRIVAL };
}

/** An account is set up and a run has the lease. */
export async function connect({ configuration, grantLease }: OutboxStoreHost): Promise<Fence> {
  const outcome = await commit(configuration);
  expectThat(outcome.kind === 'committed', 'The account could not be set up.');
  return grantLease();
}

export async function claim(outbox: OutboxStore, fence: Fence): Promise<number> {
  const email = await outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
  expectThat(email !== undefined, 'An email that waits was not claimed.');
  return email.id;
}

/** Queues an email and brings it as far as the begin of its submission. */
export async function begin(outbox: OutboxStore, fence: Fence, also = newEmail()): Promise<number> {
  await enqueue(outbox, also);
  const id = await claim(outbox, fence);
  await outbox.submitting(id, fence, MESSAGE);
  return id;
}

export async function stateOf(outbox: OutboxStore, id: number): Promise<OutboxState | undefined> {
  return (await outbox.read(id))?.state;
}

/** One email in each state. */
export async function oneOfEach(outbox: OutboxStore, fence: Fence): Promise<ReadonlyMap<OutboxState, number>> {
  const ids = new Map<OutboxState, number>();
  const outcomes = {
    sent: settled(accepted(ALICE)),
    failed: settled(refused(ALICE)),
    uncertain: { kind: 'uncertain', failure: FAILURE, recipients: [] },
    held: { kind: 'held', failure: FAILURE },
  } as const satisfies Partial<Record<OutboxState, SubmissionOutcome>>;
  for (const state of ['sent', 'failed', 'uncertain', 'held'] as const) {
    const id = await begin(outbox, fence);
    await outbox.settle(id, fence, outcomes[state]);
    ids.set(state, id);
  }
  ids.set('submitting', await begin(outbox, fence));
  await enqueue(outbox);
  ids.set('claimed', await claim(outbox, fence));
  const stopped = await enqueue(outbox);
  await outbox.stop([stopped]);
  ids.set('stopped', stopped);
  return ids.set('queued', await enqueue(outbox));
}

/** The states that the emails of {@link oneOfEach} have now, by the one they had. */
export async function statesOf(outbox: OutboxStore, ids: ReadonlyMap<OutboxState, number>) {
  const states: Partial<Record<OutboxState, OutboxState | undefined>> = {};
  for (const [state, id] of ids) states[state] = await stateOf(outbox, id);
  return states;
}

/** What {@link statesOf} says when nothing has changed. */
export const UNCHANGED = {
  queued: 'queued',
  claimed: 'claimed',
  submitting: 'submitting',
  sent: 'sent',
  failed: 'failed',
  uncertain: 'uncertain',
  held: 'held',
  stopped: 'stopped',
} as const satisfies Record<OutboxState, OutboxState>;
