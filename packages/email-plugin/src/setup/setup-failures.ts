import type { Failure } from '@exact/host-contracts';

/** The title of the article that the page points to for personal accounts. */
export const PERSONAL_ACCOUNTS_ARTICLE = 'Email configuration - Outlook and Hotmail (personal accounts)';

const PERSONAL_ADVICE = `Open the article “${PERSONAL_ACCOUNTS_ARTICLE}” for the way to set it up, or use the practice’s Microsoft 365 mailbox.`;

/** The typed address belongs to Outlook.com and the like. */
export function personalAddress(address: string): Failure {
  return {
    code: 'sign-in.personal-address',
    sentence: `${address} is a personal Microsoft account, not a Microsoft 365 mailbox of a practice.`,
    fixedBy: 'user',
    advice: PERSONAL_ADVICE,
    retry: { kind: 'never' },
  };
}

/** The address looked like a practice's, but a personal account signed in (tenant id of Microsoft's consumers). */
export function personalAccountSignedIn(username: string): Failure {
  return {
    code: 'sign-in.personal-account',
    sentence: `You signed in as ${username}, which is a personal Microsoft account.`,
    fixedBy: 'user',
    advice: PERSONAL_ADVICE,
    retry: { kind: 'after-sign-in' },
  };
}

export function signInCancelled(): Failure {
  return {
    code: 'sign-in.cancelled',
    sentence: 'The sign-in was cancelled.',
    fixedBy: 'user',
    advice: 'Press Authenticate to try again.',
    retry: { kind: 'after-sign-in' },
  };
}

export function signInTimedOut(): Failure {
  return {
    code: 'sign-in.timed-out',
    sentence: 'Nobody finished the sign-in within five minutes.',
    fixedBy: 'user',
    advice: 'Press Authenticate to try again, and go through Microsoft’s page to its end.',
    retry: { kind: 'after-sign-in' },
  };
}

/** There is one sign-in at a time: another wizard, or Re-authenticate Now, has begun one. */
export function signInSuperseded(): Failure {
  return {
    code: 'sign-in.superseded',
    sentence: 'Another sign-in to Microsoft was begun in EXACT, so this one ended.',
    fixedBy: 'user',
    advice: 'Look whether somebody else is setting up email just now. To go on here, press Authenticate again.',
    retry: { kind: 'after-sign-in' },
  };
}

/** Nobody typed the code that the page showed. */
export function codeRunOut(): Failure {
  return {
    code: 'sign-in.code-run-out',
    sentence: 'Nobody signed in with the code in time, so it is no longer good.',
    fixedBy: 'user',
    advice: 'Press Sign in with a code instead for a new one, or Authenticate to sign in with the browser.',
    retry: { kind: 'after-sign-in' },
  };
}

/** A rule of the organisation (Conditional Access) refused whoever typed the code. */
export function codeRefused({ details }: Failure): Failure {
  return {
    code: 'sign-in.code-refused',
    sentence: 'Your organisation’s security rules do not let you sign in with a code.',
    fixedBy: 'admin',
    advice:
      'Press Authenticate to sign in with the browser. If no browser works here, ask your IT support to allow EXACT the “Device code flow”: Microsoft Entra admin centre > Protection > Conditional Access > the policy with the condition “Authentication flows”.',
    retry: { kind: 'after-sign-in' },
    ...(details !== undefined && { details }),
  };
}

/** The set-up on a copy of the practice's database. */
export function notGenuine(reason: string): Failure {
  return {
    code: 'setup.not-genuine',
    sentence: `This is not the practice’s live database: ${reason} Nothing is sent, received, tested or signed in here.`,
    fixedBy: 'user',
    advice: 'Open the live database to set up or use email.',
    retry: { kind: 'never' },
  };
}

/** The test message was taken but did not come back in time. */
export function testNotSeen(): Failure {
  return {
    code: 'setup.test-not-seen',
    sentence: 'The test email was sent, but it did not arrive in the mailbox within a minute.',
    fixedBy: 'nobody',
    advice:
      'Microsoft may be slow today: run the test again in a few minutes. You can press Finish all the same. If it never arrives, ask your IT support whether a rule moves it away.',
    retry: { kind: 'never' },
  };
}
