import type { Control, Failure, StatusControl } from '@exact/host-contracts';
import type { AccountSettings } from '../settings/settings.js';
import { approvalAtMicrosoft, approvalHelp, approvalReport } from './approval-report.js';
import type { DraftSignIn, TriedSignIn } from './draft.js';
import { isSameAddress } from './practice-address.js';
import { PERSONAL_ACCOUNTS_ARTICLE } from './setup-failures.js';
import { wayReport } from './sign-in-way-report.js';

/** The button that opens the article about personal accounts. */
export const PERSONAL_ACCOUNTS_BUTTON = 'personal-accounts';

/** Where the article about personal accounts helps. */
const PERSONAL_CODES = new Set(['sign-in.personal-address', 'sign-in.personal-account']);

/** The Status of Account Details. */
export function accountStatus(signIn: DraftSignIn): StatusControl {
  return { kind: 'status', id: 'status', text: 'Status', ...shownStatus(signIn) };
}

/** What an open sign-in waits for, by its way. */
const WAITING = {
  none: 'Checking the connection to Microsoft',
  page: 'Waiting for you to sign in on Microsoft’s page',
  code: 'Waiting for you to sign in with the code',
} as const;

const FOR_APPROVAL = 'Waiting for your IT support’s approval';

function shownStatus(signIn: DraftSignIn): Pick<StatusControl, 'value' | 'severity'> {
  switch (signIn.kind) {
    case 'none':
      return { value: 'Not authenticated', severity: 'error' };
    case 'open':
      return { value: signIn.approval ? FOR_APPROVAL : WAITING[signIn.way?.kind ?? 'none'], severity: 'info' };
    case 'approval':
      return { value: FOR_APPROVAL, severity: 'info' };
    case 'checking':
      return { value: 'Checking the mailbox', severity: 'info' };
    case 'stored':
    case 'proved':
      return { value: 'Authenticated', severity: 'success' };
  }
}

/** Who signed in, or why not. `obstacle`: why nobody can sign in as things stand. */
export function accountReport(signIn: DraftSignIn, obstacle: Failure | undefined): readonly Control[] {
  switch (signIn.kind) {
    case 'stored':
    case 'proved':
      return [signedInAs(signIn.account), waysOf(signIn.account)];
    case 'checking':
      return [
        {
          kind: 'text',
          id: 'signed-in-as',
          text: `${signIn.username} has signed in. Checking that the practice’s mailbox opens and sends.`,
        },
      ];
    case 'open':
      if (obstacle) return reasons([obstacle]);
      return openReport(signIn);
    case 'approval':
      return approvalReport(signIn);
    case 'none':
      if (obstacle) return reasons([obstacle]);
      return [...reasons(signIn.because ?? []), ...(signIn.tried ? [waysTried(signIn.tried)] : [])];
  }
}

function openReport({ way, approval }: Extract<DraftSignIn, { kind: 'open' }>): readonly Control[] {
  if (!way) return [];
  if (way.kind === 'code') return wayReport(way);
  return [...wayReport(way), ...(approval ? approvalAtMicrosoft(approval) : [approvalHelp()])];
}

function signedInAs(account: AccountSettings): Control {
  return { kind: 'text', id: 'signed-in-as', text: `Signed in as ${account.signedIn.username}` };
}

/** What was found out by trying: it need not be the account that signed in. */
function waysOf({ address, imapUser, smtpUser }: AccountSettings): Control {
  return {
    kind: 'keyValues',
    id: 'ways',
    text: 'What this sign-in opens',
    rows: [receivedIn(imapUser), sentAs(address, smtpUser)],
  };
}

/** The same three facts where one of them is missing. */
function waysTried({ username, address, imapUser, smtpUser }: TriedSignIn): Control {
  return {
    kind: 'keyValues',
    id: 'ways',
    text: 'What this sign-in opens',
    rows: [
      { name: 'Signed in as', value: username },
      imapUser === undefined ? { name: RECEIVED_IN, value: NOT_YET } : receivedIn(imapUser),
      smtpUser === undefined ? { name: SENT_AS, value: NOT_YET } : sentAs(address, smtpUser),
    ],
  };
}

const RECEIVED_IN = 'Email is received in';
const SENT_AS = 'Email is sent as';
const NOT_YET = 'not possible yet';

function receivedIn(imapUser: string) {
  return { name: RECEIVED_IN, value: `the mailbox of ${imapUser}` };
}

function sentAs(address: string, smtpUser: string) {
  return { name: SENT_AS, value: isSameAddress(smtpUser, address) ? address : `${address}, by ${smtpUser}` };
}

/** What is wrong but lets the sign-in go on. */
export function connectionWarnings(failures: readonly Failure[]): readonly Control[] {
  return failures.map((failure) => ({
    kind: 'notice',
    id: `warning-${failure.code.replaceAll(' ', '-')}`,
    severity: 'warning',
    text: failure.sentence,
    failure,
  }));
}

/** A line each, every one with its own remedy. */
function reasons(failures: readonly Failure[]): readonly Control[] {
  const notices = failures.map((failure, index): Control => {
    const id = index === 0 ? 'reason' : `reason-${index + 1}`;
    return { kind: 'notice', id, severity: 'error', text: failure.sentence, failure };
  });
  const isPersonal = failures.some(({ code }) => PERSONAL_CODES.has(code));
  return isPersonal
    ? [...notices, { kind: 'button', id: PERSONAL_ACCOUNTS_BUTTON, text: PERSONAL_ACCOUNTS_ARTICLE }]
    : notices;
}
