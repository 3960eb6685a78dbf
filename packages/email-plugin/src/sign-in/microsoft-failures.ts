import type { Failure } from '@exact/host-contracts';
import { failureFor } from '../failures/failures.js';

/** Where the wizard is opened. */
const SETUP = 'Configure > Email and SMS Setup';

/** The sign-in has ended; Microsoft's words choose the sentence, never the behaviour. */
export function signInEnded(words: string): Failure {
  return { ...outsideSetup(failureFor('entra', words)), retry: { kind: 'after-sign-in' } };
}

/**
 * The same failure for whoever is not in the wizard: the catalogue names the buttons of Account Details, where most of the
 * refusals are met.
 */
export function outsideSetup(failure: Failure): Failure {
  if (failure.advice.includes(SETUP)) return failure;
  const advice = failure.advice
    .replace(/\bAuthenticate\b/g, 'Re-authenticate Now')
    .replace(/“Copy message for IT”(?: on the page Account Details)?/, `“Copy message for IT” under ${SETUP}`);
  return { ...failure, advice };
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
  const failure = outsideSetup(failureFor('entra', words, { now }));
  return failure.retry.kind === 'backoff' ? failure : { ...failure, retry: { kind: 'never' } };
}

function passing(failure: Failure): Failure {
  return failure.retry.kind === 'backoff' ? failure : { ...failure, retry: { kind: 'backoff' } };
}
