import type {
  Clock,
  Failure,
  HostInformation,
  OutboxEmail,
  OutboxStore,
  OutgoingMessage,
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

/** An email as it goes. */
export type ComposedEmail = OutboxEmail & OutgoingMessage;

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
 * Takes one claimed email through its submission. That the server took it is stored with what the emails behind it need
 * from the store; every other end before the next one begins.
 */
export class EmailSender {
  /** When submissions that were not accepted ended, the newest 100 (epoch ms): the provider counts them too. */
  fruitless: readonly number[] = [];
  /** Emails that went back to wait for another attempt. */
  readonly givenBack = new Set<number>();
  private faultsInRow = 0;
  private isTaken = false;
  /** Tells the store what became of one that was accepted. */
  private owed: (() => Promise<RunEnd | undefined>)[] = [];

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
    const email = await this.compose(claimed);
    const refusal = this.refusalOf(email);
    if (refusal) return this.fail(email, refusal);
    if (!(await this.hasRoomToday(recipientsOf(email).length))) return this.giveBack(email, FULL_DAY_PAUSE_MS);
    const obstacle = await this.open();
    if (obstacle) return (await this.giveBack(email, 0)) ?? obstacle;
    return (await this.begin(email)) ? this.submit(email) : { kind: 'stopped' };
  }

  /** The same for one whose submission is stored as begun already. */
  async sendBegun(email: ComposedEmail): Promise<RunEnd | undefined> {
    const obstacle = this.parts.keeper.isOpen ? undefined : await this.open();
    return obstacle ? ((await this.giveBack(email, 0)) ?? obstacle) : this.submit(email);
  }

  /** Tells the store what became of those that were accepted; resolves when it is stored. */
  async settled(): Promise<RunEnd | undefined> {
    const { owed } = this;
    this.owed = [];
    const ends = await Promise.all(owed.map((settle) => settle()));
    return ends.find((end) => end !== undefined);
  }

  /** With the Message-ID and the bytes of its first attempt. */
  async compose(email: OutboxEmail): Promise<ComposedEmail> {
    const { messageId, raw } = email;
    if (messageId !== undefined && raw) return { ...email, messageId, raw };
    const { address, displayName } = this.context.account;
    const from = displayName === undefined ? { address } : { address, name: displayName };
    return { ...email, ...(await composeEmail(email.email, from, this.parts.clock.now())) };
  }

  /** What Microsoft would refuse anyway is said before anything is sent. */
  refusalOf(email: ComposedEmail): Failure | undefined {
    const { limits } = this.context;
    const { attachments } = email.email;
    if (recipientsOf(email).length > limits.recipientsPerMessage) return tooManyRecipients(limits.recipientsPerMessage);
    if (attachments.length > limits.attachmentsPerMessage) return tooManyAttachments(limits.attachmentsPerMessage);
    return email.raw.byteLength > limits.messageBytes ? tooLarge(limits.messageBytes) : undefined;
  }

  /** It fails for all who are not known to have it. */
  fail(email: OutboxEmail, failure: Failure): Promise<RunEnd | undefined> {
    const refused = recipientsOf(email).map((address) => ({ address, outcome: 'refused', failure }) as const);
    return this.settle(email, settled(refused, this.parts.clock.now(), failure));
  }

  /** Stores that its submission begins; `false` when the lease is gone. */
  async begin({ id, messageId, raw }: ComposedEmail): Promise<boolean> {
    const outcome = await this.parts.outbox.submitting(id, this.context.fence, { messageId, raw });
    return outcome.kind === 'done';
  }

  /** Asked for each email (D5). */
  async isGenuine(): Promise<boolean> {
    return (await this.notGenuine()) === undefined;
  }

  private async submit(email: ComposedEmail): Promise<RunEnd | undefined> {
    this.isTaken = false;
    const envelope = { from: this.context.account.address, recipients: recipientsOf(email), raw: email.raw };
    const outcome = await this.parts.keeper.submit(envelope);
    return this.take({ ...email, attempts: email.attempts + 1 }, unsaid(outcome, email));
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
      this.owed.push(() => this.settle(email, settled(outcome.recipients, at)));
      return undefined;
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
