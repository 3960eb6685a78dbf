import { Emitter } from './emitter.js';
import type { FolderStorage } from './folder-storage.js';
import type { MessageFlag, NewMessage, StoredMessage } from './stored-message.js';

/** The folders of every mailbox, as an English Exchange names them. */
export const FOLDER_NAMES = ['INBOX', 'Drafts', 'Sent Items', 'Deleted Items'] as const;
export type FolderName = (typeof FOLDER_NAMES)[number];

/** One folder of a mailbox; IMAP's "mailbox" (RFC 9051 section 2.3). */
export class MailFolder {
  readonly #changes = new Emitter<undefined>();
  /** Insertion order is UID order. */
  #messages: Map<number, StoredMessage>;
  #uidValidity: number;
  #uidNext: number;
  #revision = 0;

  constructor(
    readonly name: FolderName,
    private readonly storage: FolderStorage,
    /** Only for a folder that is new. */
    uidValidity: number,
  ) {
    const stored = storage.open(uidValidity);
    this.#messages = byUid(stored.messages);
    this.#uidValidity = stored.uidValidity;
    this.#uidNext = stored.uidNext;
  }

  /** After each change, the change being stored. */
  readonly onDidChange = this.#changes.event;

  get uidValidity(): number {
    return this.#uidValidity;
  }

  get uidNext(): number {
    return this.#uidNext;
  }

  /** Rises with each change, so that one who looks again knows at once that there is nothing new. */
  get revision(): number {
    return this.#revision;
  }

  /** Ascending by UID. */
  get messages(): readonly StoredMessage[] {
    return [...this.#messages.values()];
  }

  get size(): number {
    return this.#messages.size;
  }

  find(uid: number): StoredMessage | undefined {
    return this.#messages.get(uid);
  }

  append(message: NewMessage): StoredMessage {
    const internalDate = Math.floor(message.internalDate / 1000) * 1000;
    const added = this.storage.add(this.#uidNext, { ...message, internalDate });
    this.#messages.set(added.uid, added);
    this.#uidNext = added.uid + 1;
    this.#changed();
    return added;
  }

  /** `undefined` = no such message any more. */
  changeFlags(uid: number, flags: ReadonlySet<MessageFlag>): StoredMessage | undefined {
    const message = this.#messages.get(uid);
    if (message === undefined) return undefined;
    const changed = this.storage.changeFlags(message, flags);
    this.#messages.set(uid, changed);
    this.#changed();
    return changed;
  }

  /** Those that are gone already do no harm. */
  remove(uids: Iterable<number>): void {
    const leaving = [...new Set(uids)].flatMap((uid) => this.#messages.get(uid) ?? []);
    if (leaving.length === 0) return;
    this.storage.remove(leaving, this.#uidNext);
    for (const { uid } of leaving) this.#messages.delete(uid);
    this.#changed();
  }

  /** The server numbers the messages anew, from 1, as Exchange does when it moves or restores a mailbox. */
  renumber(uidValidity: number): void {
    if (uidValidity <= this.#uidValidity) throw new RangeError('UIDVALIDITY only rises (RFC 9051 section 2.3.1.1)');
    this.#messages = byUid(this.storage.renumber(uidValidity, this.messages));
    this.#uidValidity = uidValidity;
    this.#uidNext = this.#messages.size + 1;
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    this.#changes.fire(undefined);
  }
}

function byUid(messages: readonly StoredMessage[]): Map<number, StoredMessage> {
  return new Map(messages.map((message) => [message.uid, message]));
}
