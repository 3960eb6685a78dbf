import type { OutboxEmail, OutboxStore } from '@exact/host-contracts';
import type { SendContext } from './send-context.js';

/** How many are made ready beside the one on the wire: each takes four steps, one with each email that goes. */
const MOST_AHEAD = 4;

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

/** One that was taken out of the Outbox, and how far it is. */
interface EmailAhead {
  readonly email: OutboxEmail;
  readonly step: 'claimed' | 'composed' | 'prepared';
}

/**
 * The emails behind the one on the wire, when they may leave at once, so that the connection does not wait for the store:
 * claimed, then composed, then their bytes fixed, then the submission of the first is stored as begun. Only one is ever
 * begun ahead, since whoever is interrupted can't tell whether it went.
 */
export class EmailsAhead {
  /** In the order in which they go. */
  private emails: readonly EmailAhead[] = [];
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
    return this.emails.length + (this.begun ? 1 : 0);
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
    const [first] = this.emails;
    const at = (step: EmailAhead['step']) => this.emails.filter((each) => each.step === step);
    const [claimed, composed] = [at('claimed'), at('composed')];
    // At once, so that the store makes them durable together.
    const stored = [
      first?.step === 'prepared' && !this.begun && wanted > 0 ? this.begin(first.email) : undefined,
      ...composed.map(({ email }) => this.prepare(email)),
      this.count < wanted && !this.isBlocked ? this.claim() : undefined,
    ];
    await Promise.all([...stored, ...claimed.map(({ email }) => this.compose(email))]);
  }

  /** They wait again: something is wrong, or the time has come to stop. */
  async putBack(): Promise<void> {
    const emails = [this.begun, ...this.emails.map(({ email }) => email)].flatMap((email) => email ?? []);
    this.begun = undefined;
    this.emails = [];
    if (!this.isRefused) await this.giveBack(emails);
  }

  private async begin(email: OutboxEmail): Promise<void> {
    const { outbox, context } = this.parts;
    this.leave(email.id);
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
    else this.reach(email, 'prepared');
  }

  private async claim(): Promise<void> {
    const { outbox, context } = this.parts;
    const request = { account: context.account.key, fence: context.fence, now: this.parts.now() };
    const email = await outbox.claim(request);
    if (email) this.emails = [...this.emails, { email, step: 'claimed' }];
  }

  private async compose(claimed: OutboxEmail): Promise<void> {
    const { parts } = this;
    const email = claimed.raw ? claimed : await parts.compose(claimed);
    if (parts.isFit(email)) {
      this.reach(email, claimed.raw ? 'prepared' : 'composed');
      return;
    }
    this.isBlocked = true;
    this.leave(claimed.id);
    await this.giveBack([claimed]);
  }

  private reach(email: OutboxEmail, step: EmailAhead['step']): void {
    this.emails = this.emails.map((each) => (each.email.id === email.id ? { email, step } : each));
  }

  private leave(id: number): void {
    this.emails = this.emails.filter(({ email }) => email.id !== id);
  }

  private async giveBack(emails: readonly OutboxEmail[]): Promise<void> {
    const { outbox, context } = this.parts;
    const outcome = { kind: 'again', notBefore: this.parts.now() } as const;
    await Promise.all(emails.map(({ id }) => outbox.settle(id, context.fence, outcome)));
  }
}
