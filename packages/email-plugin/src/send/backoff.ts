import type { Random } from './random.js';

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

/**
 * How long an email waits after an attempt that failed, milliseconds: 10 s after the first, doubled with each further one up
 * to 30 minutes, and up to a fifth longer, so that several practices do not come back at once.
 */
export function backoffMs(attempts: number, random: Random): number {
  const doubled = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE_MS);
  return Math.round(doubled * (1 + random() / 5));
}
