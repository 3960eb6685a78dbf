import { contract } from '../contract.js';

/** The host's time. Whatever waits or looks at the time does it here, so that a test can move it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `milliseconds` (0 or more, any length). Rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** The time zone of the practice, IANA name, e.g. `Europe/London`: what schedules are meant in. */
  timeZone(): string;
}

/** Use this to know the time or to wait. */
export const Clock = contract<Clock>('Clock');
