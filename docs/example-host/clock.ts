import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@exact/host-contracts';

/** What a timer takes at most. Milliseconds. */
const LONGEST = 2 ** 31 - 1;

export const clock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    const end = Date.now() + milliseconds;
    do {
      const rest = Math.max(0, end - Date.now());
      await wait(Math.min(rest, LONGEST), undefined, signal && { signal }).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw error;
      });
    } while (Date.now() < end);
  },
  timeZone: () => 'Europe/London',
};
