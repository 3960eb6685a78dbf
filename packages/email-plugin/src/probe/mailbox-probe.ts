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

/** What was found out about a sign-in and the practice's address. */
export type ProbeOutcome =
  /** The mailbox of the address was opened and may be sent from, with these SASL user names. */
  | { readonly kind: 'proved'; readonly imapUser: string; readonly smtpUser: string }
  /** Another account has to sign in, or somebody has to give this one the right. */
  | { readonly kind: 'mismatch'; readonly failure: Failure }
  /** It could not be found out, or something is switched off. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What is opened on the way; whoever asked disposes it. */
interface Opened<T> {
  readonly user: string;
  readonly connection: T;
}

/** Both ways into the mailbox, and the names that opened them. */
interface OpenedBoth {
  readonly inbox: Mailbox;
  readonly outgoing: Submission;
  readonly imapUser: string;
  readonly smtpUser: string;
}

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
    const missing = [IMAP_SCOPE, SMTP_SCOPE].some((scope) => !session.scopes.some((granted) => scope.test(granted)));
    if (missing) return { kind: 'failed', failure: (await loadFailures()).partialConsent() };
    try {
      return await this.open(address, session, signal);
    } catch (error) {
      signal.throwIfAborted();
      const { asFailure } = await import('../failures/failures.js');
      return { kind: 'failed', failure: asFailure(error, 'network') };
    }
  }

  private async open(address: Address, session: SignInSession, signal: AbortSignal): Promise<ProbeOutcome> {
    const { imap, smtp } = await this.endpoints.get();
    const { username } = session.account;
    const isOwn = username.toLowerCase() === address.address.toLowerCase();
    const names = isOwn ? [address.address] : [address.address, username];
    const mailbox = await firstThatOpens(names, (user) =>
      this.mailboxes.open({ server: imap, user, tokens: session, signal }),
    );
    if ('failure' in mailbox) return await refusal(mailbox.failure, isOwn, username, address.address);
    await using inbox = mailbox.connection;
    const submission = await firstThatOpens([...names].reverse(), (user) =>
      this.submissions.connect({ server: smtp, user, tokens: session, signal }),
    );
    if ('failure' in submission) return await refusal(submission.failure, isOwn, username, address.address);
    await using outgoing = submission.connection;
    const users = { imapUser: mailbox.user, smtpUser: submission.user };
    if (isOwn) return { kind: 'proved', ...users };
    return await this.proveBySending(address, username, { inbox, outgoing, ...users }, signal);
  }

  private async proveBySending(
    address: Address,
    username: string,
    { inbox, outgoing, ...users }: OpenedBoth,
    signal: AbortSignal,
  ): Promise<ProbeOutcome> {
    const fromUid = inbox.uidNext;
    const { id } = await this.host.database();
    const message = await this.testMessages.compose(address, id);
    const outcome = await outgoing.submit({
      from: address.address,
      recipients: [address.address],
      raw: message.raw,
    });
    const { notOpened, notProved, sendAsDenied } = await loadFailures();
    const openedByAddress = users.imapUser.toLowerCase() === address.address.toLowerCase();
    if (outcome.kind === 'refused' && isAboutTheSender(outcome.status)) {
      const refused = openedByAddress ? sendAsDenied : notOpened;
      return { kind: 'mismatch', failure: refused(username, address.address, outcome.failure) };
    }
    if (outcome.kind !== 'accepted') return { kind: 'failed', failure: outcome.failure };
    if (openedByAddress) return { kind: 'proved', ...users };
    const arrival = await waitForArrival(inbox, message.messageId, fromUid, this.clock, signal);
    return arrival === 'arrived'
      ? { kind: 'proved', ...users }
      : { kind: 'mismatch', failure: notProved(username, address.address) };
  }
}

/**
 * Whether a refusal says that this account has nothing to do with that address: security (5.7), as 5.7.60 for Send As, or
 * an address that nobody has (5.1). A full mailbox, a limit or a fault says nothing about who may do what (RFC 3463 section 3).
 */
function isAboutTheSender(status: string): boolean {
  return /^5\.[17]\./.test(status);
}

async function firstThatOpens<T>(
  users: readonly string[],
  open: (user: string) => Promise<T>,
): Promise<Opened<T> | { readonly failure: Failure }> {
  let first: Failure | undefined;
  for (const user of users) {
    try {
      return { user, connection: await open(user) };
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      // That the person has no mailbox does not count beside that the practice's was refused.
      if (first && error.failure.code === MAILBOX_NOT_OPEN) return { failure: first };
      // A network that fails says nothing about the name.
      if (error.failure.retry.kind === 'backoff') return { failure: error.failure };
      first ??= error.failure;
    }
  }
  if (!first) throw new TypeError('no user name to try');
  return { failure: first };
}

async function refusal(failure: Failure, isOwn: boolean, username: string, address: string): Promise<ProbeOutcome> {
  if (isOwn || failure.retry.kind === 'backoff') return { kind: 'failed', failure };
  const { notOpened } = await loadFailures();
  return { kind: 'mismatch', failure: notOpened(username, address, failure) };
}

/** Not before they are needed: the host's start does not wait for them. */
function loadFailures() {
  return import('./probe-failures.js');
}
