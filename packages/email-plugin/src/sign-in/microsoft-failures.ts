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

/** Microsoft could not be reached, or was not well. */
export function signInUnreachable(words: string): Failure {
  const failure = failureFor('network', words);
  return failure.retry.kind === 'backoff' ? failure : { ...failure, retry: { kind: 'backoff' } };
}
