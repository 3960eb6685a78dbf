import type { Failure } from '@exact/host-contracts';
import { failureFor } from '../failures/failures.js';

/** The sign-in has ended; Microsoft's words choose the sentence, never the behaviour. */
export function signInEnded(words: string): Failure {
  return { ...failureFor('entra', words), retry: { kind: 'after-sign-in' } };
}

/** Microsoft did not let somebody sign in. */
export function signInRefused(words: string): Failure {
  return failureFor('entra', words);
}

/** Microsoft could not be reached, or was not well. `now`: epoch ms, for when it says to come back. */
export function signInUnreachable(words: string, now: number): Failure {
  return passing(failureFor(/\bAADSTS\d/.test(words) ? 'entra' : 'network', words, { now }));
}

/**
 * Microsoft refused to renew a sign-in that has not ended, e.g. because an administrator switched the app off: a new sign-in
 * does not mend it, a person has to. `now`: epoch ms.
 */
export function renewalRefused(words: string, now: number): Failure {
  const failure = failureFor('entra', words, { now });
  return failure.retry.kind === 'backoff' ? failure : { ...failure, retry: { kind: 'never' } };
}

function passing(failure: Failure): Failure {
  return failure.retry.kind === 'backoff' ? failure : { ...failure, retry: { kind: 'backoff' } };
}
