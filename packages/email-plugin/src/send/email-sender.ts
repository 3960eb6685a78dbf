import type {
  Clock,
  Failure,
  HostInformation,
  OutboxEmail,
  OutboxStore,
  RecipientOutcome,
  SubmissionOutcome,
} from '@exact/host-contracts';
import { composeEmail } from './compose.js';
import type { RunEnd, SendContext } from './send-context.js';
import { notGenuineSending, tooLarge, tooManyRecipients } from './send-failures.js';
import type { SubmissionKeeper } from './submission-keeper.js';
import type { SubmitOutcome } from './submission.js';

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

/** Takes one claimed email through its submission; every way it can end is stored before the next one begins. */
export class EmailSender {
  constructor(
    private readonly outbox: OutboxStore,
    private readonly host: HostInformation,
    private readonly clock: Clock,
    private readonly context: SendContext,
    private readonly keeper: SubmissionKeeper,
    /** The server let us in. */
    private readonly onConnected: () => void,
  ) {}

  /** `undefined` = the next one may go. */
  async send(email: OutboxEmail): Promise<RunEnd | undefined> {
    const { genuineness } = await this.host.database();
    if (!genuineness.genuine) {
      const failure = notGenuineSending(genuineness.reason);
      await this.settle(email, { kind: 'again', notBefore: this.clock.now() });
      return { kind: 'no-connection', failure };
    }
    const raw = email.raw ?? (await this.prepare(email));
    if (!raw) return { kind: 'stopped' };
    const refusal = this.refuseBefore(email, raw);
    if (refusal) return this.settle(email, failedFor(email, refusal, this.clock.now()));
    const connection = await this.keeper.connection();
    if ('failure' in connection) {
      await this.settle(email, { kind: 'again', notBefore: this.clock.now() });
      return { kind: 'no-connection', failure: connection.failure };
    }
    this.onConnected();
    const begun = await this.outbox.submitting(email.id, this.context.fence);
    if (begun.kind === 'refused') return { kind: 'stopped' };
    const recipients = email.recipients.filter(({ outcome }) => outcome !== 'accepted').map(({ address }) => address);
    const outcome = await connection.submit({ from: this.context.account.address, recipients, raw });
    return this.take(email, outcome);
  }

  /** Fixes Message-ID and bytes; `undefined` when the lease is gone. */
  private async prepare(email: OutboxEmail): Promise<Uint8Array | undefined> {
    const { address, displayName } = this.context.account;
    const from = displayName === undefined ? { address } : { address, name: displayName };
    const prepared = await composeEmail(email.email, from, this.clock.now());
    const outcome = await this.outbox.prepare(email.id, this.context.fence, prepared);
    return outcome.kind === 'done' ? prepared.raw : undefined;
  }

  /** What Microsoft would refuse anyway is said before anything is sent. */
  private refuseBefore(email: OutboxEmail, raw: Uint8Array): Failure | undefined {
    const { limits } = this.context.microsoft;
    if (email.recipients.length > limits.recipientsPerMessage) return tooManyRecipients(limits.recipientsPerMessage);
    return raw.byteLength > limits.messageBytes ? tooLarge(limits.messageBytes) : undefined;
  }

  private async take(email: OutboxEmail, outcome: SubmitOutcome): Promise<RunEnd | undefined> {
    const now = this.clock.now();
    switch (outcome.kind) {
      case 'accepted':
        return this.settle(email, settled(email, outcome.recipients, now));
      case 'refused':
        if (outcome.failure.retry.kind !== 'backoff') return this.settle(email, failedFor(email, outcome.failure, now));
        // 4.x: the server wants us to slow down (RFC 5321 section 4.2.1); a fresh connection begins anew.
        await this.keeper.drop();
        return this.again(email, outcome.failure);
      case 'not-sent':
        await this.keeper.drop();
        return this.again(email, outcome.failure);
      case 'uncertain':
        await this.keeper.drop();
        return this.settle(email, { kind: 'uncertain', failure: outcome.failure });
    }
  }

  private async again(email: OutboxEmail, failure: Failure): Promise<RunEnd | undefined> {
    const stated = failure.retry.kind === 'backoff' ? failure.retry.at : undefined;
    const notBefore = stated ?? this.clock.now() + pause(email.attempts);
    return this.settle(email, { kind: 'again', notBefore, failure });
  }

  private async settle(email: OutboxEmail, outcome: SubmissionOutcome): Promise<RunEnd | undefined> {
    const stored = await this.outbox.settle(email.id, this.context.fence, outcome);
    return stored.kind === 'refused' ? { kind: 'stopped' } : undefined;
  }
}

/** Doubles with each attempt, with up to a fifth of jitter so that several practices do not come back at once. */
function pause(attempts: number): number {
  const doubled = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 10), LONGEST_PAUSE_MS);
  return Math.round(doubled * (1 + Math.random() / 5));
}

/** Those that have it already keep it; the others take the server's word. */
function settled(email: OutboxEmail, now: readonly RecipientOutcome[], at: number): SubmissionOutcome {
  const recipients = email.recipients.map((before) => {
    return before.outcome === 'accepted' ? before : (now.find(({ address }) => address === before.address) ?? before);
  });
  const failure = recipients.find(({ outcome }) => outcome === 'refused')?.failure;
  return { kind: 'settled', recipients, at, ...(failure && { failure }) };
}

function failedFor(email: OutboxEmail, failure: Failure, at: number): SubmissionOutcome {
  const refused = email.recipients.map(({ address }): RecipientOutcome => ({ address, outcome: 'refused', failure }));
  return settled(email, refused, at);
}
