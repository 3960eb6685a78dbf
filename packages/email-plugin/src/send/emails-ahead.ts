import type { OutboxStore, SubmissionOutcome } from '@exact/host-contracts';
import type { ComposedEmail, EmailSender } from './email-sender.js';
import type { SendContext } from './send-context.js';

/**
 * So many stand as begun in the Outbox at most: those whose end is not stored yet, the one on the wire, and those behind it.
 * Whoever is interrupted can't tell whether they went.
 */
export const MOST_BEGUN = 4;
/** Behind the one on the wire; with fewer, the next round is due. */
const ENOUGH_BEGUN = 2;
/** Behind the one on the wire, begun or not. */
const MOST_AHEAD = 5;

/** What it works with. */
export interface EmailsAheadParts {
  readonly outbox: OutboxStore;
  readonly sender: EmailSender;
  readonly context: SendContext;
  now(): number;
}

/**
 * The emails behind the one on the wire, when they may leave at once, so that the connection does not wait for the store.
 * In rounds, one after the other. A round stores what became of those that have gone, that the submissions of the next
 * begin, and that those behind them are taken; then these are composed.
 */
export class EmailsAhead {
  /** In the order in which they go. */
  private begun: readonly ComposedEmail[] = [];
  private composed: readonly ComposedEmail[] = [];
  /** The one under way, or the one that failed. */
  private round: Promise<void> | undefined;
  private hasLostLease = false;
  /** The database is not the practice's live one any more (D5). */
  private isForeign = false;

  constructor(private readonly parts: EmailsAheadParts) {}

  /** The lease is gone: nothing more may be stored. */
  get isStale(): boolean {
    return this.hasLostLease;
  }

  /** Waits until one is begun, if one may be. `room`: how many may leave at once. */
  async makeReady(room: number): Promise<void> {
    if (this.begun.length > 0) return;
    await this.round;
    if (this.begun.length === 0 && this.composed.length > 0) this.advance(room);
    await this.round;
  }

  /** The one whose submission may begin on the wire now: that it begins is stored. */
  take(): ComposedEmail | undefined {
    if (this.isForeign) return undefined;
    const [first, ...others] = this.begun;
    this.begun = others;
    return first;
  }

  /** Begins a round when it is time for one. `room`: how many may leave at once behind the one on the wire. */
  advance(room: number): void {
    if (this.round || this.hasLostLease || this.isForeign || room === 0 || this.begun.length >= ENOUGH_BEGUN) return;
    this.round = this.goRound(room).then(() => {
      this.round = undefined;
    });
    // Whoever waits for it learns of a failure.
    this.round.catch(() => undefined);
  }

  /** They wait again: something is wrong, or the time has come to stop. */
  async putBack(): Promise<void> {
    await this.round?.catch(() => undefined);
    const emails = [...this.begun, ...this.composed];
    this.begun = [];
    this.composed = [];
    this.isForeign = false;
    if (this.hasLostLease) return;
    const { outbox, context } = this.parts;
    await Promise.all(emails.map((email) => outbox.settle(email.id, context.fence, whereItStood(email))));
  }

  private async goRound(room: number): Promise<void> {
    const { sender } = this.parts;
    const next = this.composed.slice(0, Math.max(0, Math.min(room, MOST_BEGUN - 1) - this.begun.length));
    this.composed = this.composed.slice(next.length);
    const count = this.begun.length + next.length + this.composed.length;
    const isGenuine = next.length === 0 || sender.isGenuine();
    // In one turn, so that the store can make them durable together.
    const ends = await Promise.allSettled([
      this.settle(),
      ...next.map((email) => this.begin(email, isGenuine)),
      ...Array.from({ length: Math.min(room, MOST_AHEAD) - count }, () => this.claim()),
    ]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  private async settle(): Promise<void> {
    if (await this.parts.sender.settled()) this.hasLostLease = true;
  }

  private async begin(email: ComposedEmail, genuine: boolean | Promise<boolean>): Promise<void> {
    const [isBegun, isGenuine] = await Promise.all([this.parts.sender.begin(email), genuine]);
    this.hasLostLease ||= !isBegun;
    this.isForeign ||= !isGenuine;
    if (isBegun) this.begun = [...this.begun, email];
  }

  private async claim(): Promise<void> {
    const { outbox, sender, context } = this.parts;
    const request = { account: context.account.key, fence: context.fence, now: this.parts.now() };
    const claimed = await outbox.claim(request);
    if (!claimed) return;
    const email = await sender.compose(claimed);
    const refusal = sender.refusalOf(email);
    if (!refusal) this.composed = [...this.composed, email];
    else if (await sender.fail(email, refusal)) this.hasLostLease = true;
  }
}

function whereItStood({ notBefore, queuedAt }: ComposedEmail): SubmissionOutcome {
  return { kind: 'again', notBefore: notBefore ?? queuedAt };
}
