import type { AccountKey, OutboxStore } from '@exact/host-contracts';
import type { PastSending } from './pacing.js';

const DAY_MS = 24 * 60 * 60_000;
/** What a person decides about an email in doubt counts too, so the store is asked again after this. */
const ASK_AGAIN_MS = 10_000;
/** As many as the store tells. */
const MOST_TIMES = 100;

/** What went in the last 24 hours: the store is asked now and then, not for each email, since the answer grows with the day. */
export class SentLately {
  private known: PastSending = { recipients: 0, times: [] };
  private askedAt = -Infinity;

  constructor(
    private readonly outbox: OutboxStore,
    private readonly account: AccountKey,
  ) {}

  async at(now: number): Promise<PastSending> {
    if (now < this.askedAt || now >= this.askedAt + ASK_AGAIN_MS) {
      this.known = await this.outbox.sentSince(this.account, now - DAY_MS);
      this.askedAt = now;
    }
    return this.known;
  }

  /** An email was accepted for so many. */
  add(recipients: number, at: number): void {
    const times = [...this.known.times, at].toSorted((a, b) => b - a).slice(0, MOST_TIMES);
    this.known = { recipients: this.known.recipients + recipients, times };
  }
}
