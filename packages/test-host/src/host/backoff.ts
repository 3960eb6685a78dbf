const SHORTEST = 5_000;
const LONGEST = 10 * 60_000;

/**
 * Whole milliseconds to wait after so many failures in a row (1 or more): doubling from 5 s to 10 min, with jitter, so that
 * many hosts that failed together do not come back together.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  const doubled = SHORTEST * 2 ** Math.min(failures - 1, 10);
  return Math.floor(Math.min(LONGEST, doubled * (1 + random())));
}
