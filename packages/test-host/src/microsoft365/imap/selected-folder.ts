import type { MailFolder } from '../mailboxes/mail-folder.js';
import type { MessageFlag, StoredMessage } from '../mailboxes/stored-message.js';
import { contains, parseSequenceSet } from './sequence-set.js';

/** A message as a client sees it: with its place in the folder that it selected. */
export interface NumberedMessage {
  readonly number: number;
  readonly message: StoredMessage;
}

/** A folder as one client sees it: the message numbers that it was told, until it is told of a change. */
export class SelectedFolder {
  readonly #uidValidity: number;
  /** The flags that the client knows. */
  readonly #flags = new Map<number, ReadonlySet<MessageFlag>>();
  /** UIDs by message number, from 1. */
  #uids: number[];
  #revision: number;

  constructor(
    readonly folder: MailFolder,
    /** Opened with EXAMINE. */
    readonly isReadOnly: boolean,
  ) {
    this.#uidValidity = folder.uidValidity;
    this.#revision = folder.revision;
    this.#uids = folder.messages.map(({ uid, flags }) => {
      this.#flags.set(uid, flags);
      return uid;
    });
  }

  get count(): number {
    return this.#uids.length;
  }

  /** The numbers that the client knows are void, because the folder was numbered anew. */
  get isInvalid(): boolean {
    return this.folder.uidValidity !== this.#uidValidity;
  }

  /** Every message that is still there. */
  all(): readonly NumberedMessage[] {
    return this.#uids.flatMap((uid, index) => {
      const message = this.folder.find(uid);
      return message === undefined ? [] : [{ number: index + 1, message }];
    });
  }

  /** The messages of a sequence set. @throws BadCommandError when it can't be read */
  matching(set: string, by: 'number' | 'uid'): readonly NumberedMessage[] {
    const largest = by === 'uid' ? (this.#uids.at(-1) ?? 0) : this.#uids.length;
    const ranges = parseSequenceSet(set, Math.max(largest, 1));
    return this.all().filter(({ number, message }) => contains(ranges, by === 'uid' ? message.uid : number));
  }

  /** The client learns these flags otherwise. */
  knowsFlags({ uid, flags }: StoredMessage): void {
    this.#flags.set(uid, flags);
  }

  /**
   * What the client has not been told yet, as untagged replies.
   *
   * @param mayRenumber whether message numbers may change now (RFC 9051 section 7.5.1)
   */
  news(mayRenumber: boolean): readonly string[] {
    if (this.#revision === this.folder.revision) return [];
    const gone = this.#uids.filter((uid) => this.folder.find(uid) === undefined);
    const news = mayRenumber ? gone.map((uid) => `${this.#forget(uid).toString()} EXPUNGE`) : [];
    const before = this.#uids.length;
    const known = this.#uids.at(-1) ?? 0;
    const arrived = this.folder.messages.filter(({ uid }) => uid > known && !this.#flags.has(uid));
    for (const message of arrived) {
      this.#uids.push(message.uid);
      this.knowsFlags(message);
    }
    if (this.#uids.length > before) news.push(`${this.#uids.length.toString()} EXISTS`);
    news.push(...this.#changedFlags());
    if (mayRenumber || gone.length === 0) this.#revision = this.folder.revision;
    return news;
  }

  #forget(uid: number): number {
    const number = this.#uids.indexOf(uid) + 1;
    this.#uids = this.#uids.filter((each) => each !== uid);
    return number;
  }

  #changedFlags(): readonly string[] {
    return this.all().flatMap(({ number, message }) => {
      if (this.#flags.get(message.uid) === message.flags) return [];
      this.knowsFlags(message);
      return `${number.toString()} FETCH (FLAGS (${[...message.flags].join(' ')}))`;
    });
  }
}
