import type { Failure } from '@exact/host-contracts';
import { SIGN_IN_ENDS_SOON } from './sign-in.js';

/** Nothing is signed in or refreshed on a copy of the practice's database. */
export function notGenuineDatabase(reason: string): Failure {
  return {
    code: 'sign-in.not-genuine',
    sentence: `Nobody is signed in on this database: ${reason}`,
    fixedBy: 'user',
    advice: 'Open the practice’s live database to use email.',
    retry: { kind: 'never' },
  };
}

/** Microsoft could not be asked for so long that the sign-in runs out for want of use. `endsOn`: a day, for people. */
export function endsSoon(username: string, endsOn: string, because: Failure): Failure {
  return {
    code: SIGN_IN_ENDS_SOON,
    sentence: `EXACT has not been able to renew the sign-in of ${username} for weeks; it runs out on ${endsOn}.`,
    fixedBy: 'user',
    advice:
      'Check the internet connection. As soon as it works, EXACT renews the sign-in by itself; to be sure, press Re-authenticate Now. Waiting email is kept.',
    retry: because.retry,
    details: [because.sentence, because.details ?? ''].join(' ').trim(),
  };
}

/** There is no stored sign-in, or it can't be read any more. */
export function noStoredSignIn(): Failure {
  return {
    code: 'sign-in.none-stored',
    sentence: 'EXACT has no stored sign-in for the practice’s mailbox any more.',
    fixedBy: 'user',
    advice: 'Press Re-authenticate Now and sign in once. Waiting email is kept and leaves afterwards.',
    retry: { kind: 'after-sign-in' },
  };
}

/** Another run holds the lease: its tokens are the ones that count. */
export function leaseLost(): Failure {
  return {
    code: 'sign-in.lease-lost',
    sentence: 'Another computer of the practice has taken over sending and receiving.',
    fixedBy: 'nobody',
    advice: '',
    retry: { kind: 'backoff' },
  };
}

/** Signed in again, but as somebody else. */
export function otherAccount(signedIn: string, expected: string): Failure {
  return {
    code: 'sign-in.other-account',
    sentence: `You signed in as ${signedIn}, but email was set up with ${expected}.`,
    fixedBy: 'user',
    advice: `Try again and sign in as ${expected}. To use another account, open Configure > Email and SMS Setup.`,
    retry: { kind: 'after-sign-in' },
  };
}
