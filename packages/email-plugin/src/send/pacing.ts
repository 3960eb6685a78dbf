import type { ProviderLimits } from '@exact/host-contracts';

const MINUTE_MS = 60_000;

/** How soon a full day is looked at again, milliseconds: old emails leave the last 24 hours one by one. */
export const FULL_DAY_PAUSE_MS = 15 * MINUTE_MS;

/** What went lately. */
export interface PastSending {
  /** Recipients that were accepted in the last 24 hours. */
  readonly recipients: number;
  /** When submissions ended (epoch ms), any order; the newest `messagesPerMinute` are enough. */
  readonly times: readonly number[];
}

/**
 * When the next email may leave (epoch ms; `now` or before = at once): after the delay, within the provider's emails a
 * minute (in any 60 seconds) and recipients in 24 hours.
 */
export function mayLeaveAt(
  past: PastSending,
  limits: Pick<ProviderLimits, 'messagesPerMinute' | 'recipientsPerDay'>,
  delayMs: number,
  now: number,
): number {
  if (past.recipients >= limits.recipientsPerDay) return now + FULL_DAY_PAUSE_MS;
  const newestFirst = past.times.toSorted((a, b) => b - a);
  const [newest] = newestFirst;
  if (newest === undefined) return now;
  // The email that must have left the last minute before another one may come in.
  const inTheWay = newestFirst[limits.messagesPerMinute - 1];
  return Math.max(newest + delayMs, inTheWay === undefined ? -Infinity : inTheWay + MINUTE_MS);
}

/** After the machine's clock was put back, what has left seems to leave later: it counts as of when that was noticed. */
export class PutBackClock {
  private noticedAt: number | undefined;

  /** `times` (epoch ms) as they count now; none lies in the future. */
  adjust(times: readonly number[], now: number): readonly number[] {
    if (times.every((time) => time <= now)) {
      this.noticedAt = undefined;
      return times;
    }
    const noticedAt = Math.min(this.noticedAt ?? now, now);
    this.noticedAt = noticedAt;
    return times.map((time) => (time <= now ? time : noticedAt));
  }
}
