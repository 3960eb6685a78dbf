import type { Failure } from '@exact/host-contracts';

const LATER = 'It can take an hour to work; then press';
const AGAIN = `${LATER} Authenticate again.`;
const EMAIL_APPS = 'Mail > Manage email apps';

/** Whoever signed in has nothing to do with the practice's mailbox. */
export function notOpened(username: string, address: string, because: Failure): Failure {
  const isElsewhere = domainOf(username) !== domainOf(address);
  const who = isElsewhere ? 'an account of your own organisation' : username;
  return {
    code: 'sign-in.other-mailbox',
    sentence: `${mismatch(username, address)}.`,
    fixedBy: 'user',
    advice: [
      `Press “Use another account” and sign in as ${address}.`,
      ...(isElsewhere ? ['If Windows hands over the other account each time, press “Help with signing in”.'] : []),
      `Is it a shared mailbox without a password of its own? Then ask your IT support to give ${who} the rights “Full Access” and “Send As” for it, and sign in as that account.`,
    ].join(' '),
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
    advice: `Ask your IT support to give ${username} the right “Send As” for ${address}. ${LATER} “Use another account” and sign in as ${username} again. If ${address} has a password of its own, you can sign in as ${address} instead.`,
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

/** The mailbox is there, but does not open over IMAP: sending with the same sign-in works, or is refused for a reason of its own. */
export function receivingOff(address: string, _username: string, because: Failure): Failure {
  return {
    code: 'sign-in.receiving-off',
    sentence: `Microsoft lets no program receive email from the mailbox of ${address}.`,
    fixedBy: 'admin',
    advice: `Ask your IT support to tick IMAP: Microsoft 365 admin centre > Users > Active users > ${address} > ${EMAIL_APPS} > IMAP. ${AGAIN}`,
    retry: { kind: 'after-sign-in' },
    details: because.details ?? because.sentence,
  };
}

/** SMTP AUTH is switched off for the mailbox of whoever signed in, or for the organisation; the catalogue's sentence says which. */
export function sendingOff(username: string, _address: string, because: Failure): Failure {
  const isForAll = because.code === '535 5.7.139 tenant';
  return {
    ...because,
    sentence: isForAll ? because.sentence : `Microsoft lets no program send email from the mailbox of ${username}.`,
    fixedBy: 'admin',
    advice: `Ask your IT support to tick Authenticated SMTP: Microsoft 365 admin centre > Users > Active users > ${username} > ${EMAIL_APPS} > Authenticated SMTP. ${AGAIN}`,
    retry: { kind: 'after-sign-in' },
  };
}

/** Neither receiving nor sending knows a mailbox of whoever signed in: no licence, or none with email. */
export function noMailbox(username: string, _address: string, because: Failure): Failure {
  return {
    code: 'sign-in.no-mailbox',
    sentence: `The account ${username} has no mailbox at Microsoft.`,
    fixedBy: 'admin',
    advice: `Ask your IT support to give ${username} a licence with email: Microsoft 365 admin centre > Users > Active users > ${username} > Licences and apps. ${AGAIN}`,
    retry: { kind: 'after-sign-in' },
    details: because.details ?? because.sentence,
  };
}

/** The mailbox of whoever signed in takes nothing more, and so nothing leaves it (554 5.2.2). */
export function mailboxFull(username: string, _address: string, because: Failure): Failure {
  return {
    ...because,
    sentence: `The mailbox of ${username} is full, so Microsoft sends nothing from it.`,
    fixedBy: 'user',
    advice: 'Delete or archive old email of that mailbox in Outlook, then try again here.',
    retry: { kind: 'after-sign-in' },
  };
}

/** Microsoft granted less than was asked for. */
export function receivingNotPermitted(): Failure {
  return partialConsent('the permission to send email, but not to receive it');
}

/** Microsoft granted less than was asked for. */
export function sendingNotPermitted(): Failure {
  return partialConsent('the permission to receive email, but not to send it');
}

/** Microsoft granted neither, though it let the person sign in. */
export function nothingPermitted(): Failure {
  return partialConsent('no permission to receive or send email');
}

/** The sentence of every mismatch. */
function mismatch(username: string, address: string): string {
  return `You signed in as ${username}; the practice mailbox is ${address}`;
}

function partialConsent(granted: string): Failure {
  return {
    code: 'sign-in.partial-consent',
    sentence: `Microsoft gave EXACT ${granted}.`,
    fixedBy: 'user',
    advice:
      'Press Authenticate again and accept all permissions on Microsoft’s page. If it does not offer them, ask your IT support to approve both permissions of EXACT Email: to receive and to send.',
    retry: { kind: 'after-sign-in' },
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
