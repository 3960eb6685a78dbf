/** The time that the own Microsoft 365 lives in, so that a test can let an hour or ninety days pass. */
export interface Microsoft365Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Microsoft365Clock = { now: () => Date.now() };
