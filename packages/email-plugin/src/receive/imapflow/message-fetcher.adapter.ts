import type { Failure } from '@exact/host-contracts';
import type { ImapFlow } from 'imapflow';
import { failureFor } from '../../failures/failures.js';
import type { FetchedMessage, UnfetchableMessage } from '../mailbox.js';
import { ownBytes, type LentBytes, type MessageMemory } from '../message-memory.js';
import { NOT_RETRIEVED } from '../retrieval-stub.js';
import type { GroupUnderWay } from './download-lanes.js';
import { ExpectedBodies } from './expected-bodies.js';
import type { FetchTap } from './fetch-tap.js';
import type { ImapCommands } from './imap-commands.adapter.js';
import type { Listed } from './message-groups.js';

/** A larger message comes in pieces of this size: whole, it would stand in memory at once. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Not 0, which says that there is nothing to ask for. */
const UNKNOWN_SIZE = 1;

/** Lists and fetches messages over one connection. */
export class MessageFetcher {
  constructor(
    private readonly client: ImapFlow,
    private readonly commands: ImapCommands,
    private readonly tap: FetchTap,
    private readonly memory: MessageMemory,
  ) {}

  /** Oldest first; without what has vanished meanwhile. */
  async list(range: string): Promise<readonly Listed[]> {
    const listed: Listed[] = [];
    this.tap.onRow = (row) => listed.push(row);
    try {
      const others = await this.commands.guard(() =>
        this.client.fetchAll(range, { uid: true, size: true, internalDate: true }, { uid: true }),
      );
      for (const { uid, size = UNKNOWN_SIZE, internalDate } of others) {
        listed.push({ uid, size, arrivedAt: new Date(internalDate ?? 0).getTime() });
      }
    } finally {
      this.tap.onRow = undefined;
    }
    return listed.sort((a, b) => a.uid - b.uid);
  }

  /** Asks for a group; a large message is asked for when its turn comes. */
  begin(group: readonly Listed[]): GroupUnderWay {
    const [only] = group;
    if (only && only.size > PIECE_BYTES) return { group, bodies: undefined };
    const bodies = this.fetch(group.map(({ uid }) => uid));
    // Whoever comes to it learns why it failed; nobody does when the download has ended before.
    bodies.catch(() => undefined);
    return { group, bodies };
  }

  async *take(underWay: GroupUnderWay): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    const bodies = await underWay.bodies;
    for (const { uid, size, arrivedAt } of underWay.group) {
      const content = bodies
        ? (bodies.get(uid) ?? (size === 0 ? ownBytes(new Uint8Array()) : await this.contentOf(uid)))
        : await this.piecesOf(uid);
      if ('code' in content) yield { uid, listedSize: size, failure: content };
      else yield { uid, listedSize: size, arrivedAt, content };
    }
  }

  /** As many as come in one answer: Exchange leaves out, or ends with NO at, what it can’t convert. */
  private async fetch(uids: readonly number[]): Promise<ReadonlyMap<number, LentBytes>> {
    const expected = new ExpectedBodies(uids, this.memory);
    await this.commands.guardUnlessRefused(() => this.ask(expected, true));
    return expected.come;
  }

  /** One message alone; or why the server does not give it. */
  private async contentOf(uid: number): Promise<LentBytes | Failure> {
    const expected = new ExpectedBodies([uid], this.memory);
    const outcome = await this.commands.guardUnlessRefused(() => this.ask(expected, true));
    return expected.come.get(uid) ?? ('refused' in outcome ? outcome.refused : failureFor('imap', NOT_RETRIEVED));
  }

  /** A large message, when its first piece comes. */
  private async piecesOf(uid: number): Promise<AsyncIterable<Uint8Array> | Failure> {
    const first = new ExpectedBodies([uid], this.memory);
    const source = { start: 0, maxLength: PIECE_BYTES };
    const outcome = await this.commands.guardUnlessRefused(() => this.ask(first, source));
    const piece = first.come.get(uid);
    if (piece) return this.pieces(uid, piece);
    return 'refused' in outcome ? outcome.refused : failureFor('imap', NOT_RETRIEVED);
  }

  /** Until an empty answer: never until RFC822.SIZE. */
  private async *pieces(uid: number, first: LentBytes): AsyncIterable<Uint8Array> {
    let start = 0;
    for (let piece: LentBytes | undefined = first; piece;) {
      yield piece.bytes;
      start += piece.bytes.byteLength;
      piece.release();
      const expected = new ExpectedBodies([uid], this.memory);
      const source = { start, maxLength: PIECE_BYTES };
      await this.commands.guard(() => this.ask(expected, source));
      piece = expected.come.get(uid);
    }
  }

  private async ask(
    expected: ExpectedBodies,
    source: true | { readonly start: number; readonly maxLength: number },
  ): Promise<void> {
    this.tap.takers.add(expected);
    try {
      const range = expected.uids.join(',');
      for await (const message of this.client.fetch(range, { uid: true, source }, { uid: true })) {
        if (message.source) expected.add(message.uid, message.source);
      }
    } finally {
      this.tap.takers.delete(expected);
    }
  }
}
