import type {
  Clock,
  Failure,
  HostInformation,
  OutboxEmail,
  OutboxStore,
  RecipientOutcome,
  SubmissionOutcome,
} from '@exact/host-contracts';
import { backoffMs } from './backoff.js';
import { composeEmail } from './compose.js';
import { FULL_DAY_PAUSE_MS } from './pacing.js';
import type { Random } from './random.js';
import type { RunEnd, SendContext } from './send-context.js';
import { tooLarge, tooManyAttachments, tooManyRecipients } from './send-failures.js';
import type { SentLately } from './sent-lately.js';
import type { SubmissionKeeper } from './submission-keeper.js';
import type { SubmitOutcome } from './submission.js';
import { unsaid } from './unsaid.js';

const NOTHING = new Uint8Array();

/** What a sender is made of. */
export interface EmailSenderParts {
  readonly outbox: OutboxStore;
  readonly host: HostInformation;
  readonly clock: Clock;
  readonly random: Random;
  readonly keeper: SubmissionKeeper;
  readonly sentLately: SentLately;
  /** The server let us in. */
  onSignedIn(): Promise<void>;
  /** The server took an email. */
  onAccepted(): void;
}

/**
 * Takes one claimed email through its submission. That the server took it is stored while the next one, whose beginning is
 * stored already, is on its way; every other end before the next one begins.
 */
export class EmailSender {
  /** When submissions that were not accepted ended, the newest 100 (epoch ms): the provider counts them too. */
  fruitless: readonly number[] = [];
  /** Emails that went back to wait for another attempt. */
  readonly givenBack = new Set<number>();
  private faultsInRow = 0;
  private isTaken = false;
  /** What became of the last one that was accepted, which is not yet told to the store. */
  private owed: (() => Promise<RunEnd | undefined>) | undefined;
  private settling: Promise<RunEnd | undefined> | undefined;

  constructor(
    private readonly context: SendContext,
    private readonly parts: EmailSenderParts,
  ) {}

  /** Whether the last one was accepted: the next one may follow without a look around. */
  get isFlowing(): boolean {
    return this.isTaken;
  }

  /** `undefined` = the next one may go. Throws the run's reason to stop; the email then waits again. */
  async send(claimed: OutboxEmail): Promise<RunEnd | undefined> {
    const email = claimed.raw ? claimed : await this.prepare(claimed);
    if (!email) return { kind: 'stopped' };
    const refusal = this.refuseBefore(email);
    const recipients = recipientsOf(email);
    if (refusal) return this.settle(email, allRefused(recipients, refusal, this.parts.clock.now()));
    if (!(await this.hasRoomToday(recipients.length))) return this.giveBack(email, FULL_DAY_PAUSE_MS);
    const obstacle = await this.open();
    if (obstacle) return (await this.giveBack(email, 0)) ?? obstacle;
    const begun = await this.parts.outbox.submitting(email.id, this.context.fence);
    if (begun.kind === 'refused') return { kind: 'stopped' };
    return this.submit(email);
  }

  /** The same for one whose submission is stored as begun already. */
  async sendBegun(email: OutboxEmail): Promise<RunEnd | undefined> {
    const obstacle = this.parts.keeper.isOpen ? undefined : await this.open();
    return obstacle ? ((await this.giveBack(email, 0)) ?? obstacle) : this.submit(email);
  }

  /** Tells the store what became of the last one, with what else is told in the same turn. */
  settleOwed(): void {
    const { owed } = this;
    if (!owed) return;
    this.owed = undefined;
    this.settling = owed();
    // Whoever waits for it, or for the next one's, learns of a failure.
    this.settling.catch(() => undefined);
  }

  /** Resolves when what became of the last one is stored. */
  async settled(): Promise<RunEnd | undefined> {
    this.settleOwed();
    const { settling } = this;
    this.settling = undefined;
    return settling;
  }

  /** With the Message-ID and the bytes that it is to have. */
  async compose(email: OutboxEmail): Promise<OutboxEmail> {
    const { address, displayName } = this.context.account;
    const from = displayName === undefined ? { address } : { address, name: displayName };
    return { ...email, ...(await composeEmail(email.email, from, this.parts.clock.now())) };
  }

  /** Nothing is known to keep it back. */
  isFit(email: OutboxEmail): boolean {
    return this.refuseBefore(email) === undefined;
  }

  /** Fixes Message-ID and bytes; `undefined` when the lease is gone. */
  private async prepare(email: OutboxEmail): Promise<OutboxEmail | undefined> {
    const composed = await this.compose(email);
    const { messageId = '', raw = NOTHING } = composed;
    const outcome = await this.parts.outbox.prepare(email.id, this.context.fence, { messageId, raw });
    return outcome.kind === 'done' ? composed : undefined;
  }

  private async submit(email: OutboxEmail): Promise<RunEnd | undefined> {
    this.isTaken = false;
    const { raw = NOTHING } = email;
    const envelope = { from: this.context.account.address, recipients: recipientsOf(email), raw };
    const outcome = await this.parts.keeper.submit(envelope);
    return this.take({ ...email, attempts: email.attempts + 1 }, unsaid(outcome, email));
  }

  /** What Microsoft would refuse anyway is said before anything is sent. */
  private refuseBefore(email: OutboxEmail): Failure | undefined {
    const { limits } = this.context;
    const { attachments } = email.email;
    if (recipientsOf(email).length > limits.recipientsPerMessage) return tooManyRecipients(limits.recipientsPerMessage);
    if (attachments.length > limits.attachmentsPerMessage) return tooManyAttachments(limits.attachmentsPerMessage);
    return (email.raw?.byteLength ?? 0) > limits.messageBytes ? tooLarge(limits.messageBytes) : undefined;
  }

  private async hasRoomToday(recipients: number): Promise<boolean> {
    const { limits } = this.context;
    const past = await this.parts.sentLately.at(this.parts.clock.now());
    return past.recipients + recipients <= limits.recipientsPerDay;
  }

  /** Asked before the connection and before each email (D5). */
  private async open(): Promise<RunEnd | undefined> {
    const before = await this.notGenuine();
    if (before) return before;
    const { signal } = this.context.run;
    if (signal.aborted) return { kind: 'stopped' };
    if (this.parts.keeper.isOpen) return undefined;
    const failure = await this.parts.keeper.open().catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return 'stopped' as const;
    });
    if (failure === 'stopped') return { kind: 'stopped' };
    if (failure) return { kind: 'no-connection', failure };
    await this.parts.onSignedIn();
    return this.notGenuine();
  }

  private async notGenuine(): Promise<RunEnd | undefined> {
    const { genuineness } = await this.parts.host.database();
    return genuineness.genuine ? undefined : { kind: 'not-genuine', reason: genuineness.reason };
  }

  private async take(email: OutboxEmail, outcome: SubmitOutcome): Promise<RunEnd | undefined> {
    const at = this.parts.clock.now();
    if (outcome.kind === 'accepted') {
      this.faultsInRow = 0;
      this.isTaken = true;
      this.parts.onAccepted();
      this.parts.sentLately.add(outcome.recipients.filter((each) => each.outcome === 'accepted').length, at);
      const before = await this.settled();
      this.owed = () => this.settle(email, settled(outcome.recipients, at));
      return before;
    }
    const before = await this.settled();
    if (before) return before;
    this.fruitless = [...this.fruitless.slice(-99), at];
    if (outcome.kind === 'uncertain') return this.settle(email, outcome);
    const { failure } = outcome;
    if (outcome.kind === 'refused' && failure.retry.kind !== 'backoff') {
      return this.settle(email, settled(outcome.recipients, at, failure));
    }
    const stated = failure.retry.kind === 'backoff' ? failure.retry.at : undefined;
    const pause = stated === undefined ? backoffMs(email.attempts, this.parts.random) : Math.max(0, stated - at);
    const end = await this.giveBack(email, pause, failure);
    this.faultsInRow += 1;
    // One email may be at fault; when the next one fares no better, it is the server.
    return end ?? (this.faultsInRow > 1 ? { kind: 'no-connection', failure } : undefined);
  }

  private giveBack(email: OutboxEmail, pauseMs: number, failure?: Failure): Promise<RunEnd | undefined> {
    const notBefore = this.parts.clock.now() + pauseMs;
    return this.settle(email, { kind: 'again', notBefore, ...(failure && { failure }) });
  }

  private async settle(email: OutboxEmail, outcome: SubmissionOutcome): Promise<RunEnd | undefined> {
    if (outcome.kind === 'again') this.givenBack.add(email.id);
    else this.givenBack.delete(email.id);
    const stored = await this.parts.outbox.settle(email.id, this.context.fence, outcome);
    return stored.kind === 'refused' ? { kind: 'stopped' } : undefined;
  }
}

/** Who is not known to have it. */
function recipientsOf({ recipients }: OutboxEmail): readonly string[] {
  return recipients.filter(({ outcome }) => outcome !== 'accepted').map(({ address }) => address);
}

function settled(recipients: readonly RecipientOutcome[], at: number, failure?: Failure): SubmissionOutcome {
  const reason = failure ?? recipients.find(({ outcome }) => outcome === 'refused')?.failure;
  return { kind: 'settled', recipients, at, ...(reason && { failure: reason }) };
}

function allRefused(addresses: readonly string[], failure: Failure, at: number): SubmissionOutcome {
  return settled(
    addresses.map((address) => ({ address, outcome: 'refused', failure })),
    at,
    failure,
  );
}
