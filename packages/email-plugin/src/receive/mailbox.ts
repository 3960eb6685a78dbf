import type { Contract, Failure, MailServer } from '@exact/host-contracts';
import type { AccessTokens } from '../sign-in/sign-in.js';
import type { Listing } from './download-count.js';
import type { LentBytes } from './message-memory.js';

/** Code of the failure when Microsoft took the sign-in, but the mailbox did not open: no licence, or IMAP is off. */
export const MAILBOX_NOT_OPEN = 'authenticated-not-connected';

/** Whom to open a mailbox as. */
export interface MailboxRequest {
  readonly server: MailServer;
  /** SASL user name: the mailbox's own address; for a shared mailbox the shared address. */
  readonly user: string;
  readonly tokens: AccessTokens;
  readonly signal: AbortSignal;
  /** A server that says nothing in the middle of an answer is waited for longer: the last connection has failed by that, perhaps. */
  readonly isPatient?: boolean;
}

/** A message as the server lists it. */
interface ListedMessage {
  readonly uid: number;
  /** Bytes by its own word, which can be wrong by a factor of three. */
  readonly listedSize: number;
}

/** A message as fetched. Reading is back-pressure: nothing more is fetched meanwhile. */
export interface FetchedMessage extends ListedMessage {
  /** INTERNALDATE, epoch ms. */
  readonly arrivedAt: number;
  /**
   * The raw message, byte for byte: whole, or when it is large in pieces in their order, each good until the next is asked for,
   * to be read once and before the next message is asked for.
   */
  readonly content: LentBytes | AsyncIterable<Uint8Array>;
}

/** A message that the server listed but did not deliver. */
export interface UnfetchableMessage extends ListedMessage {
  readonly failure: Failure;
}

/** A message that is counted, not fetched. */
export interface SurveyedMessage extends ListedMessage {
  /** INTERNALDATE, epoch ms. */
  readonly arrivedAt: number;
  /** With brackets, if it has one. */
  readonly messageId: string | undefined;
}

/** An INBOX opened read-only (EXAMINE, BODY.PEEK): nothing is ever flagged, moved or deleted by it. */
export interface Mailbox extends AsyncDisposable {
  readonly uidValidity: number;
  /** New messages have no lower UID (RFC 9051 section 2.3.1.1), as far as the server has told. */
  readonly uidNext: number;
  /** How many messages it holds, as last told by the server. */
  readonly exists: number;
  /** The server has told of new messages since the last `fetch`. */
  readonly hasNews: boolean;
  /** What was negotiated, e.g. `TLS 1.3`. */
  readonly encryption: string;
  /**
   * All messages with UID > `afterUid`, ascending. `onListed` is told how many they are, before the first. Throws a
   * `FailureError` when the connection fails.
   */
  fetch(
    afterUid: number,
    onListed?: (listing: Listing) => Promise<void>,
  ): AsyncIterable<FetchedMessage | UnfetchableMessage>;
  /** The named messages again (set aside before), ascending. */
  refetch(uids: readonly number[]): AsyncIterable<FetchedMessage | UnfetchableMessage>;
  /** What can be told of all messages without fetching them, oldest UID first. In blocks, as they come. */
  survey(): AsyncIterable<readonly SurveyedMessage[]>;
  /** UIDs of messages in INBOX with that Message-ID, from `fromUid` on. */
  findByMessageId(messageId: string, fromUid: number): Promise<readonly number[]>;
  /**
   * Waits for new mail until there is some (`news`), `forMs` are over by the host's clock (`time-over`; `Infinity` = never) or
   * `signal` aborts (`stopped`): IDLE, which ends at a steady rhythm and at the abort, so that a connection that has died, for
   * whatever reason, is noticed within a minute. That is one round trip when nothing has changed. When the time is over NOOP
   * asks besides: the second way, for a server that tells nothing by itself. Throws a `FailureError` when the connection fails.
   */
  wait(options: { readonly forMs: number; readonly signal: AbortSignal }): Promise<'news' | 'time-over' | 'stopped'>;
  /** Whether Sent Items (found by attribute, else by its names in many languages) holds a message with that Message-ID, Microsoft's rewritten ones included. */
  isInSentItems(messageId: string): Promise<boolean>;
}

/** Opens mailboxes. */
export interface MailboxConnector {
  /**
   * Signs in with XOAUTH2 and opens INBOX. When the server refuses the access token it asks for a renewed one once.
   * Throws a `FailureError` (layer imap or network; `retry.kind` `after-sign-in` exactly when the sign-in has ended).
   */
  open(request: MailboxRequest): Promise<Mailbox>;
}

export const MailboxConnector = Symbol.for('exact.email-plugin.MailboxConnector') as Contract<MailboxConnector>;
