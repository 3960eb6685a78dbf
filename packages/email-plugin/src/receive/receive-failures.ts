import type { Failure } from '@exact/host-contracts';
import { failureFor } from '../failures/failures.js';

/** Nothing is received into a copy of the practice's database. */
export function notGenuineReceiving(reason: string): Failure {
  return {
    code: 'receive.not-genuine',
    sentence: `Nothing is received into this database: ${reason}`,
    fixedBy: 'nobody',
    advice: 'Open the practice’s live database to receive email.',
    retry: { kind: 'backoff' },
  };
}

/** The server wants us back only after so many milliseconds. */
export function throttledFor(milliseconds: number, now: number): Failure {
  return failureFor('imap', `Request is throttled. Suggested Backoff Time: ${String(milliseconds)} milliseconds`, {
    now,
  });
}
