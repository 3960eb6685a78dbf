import type { ProviderLimits } from '@exact/host-contracts';

const MINUTE = 60_000;
/** How soon a full day's limit is looked at again. */
const DAY_LIMIT_PAUSE_MS = 15 * MINUTE;

/** What went lately. */
export interface PastSending {
  /** Recipients that were accepted in the last 24 hours. */
  readonly recipients: number;
  /** When emails were sent (epoch ms), any order; the newest 100 are enough. */
  readonly times: readonly number[];
}

/**
 * When the next email may leave (epoch ms; `now` or before = at once): after the delay, within the provider's emails a
 * minute and recipients a day.
 */
export function mayLeaveAt(
  past: PastSending,
  limits: Pick<ProviderLimits, 'messagesPerMinute' | 'recipientsPerDay'>,
  delayMs: number,
  now: number,
): number {
  if (past.recipients >= limits.recipientsPerDay) return now + DAY_LIMIT_PAUSE_MS;
  const newestFirst = [...past.times].sort((a, b) => b - a);
  const afterDelay = (newestFirst[0] ?? -Infinity) + delayMs;
  // The email that must have left the last minute before another one may come in.
  const inTheWay = newestFirst[limits.messagesPerMinute - 1] ?? -Infinity;
  return Math.max(afterDelay, inTheWay + MINUTE, 0);
}
