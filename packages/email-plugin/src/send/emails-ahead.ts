import type { OutboxEmail, OutboxStore } from '@exact/host-contracts';
import type { SendContext } from './send-context.js';

/** How many are made ready beside the one on the wire: each takes three steps, one with each email that goes. */
const MOST_AHEAD = 3;

/** What it works with. */
export interface EmailsAheadParts {
  readonly outbox: OutboxStore;
  readonly context: SendContext;
  now(): number;
  /** With Message-ID and bytes, which are not stored yet. */
  compose(email: OutboxEmail): Promise<OutboxEmail>;
  /** Nothing is known to keep it back. */
  isFit(email: OutboxEmail): boolean;
  /** Asked for each email (D5). */
  isGenuine(): Promise<boolean>;
}

/**
 * The emails behind the one on the wire, when they may leave at once, so that the connection does not wait for the store:
 * claimed, then their bytes fixed, then the submission of the first is stored as begun. Only one is ever begun ahead, since
 * whoever is interrupted can't tell whether it went.
 */
export class EmailsAhead {
  private composed: readonly OutboxEmail[] = [];
  private prepared: readonly OutboxEmail[] = [];
  private begun: OutboxEmail | undefined;
  private isRefused = false;
  /** The next one can't simply go: whoever sends has to look at it. */
  private isBlocked = false;

  constructor(private readonly parts: EmailsAheadParts) {}

  /** The lease is gone: nothing more may be stored. */
  get isStale(): boolean {
    return this.isRefused;
  }

  /** How many it has taken out of the Outbox. */
  get count(): number {
    return this.composed.length + this.prepared.length + (this.begun ? 1 : 0);
  }

  /** The one whose submission may begin on the wire now; its beginning is stored. */
  take(): OutboxEmail | undefined {
    const { begun } = this;
    this.begun = undefined;
    if (!begun && this.count === 0) this.isBlocked = false;
    return begun;
  }

  /** One step for each. `room`: how many may leave at once behind the one on the wire. */
  async advance(room: number): Promise<void> {
    const wanted = Math.min(room, MOST_AHEAD);
    const [first, ...others] = this.prepared;
    const isToBegin = first !== undefined && this.begun === undefined && wanted > 0;
    const { composed, count } = this;
    if (isToBegin) this.prepared = others;
    this.composed = [];
    // At once, so that the store makes them durable together.
    await Promise.all([
      isToBegin ? this.begin(first) : undefined,
      ...composed.map((email) => this.prepare(email)),
      count < wanted && !this.isBlocked ? this.claim() : undefined,
    ]);
  }

  /** They wait again: something is wrong, or the time has come to stop. */
  async putBack(): Promise<void> {
    const emails = [this.begun, ...this.prepared, ...this.composed].flatMap((email) => email ?? []);
    this.begun = undefined;
    this.prepared = [];
    this.composed = [];
    if (!this.isRefused) await this.giveBack(emails);
  }

  private async begin(email: OutboxEmail): Promise<void> {
    const { outbox, context } = this.parts;
    const begun = outbox.submitting(email.id, context.fence);
    const [outcome, isGenuine] = await Promise.all([begun, this.parts.isGenuine()]);
    if (outcome.kind === 'refused') this.isRefused = true;
    else if (isGenuine) this.begun = email;
    else await this.giveBack([email]);
    this.isBlocked ||= !isGenuine;
  }

  private async prepare(email: OutboxEmail): Promise<void> {
    const { outbox, context } = this.parts;
    if (!email.raw || email.messageId === undefined) throw new TypeError('it was not composed');
    const outcome = await outbox.prepare(email.id, context.fence, { messageId: email.messageId, raw: email.raw });
    if (outcome.kind === 'refused') this.isRefused = true;
    else this.prepared = [...this.prepared, email];
  }

  private async claim(): Promise<void> {
    const { parts } = this;
    const { outbox, context } = parts;
    const claimed = await outbox.claim({ account: context.account.key, fence: context.fence, now: parts.now() });
    if (!claimed) return;
    const email = claimed.raw ? claimed : await parts.compose(claimed);
    this.isBlocked = !parts.isFit(email);
    if (this.isBlocked) await this.giveBack([claimed]);
    else if (claimed.raw) this.prepared = [...this.prepared, email];
    else this.composed = [...this.composed, email];
  }

  private async giveBack(emails: readonly OutboxEmail[]): Promise<void> {
    const { outbox, context } = this.parts;
    const outcome = { kind: 'again', notBefore: this.parts.now() } as const;
    await Promise.all(emails.map(({ id }) => outbox.settle(id, context.fence, outcome)));
  }
}
