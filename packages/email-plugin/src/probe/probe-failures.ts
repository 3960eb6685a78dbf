import type { Failure } from '@exact/host-contracts';

/** Whoever signed in has nothing to do with the practice's mailbox. */
export function notOpened(username: string, address: string, because: Failure): Failure {
  return {
    code: 'sign-in.other-mailbox',
    sentence: `${mismatch(username, address)}.`,
    fixedBy: 'user',
    advice: `Press “Use another account” and sign in as ${address}. If ${username} should be allowed to use that mailbox, ask your IT support to give it the rights “Full Access” and “Send As”.`,
    retry: { kind: 'after-sign-in' },
    details: because.details ?? because.sentence,
  };
}

/** The mailbox opens, but Exchange refuses mail from its address (550 5.7.60). */
export function sendAsDenied(username: string, address: string, because: Failure): Failure {
  return {
    code: 'sign-in.send-as-denied',
    sentence: `${mismatch(username, address)}. ${username} may read that mailbox but not send from it.`,
    fixedBy: 'admin',
    advice: `Ask your IT support to give ${username} the right “Send As” for ${address}, then press “Use another account” and sign in again. Or sign in as ${address}.`,
    retry: { kind: 'after-sign-in' },
    details: because.details ?? because.sentence,
  };
}

/** A message to the address was taken, but did not come into the mailbox that was opened. */
export function notProved(username: string, address: string): Failure {
  return {
    code: 'sign-in.mailbox-not-proved',
    sentence: `${mismatch(username, address)}. A test email to ${address} did not arrive in the mailbox of ${username}.`,
    fixedBy: 'user',
    advice: `Press “Use another account” and sign in as ${address}. If ${address} belongs to the mailbox of ${username}, wait a minute and try again.`,
    retry: { kind: 'after-sign-in' },
  };
}

/** Microsoft granted less than was asked for. */
export function partialConsent(): Failure {
  return {
    code: 'sign-in.partial-consent',
    sentence: 'Microsoft did not give EXACT the permission to both receive and send email.',
    fixedBy: 'user',
    advice:
      'Press Authenticate again and accept all permissions on Microsoft’s page. If it does not offer them, your IT support has to approve them.',
    retry: { kind: 'after-sign-in' },
  };
}

/** The sentence of every mismatch. */
function mismatch(username: string, address: string): string {
  return `You signed in as ${username}; the practice mailbox is ${address}`;
}
