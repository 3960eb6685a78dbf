import type { Failure, Retry } from '@exact/host-contracts';
import { formatClock } from './format.js';

/** Where the email service met the failure: EXACT goes on by itself. */
export function triedByService({ code, retry }: Failure): string | undefined {
  // Without the server nobody tries.
  if (code === 'host.no-server') return undefined;
  switch (retry.kind) {
    case 'after-sign-in':
      return 'EXACT goes on as soon as somebody has signed in again.';
    case 'never':
      return 'EXACT looks from time to time whether it is put right, and at once when you press Send/Receive.';
    case 'backoff':
      return retry.at === undefined ? 'EXACT tries again by itself.' : `EXACT tries again at ${formatClock(retry.at)}.`;
  }
}

/** Where a person met it who waits for it to end well: nothing happens before they press again. */
export function triedByYou(retry: Retry): string | undefined {
  if (retry.kind !== 'backoff') return undefined;
  return retry.at === undefined ? 'Try again in a few minutes.' : `Try again after ${formatClock(retry.at)}.`;
}
