import { contract } from '../contract.js';
import type { Fence, STALE_FENCE } from '../contributions/job.js';
import type { Event } from '../event.js';
import type { Failure } from '../failure.js';
import type { AccountKey } from '../mail/account.js';
import type { Cursor } from '../mail/cursor.js';
import type { Download } from '../mail/download.js';
import type { MessageIdentity, MessageIndex, MessageSummary } from '../mail/message.js';
import type { Patient } from './patient-directory.js';

/**
 * The raw message, byte for byte: at once, or staged before in chunks because it is large. Bytes may lie in shared memory
 * (`SharedArrayBuffer`), so that a thread can have them without a copy; they stay as they are until the call has ended.
 */
export type RawMessage = { readonly bytes: Uint8Array } | { readonly stage: string };

/** `MessageIndex.text` and `html` in UTF-8; the bytes may lie in shared memory like those of a raw message. */
export interface EncodedTexts {
  readonly text?: Uint8Array;
  readonly html?: Uint8Array;
}

/** A message on its way into the store. */
export interface ReceivedMessage {
  readonly uid: number;
  readonly identity: MessageIdentity;
  /** When it arrived at the provider (INTERNALDATE), epoch ms. */
  readonly arrivedAt: number;
  readonly raw: RawMessage;
  readonly index: MessageSummary;
  /** Apart from the index: they are as large as all the rest, and only the store looks at them. */
  readonly texts: EncodedTexts;
  /** The patients that have the sender's address: one = linked, several = suggested, a person chooses. */
  readonly patients: readonly Patient[];
}

/** A message that the server could not deliver: reported, tried again, never in the way of others. */
export interface SetAside {
  readonly uid: number;
  readonly failure: Failure;
}

/** What the receive job hands over in one transaction. */
export interface ReceiveBatch {
  readonly fence: Fence;
  readonly account: AccountKey;
  readonly mailbox: string;
  /** The cursor that the job began from; `undefined` = the mailbox was never read or its counter was reset. */
  readonly expected: Cursor | undefined;
  readonly next: Cursor;
  readonly messages: readonly ReceivedMessage[];
  readonly setAside: readonly SetAside[];
  /** UIDs that stood set aside and that the mailbox does not have any more: they are taken off. */
  readonly gone?: readonly number[];
  /** How far the download under way is with this batch. Without it none is under way any more. */
  readonly download?: Download;
}

/** What became of a batch. */
export type ReceiveOutcome =
  /** Durable. `known` messages were here already (also as deleted ones) and were not stored again. */
  | { readonly kind: 'stored'; readonly added: number; readonly known: number }
  /** Nothing was stored: the cursor is not the expected one. */
  | { readonly kind: 'refused'; readonly reason: 'stale-cursor'; readonly cursor: Cursor | undefined }
  | { readonly kind: 'refused'; readonly reason: typeof STALE_FENCE };

/** A write under a lease. */
export type FencedOutcome =
  { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: typeof STALE_FENCE };

/** Where a message stands on the screen. */
export type InboxFolder = 'inbox' | 'deleted';

/** A row of the Inbox. */
export interface InboxRow {
  readonly id: number;
  readonly arrivedAt: number;
  readonly index: MessageSummary;
  /** Bytes of the raw message. */
  readonly size: number;
  readonly folder: InboxFolder;
  readonly read: boolean;
  /** Linked to, if anybody. */
  readonly patient?: Patient;
  /** Suggested while nobody is linked. */
  readonly suggested: readonly Patient[];
}

/** A whole message to show. */
export interface InboxMessage extends InboxRow {
  readonly index: MessageIndex;
}

/**
 * The practice's received mail, kept by the host. Messages are known by identity over all accounts of the practice: the
 * same message is never in it twice, and what staff deleted leaves its identity behind, so it does not come back.
 */
export interface InboxStore {
  /** The stored cursor, `undefined` when the mailbox was never read or its counter was reset. */
  cursor(account: AccountKey, mailbox: string): Promise<Cursor | undefined>;
  /**
   * Appends a chunk of a large raw message (4 MiB at most) to the stage of that name, made by the caller. Stages that no
   * batch has taken are thrown away when their lease ends.
   */
  stage(stage: string, chunk: Uint8Array, fence: Fence): Promise<FencedOutcome>;
  /**
   * All or nothing, durable when it resolves. 500 messages or 32 MiB of bytes at most. Mail from an address shows that the
   * address works: see `OutboxStore.failingAddresses`. Throws when a message can't be
   * stored, e.g. because nothing was staged under its name; then nothing is.
   */
  receive(batch: ReceiveBatch): Promise<ReceiveOutcome>;
  /** How many of these Message-IDs (with brackets; 1,000 at most) the store has, deleted ones included. */
  countKnown(messageIds: readonly string[]): Promise<number>;
  /** The download under way, as its last batch left it; `undefined` = none. It goes with the counter when that is reset. */
  download(account: AccountKey, mailbox: string): Promise<Download | undefined>;
  /** What stands set aside, oldest first. A later batch that brings the UID, or says that it has gone, takes it off. */
  setAside(account: AccountKey, mailbox: string): Promise<readonly SetAside[]>;

  /** Newest first. `limit` 1 … 500. */
  list(query: {
    readonly folder: InboxFolder;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly rows: readonly InboxRow[]; readonly total: number }>;
  read(id: number): Promise<InboxMessage | undefined>;
  /** A piece of the raw message; shorter at its end, empty behind it or without such a message. */
  raw(id: number, offset: number, length: number): Promise<Uint8Array>;
  markRead(id: number, read: boolean): Promise<void>;
  /** Moves between Inbox and Deleted. At Microsoft nothing changes. */
  move(ids: readonly number[], folder: InboxFolder): Promise<void>;
  /** Links a patient, or nobody. A choice among several is remembered for the sender's address. */
  link(id: number, patient: Patient | undefined): Promise<void>;
  /** Within five seconds on the server and on every workstation. */
  readonly onDidChange: Event<void>;
}

/** Use this to store received mail or to show it. */
export const InboxStore = contract<InboxStore>('InboxStore');
