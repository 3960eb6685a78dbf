import { FailureError, type Failure } from '@exact/host-contracts';
import type { FetchedMessage, Mailbox, UnfetchableMessage } from '@exact/email-plugin/testing';

/** A message where a server keeps it. */
export interface MailboxMessage {
  readonly uid: number;
  readonly raw: Uint8Array;
  readonly arrivedAt: number;
}

/** An INBOX at a server, as its owner changes it. */
export class ServerInbox {
  messages: readonly MailboxMessage[] = [];
  uidValidity = 1;
  uidNext = 1;
  /** UIDs of what the server lists and does not deliver. */
  readonly withheld = new Set<number>();

  add(raw: Uint8Array, arrivedAt: number): number {
    const uid = this.uidNext;
    this.uidNext += 1;
    this.messages = [...this.messages, { uid, raw, arrivedAt }];
    return uid;
  }

  remove(uid: number): MailboxMessage | undefined {
    const found = this.messages.find((message) => message.uid === uid);
    this.messages = this.messages.filter((message) => message !== found);
    this.withheld.delete(uid);
    return found;
  }

  /** All get new numbers, under another UIDVALIDITY; perhaps each is written anew. */
  renumber(rewrite: (raw: Uint8Array) => Uint8Array = (raw) => raw): void {
    this.uidValidity += 1;
    this.messages = this.messages.map(({ raw, arrivedAt }, index) => ({
      uid: index + 1,
      raw: rewrite(raw),
      arrivedAt,
    }));
    this.uidNext = this.messages.length + 1;
    this.withheld.clear();
  }
}

/** What happens to a connection: it breaks, or the process ends, after so many pieces. */
export interface Trouble {
  readonly kind: 'break' | 'crash';
  readonly afterPieces: number;
}

/** The process ends here: nothing that would be done afterwards is. */
export class Crash extends Error {}

const SMALL_PIECE = 400;

/** A working mailbox over a server's INBOX, without a wire. */
export class FakeMailbox implements Mailbox {
  readonly encryption = 'none';
  hasNews = false;
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly exists: number;
  private pieces = 0;

  constructor(
    private readonly server: ServerInbox,
    private readonly trouble?: Trouble,
    /** Bytes that come together. */
    private readonly pieceBytes = SMALL_PIECE,
  ) {
    this.uidValidity = server.uidValidity;
    this.uidNext = server.uidNext;
    this.exists = server.messages.length;
  }

  async *fetch(...[afterUid, onListed]: Parameters<Mailbox['fetch']>): ReturnType<Mailbox['fetch']> {
    const listed = this.server.messages.filter(({ uid }) => uid > afterUid);
    const bytes = listed.reduce((sum, { raw }) => sum + raw.byteLength, 0);
    await onListed?.({ messages: listed.length, bytes });
    yield* this.give(({ uid }) => uid > afterUid);
  }

  refetch(uids: readonly number[]): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    return this.give(({ uid }) => uids.includes(uid));
  }

  survey(): never {
    throw new Error('Nobody counts here');
  }

  findByMessageId(): Promise<readonly number[]> {
    throw new Error('Nobody searches here');
  }

  wait(): Promise<'time-over'> {
    return Promise.resolve('time-over');
  }

  isInSentItems(): Promise<boolean> {
    return Promise.resolve(false);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  private async *give(
    isWanted: (message: MailboxMessage) => boolean,
  ): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    for (const message of this.server.messages.filter(isWanted)) {
      await Promise.resolve();
      this.passPiece();
      const { uid, arrivedAt } = message;
      const listed = { uid, listedSize: message.raw.byteLength };
      const isWithheld = this.server.withheld.has(uid);
      // In one of Exchange's two ways.
      if (isWithheld && uid % 2 === 0) yield { ...listed, failure: WITHHELD };
      else if (isWithheld) yield { ...listed, arrivedAt, content: this.contentOf({ ...message, raw: STUB }) };
      else yield { ...listed, arrivedAt, content: this.contentOf(message) };
    }
  }

  /** Whole when it is one piece, as a mailbox gives it. */
  private contentOf(message: MailboxMessage): FetchedMessage['content'] {
    if (message.raw.byteLength > this.pieceBytes) return this.piecesOf(message);
    this.passPiece();
    return { bytes: message.raw, release: () => undefined };
  }

  private async *piecesOf({ raw }: MailboxMessage): AsyncIterable<Uint8Array> {
    for (let from = 0; from < raw.byteLength; from += this.pieceBytes) {
      this.passPiece();
      yield await Promise.resolve(raw.slice(from, from + this.pieceBytes));
    }
  }

  private passPiece(): void {
    const { trouble } = this;
    this.pieces += 1;
    if (!trouble || this.pieces <= trouble.afterPieces) return;
    throw trouble.kind === 'crash' ? new Crash('The process has ended') : new FailureError(BROKEN);
  }
}

const BROKEN: Failure = {
  code: 'connection-lost',
  sentence: 'The connection has broken.',
  fixedBy: 'nobody',
  advice: '',
  retry: { kind: 'backoff' },
};
const WITHHELD: Failure = { ...BROKEN, code: 'not-delivered', sentence: 'The server does not deliver this message.' };
const STUB = Buffer.from(
  'From: Microsoft Exchange Server\r\nSubject: Retrieval using the IMAP4 protocol failed for the following message: 1\r\n\r\n',
);
