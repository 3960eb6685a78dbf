import { type Fence, type FencedOutcome, STALE_FENCE } from '@exact/host-contracts';
import { number, optionalText } from './columns.js';
import type { RawMessages } from './raw-messages.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** What became of asking for the lease. */
export type LeaseOutcome =
  | { readonly kind: 'granted'; readonly fence: Fence }
  /** Somebody else holds it; `until` (epoch ms) it is theirs unless they renew it. */
  | { readonly kind: 'held'; readonly until: number };

/** The one lease of the practice database: the right of one process to run its jobs. */
export interface Leases {
  /** Grants the lease with a new, higher fence, when nobody else holds it or theirs has run out. Lasts `duration` ms. */
  acquire(holder: string, duration: number): Promise<LeaseOutcome>;
  /** Prolongs it by `duration` ms from now; `lost` when somebody else has it. */
  renew(holder: string, duration: number): Promise<'renewed' | 'lost'>;
  /** Gives it back. Does nothing when somebody else has it. */
  release(holder: string): Promise<void>;
}

const STALE: FencedOutcome = { kind: 'refused', reason: STALE_FENCE };

export class LeaseTable implements Synchronous<Leases> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly raws: RawMessages,
  ) {}

  acquire(holder: string, duration: number): LeaseOutcome {
    return this.database.transaction(() => {
      const row = this.#row();
      const until = number(row, 'expires_at');
      const other = optionalText(row, 'holder');
      if (other !== undefined && other !== holder && until > this.session.now) return { kind: 'held', until };
      this.database.run('UPDATE lease SET holder = ?, expires_at = ?', holder, this.session.now + duration);
      return { kind: 'granted', fence: this.raise() };
    });
  }

  renew(holder: string, duration: number): 'renewed' | 'lost' {
    const expiresAt = this.session.now + duration;
    const { changes } = this.database.run('UPDATE lease SET expires_at = ? WHERE holder = ?', expiresAt, holder);
    return changes === 1 ? 'renewed' : 'lost';
  }

  release(holder: string): void {
    this.database.run('UPDATE lease SET holder = NULL, expires_at = 0 WHERE holder = ?', holder);
  }

  /** For a process that has the file to itself: whoever held the lease is gone. */
  forgetHolder(): void {
    this.database.run('UPDATE lease SET holder = NULL, expires_at = 0');
  }

  /** Makes every fence given so far stale and throws away what was staged under one. Inside the caller's transaction. */
  raise(): Fence {
    this.database.run('UPDATE lease SET highest_fence = highest_fence + 1');
    const fence = number(this.#row(), 'highest_fence');
    this.raws.discardBefore(fence);
    return fence;
  }

  isStale(fence: Fence): boolean {
    return fence < number(this.#row(), 'highest_fence');
  }

  /** One transaction under a lease: refused when the fence is stale. */
  fenced(fence: Fence, work: () => void): FencedOutcome {
    return this.database.transaction(() => {
      if (this.isStale(fence)) return STALE;
      work();
      return { kind: 'done' };
    });
  }

  #row() {
    const row = this.database.find('SELECT highest_fence, holder, expires_at FROM lease');
    if (!row) throw new Error('The lease table is empty');
    return row;
  }
}
