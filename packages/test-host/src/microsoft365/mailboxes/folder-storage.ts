import type { MessageFlag, NewMessage, StoredMessage } from './stored-message.js';

/** What a folder holds. */
export interface StoredFolder {
  readonly uidValidity: number;
  readonly uidNext: number;
  /** Ascending by UID. */
  readonly messages: readonly StoredMessage[];
}

/**
 * Where a folder keeps its messages. All of it is synchronous: what a client was told is stored, and no other client
 * sees half of a change. A call that throws has changed nothing.
 */
export interface FolderStorage {
  /** What is there. A folder that was never there begins with `uidValidity`. */
  open(uidValidity: number): StoredFolder;
  add(uid: number, message: NewMessage): StoredMessage;
  changeFlags(message: StoredMessage, flags: ReadonlySet<MessageFlag>): StoredMessage;
  /** `uidNext` outlives the messages: a UID is never used twice (RFC 9051 section 2.3.1.1). */
  remove(messages: readonly StoredMessage[], uidNext: number): void;
  /** The same messages under a new UIDVALIDITY, numbered from 1. */
  renumber(uidValidity: number, messages: readonly StoredMessage[]): readonly StoredMessage[];
}
