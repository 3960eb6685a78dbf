import {
  Clock,
  FailureError,
  HostInformation,
  MicrosoftEndpoints,
  type Address,
  type Failure,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { MAILBOX_NOT_OPEN, MailboxConnector, type Mailbox } from '../receive/mailbox.js';
import { SubmissionConnector, type Submission } from '../send/submission.js';
import type { SignInSession } from '../sign-in/sign-in.js';
import { TestMessages, waitForArrival } from './test-messages.js';

/** What a sign-in opened, by the SASL user names that did it. */
export interface OpenedWays {
  readonly imapUser?: string;
  /** Left out, too, where the mailbox opens but may not be sent from. */
  readonly smtpUser?: string;
}

/** What was found out about a sign-in and the practice's address. */
export type ProbeOutcome =
  /** The mailbox of the address was opened and may be sent from, with these SASL user names. */
  | ({ readonly kind: 'proved' } & Required<OpenedWays>)
  /** Another account has to sign in, or somebody has to give this one the right. */
  | { readonly kind: 'mismatch'; readonly failures: readonly Failure[]; readonly opened: OpenedWays }
  /** It could not be found out, or something is switched off. */
  | { readonly kind: 'failed'; readonly failures: readonly Failure[]; readonly opened: OpenedWays };

/** A way that is open, by the first name that opened it; whoever asked disposes it. */
interface Opened<T> {
  readonly user: string;
  readonly connection: T;
  /** Why the names before it did not. */
  readonly before: Failure | undefined;
}

/** What is to be found out about whom. */
interface Question {
  readonly address: Address;
  readonly username: string;
  /** The names are the same, and with them the mailbox. */
  readonly isOwn: boolean;
  readonly signal: AbortSignal;
}

/** Both ways into the mailbox, and the names that opened them. */
interface OpenedBoth {
  readonly inbox: Mailbox;
  readonly outgoing: Submission;
  readonly imapUser: string;
  readonly smtpUser: string;
}

/** Enhanced status code of a submission from a mailbox that is full, RFC 3463 section 3.3. */
export const MAILBOX_FULL = '5.2.2';

const IMAP_SCOPE = /\/IMAP\.AccessAsUser\.All$/i;
const SMTP_SCOPE = /\/SMTP\.Send$/i;

/**
 * Finds out whether the mailbox of the practice's address can really be opened and sent from by who signed in. Names are
 * not compared: each SASL user name that can be right is tried. Only when the names differ, a message to the practice
 * itself settles it, because Exchange judges Send As no earlier than after DATA (550 5.7.60).
 */
@injectable()
export class MailboxProbe {
  constructor(
    @inject(MailboxConnector) private readonly mailboxes: MailboxConnector,
    @inject(SubmissionConnector) private readonly submissions: SubmissionConnector,
    @inject(MicrosoftEndpoints) private readonly endpoints: MicrosoftEndpoints,
    @inject(TestMessages) private readonly testMessages: TestMessages,
    @inject(HostInformation) private readonly host: HostInformation,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** Throws only the signal's reason. */
  async probe(address: Address, session: SignInSession, signal: AbortSignal): Promise<ProbeOutcome> {
    const unpermitted = await partOf(session.scopes);
    if (unpermitted) return failed(unpermitted);
    const { username } = session.account;
    const isOwn = username.toLowerCase() === address.address.toLowerCase();
    try {
      return await this.open({ address, username, isOwn, signal }, session);
    } catch (error) {
      signal.throwIfAborted();
      const { asFailure } = await import('../failures/failures.js');
      return failed(asFailure(error, 'network'));
    }
  }

  private async open(question: Question, session: SignInSession): Promise<ProbeOutcome> {
    const { imap, smtp } = await this.endpoints.get();
    const { address, username, isOwn, signal } = question;
    const names = isOwn ? [address.address] : [address.address, username];
    const mailbox = await firstThatOpens(names, (user) =>
      this.mailboxes.open({ server: imap, user, tokens: session, signal }),
    );
    if ('failure' in mailbox && isPassing(mailbox.failure)) return failed(mailbox.failure);
    await using inbox = 'failure' in mailbox ? undefined : mailbox.connection;
    // Also where the mailbox did not open: whether the person can send tells why.
    const submission = await firstThatOpens([...names].reverse(), (user) =>
      this.submissions.connect({ server: smtp, user, tokens: session, signal }),
    );
    await using outgoing = 'failure' in submission ? undefined : submission.connection;
    if ('failure' in mailbox) return await this.explainInbox(question, mailbox.failure, submission);
    if ('failure' in submission) return await this.explainSending(question, mailbox.user, submission.failure);
    const users = { imapUser: mailbox.user, smtpUser: submission.user };
    if (isOwn || !inbox || !outgoing) return { kind: 'proved', ...users };
    return await this.proveBySending(question, { inbox, outgoing, ...users }, mailbox.before);
  }

  /** The mailbox did not open, which Exchange says in the same words whatever the reason. */
  private async explainInbox(
    { address: { address }, username, isOwn }: Question,
    failure: Failure,
    submission: Opened<Submission> | { readonly failure: Failure },
  ): Promise<ProbeOutcome> {
    const { notOpened, noMailbox, receivingOff, sendingOff } = await loadFailures();
    if (!isOwn && failure.code !== MAILBOX_NOT_OPEN) return mismatch(notOpened(username, address, failure));
    const isOff = receivingOff(address, username, failure);
    if (!('failure' in submission)) return failed(isOff, isOwn ? { smtpUser: submission.user } : {});
    const { failure: unsent } = submission;
    if (isAboutThePerson(unsent)) {
      return failed(failure.code === MAILBOX_NOT_OPEN ? noMailbox(username, address, failure) : failure);
    }
    if (isPassing(unsent)) return failed(failure);
    return failed([isOff, isSwitchedOff(unsent) ? sendingOff(username, address, unsent) : unsent]);
  }

  private async explainSending(
    { address: { address }, username, isOwn }: Question,
    imapUser: string,
    failure: Failure,
  ): Promise<ProbeOutcome> {
    const { notOpened, sendingOff } = await loadFailures();
    if (!isOwn && isAboutThePerson(failure)) return mismatch(notOpened(username, address, failure));
    const opened = isOwn || isSame(imapUser, address) ? { imapUser } : {};
    return failed(isSwitchedOff(failure) ? sendingOff(username, address, failure) : failure, opened);
  }

  private async proveBySending(
    { address, username, signal }: Question,
    { inbox, outgoing, ...users }: OpenedBoth,
    /** Why the address itself did not open the mailbox. */
    before: Failure | undefined,
  ): Promise<ProbeOutcome> {
    const fromUid = inbox.uidNext;
    const { id } = await this.host.database();
    const message = await this.testMessages.compose(address, id);
    const outcome = await outgoing.submit({
      from: address.address,
      recipients: [address.address],
      raw: message.raw,
    });
    const { mailboxFull, notOpened, notProved, receivingOff, sendAsDenied } = await loadFailures();
    const isByAddress = isSame(users.imapUser, address.address);
    const opened = isByAddress ? { imapUser: users.imapUser } : {};
    if (outcome.kind === 'refused' && isAboutTheSender(outcome.status)) {
      const refused = isByAddress ? sendAsDenied : notOpened;
      return mismatch(refused(username, address.address, outcome.failure), opened);
    }
    if (outcome.kind === 'refused' && outcome.status === MAILBOX_FULL) {
      return failed(mailboxFull(username, address.address, outcome.failure), opened);
    }
    if (outcome.kind !== 'accepted') return failed(outcome.failure, opened);
    if (isByAddress) return { kind: 'proved', ...users };
    const arrival = await waitForArrival(inbox, message.messageId, fromUid, this.clock, signal);
    if (arrival === 'arrived') return { kind: 'proved', ...users };
    // It went into a mailbox that takes this sign-in, but does not open.
    if (before?.code === MAILBOX_NOT_OPEN) return failed(receivingOff(address.address, username, before));
    return mismatch(notProved(username, address.address));
  }
}

function failed(failures: Failure | readonly Failure[], opened: OpenedWays = {}): ProbeOutcome {
  return { kind: 'failed', failures: [failures].flat(), opened };
}

function mismatch(failure: Failure, opened: OpenedWays = {}): ProbeOutcome {
  return { kind: 'mismatch', failures: [failure], opened };
}

/** Why less was permitted than was asked for; `undefined` = all of it was. */
async function partOf(granted: readonly string[]): Promise<Failure | undefined> {
  const [receives, sends] = [IMAP_SCOPE, SMTP_SCOPE].map((scope) => granted.some((each) => scope.test(each)));
  if (receives && sends) return undefined;
  const { nothingPermitted, receivingNotPermitted, sendingNotPermitted } = await loadFailures();
  if (receives) return sendingNotPermitted();
  return sends ? receivingNotPermitted() : nothingPermitted();
}

/**
 * Whether a refusal says that this account has nothing to do with that address: security (5.7), as 5.7.60 for Send As, or
 * an address that nobody has (5.1). A full mailbox, a limit or a fault says nothing about who may do what (RFC 3463 section 3).
 */
function isAboutTheSender(status: string): boolean {
  return /^5\.[17]\./.test(status);
}

/** Whether submission refused who signed in (535 5.7.3), rather than what an administrator has switched off. */
function isAboutThePerson({ fixedBy }: Failure): boolean {
  return fixedBy === 'user';
}

/** SMTP AUTH is off for the mailbox or the organisation (535 5.7.139), whoever signs in. */
function isSwitchedOff({ code }: Failure): boolean {
  return SWITCHED_OFF.has(code);
}

const SWITCHED_OFF = new Set(['535 5.7.139 tenant', '535 5.7.139 mailbox', '535 5.7.139']);

/** A fault that says nothing about this sign-in. */
function isPassing({ code, retry }: Failure): boolean {
  return retry.kind === 'backoff' && code !== MAILBOX_NOT_OPEN;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

async function firstThatOpens<T>(
  users: readonly string[],
  open: (user: string) => Promise<T>,
): Promise<Opened<T> | { readonly failure: Failure }> {
  let first: Failure | undefined;
  for (const user of users) {
    try {
      return { user, connection: await open(user), before: first };
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      // A network that fails says nothing about the name.
      if (isPassing(error.failure)) return { failure: error.failure };
      first ??= error.failure;
    }
  }
  if (!first) throw new TypeError('no user name to try');
  return { failure: first };
}

/** Not before they are needed: the host's start does not wait for them. */
function loadFailures() {
  return import('./probe-failures.js');
}
