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
const FIRST_PIECE = { start: 0, maxLength: PIECE_BYTES };
/** Not 0, which says that there is nothing to ask for. */
const UNKNOWN_SIZE = 1;

/** A whole message, or a piece of it; bytes. */
type Source = true | { readonly start: number; readonly maxLength: number };

/** What a large message begins with; `undefined` = it ends with the first piece. */
interface Beginning {
  readonly first: LentBytes;
  readonly second: Promise<LentBytes | undefined>;
}

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

  /** Asks for a group; of a large message for two pieces, one after the other. */
  begin(group: readonly Listed[]): GroupUnderWay {
    const [only] = group;
    const isLarge = only !== undefined && only.size > PIECE_BYTES;
    const bodies = this.fetch(
      group.map(({ uid }) => uid),
      isLarge ? FIRST_PIECE : true,
    );
    untilAwaited(bodies);
    if (!isLarge) return { group, bodies };
    const second = bodies.then((come) => {
      const first = come.get(only.uid);
      return first && this.piece(only.uid, first.bytes.byteLength);
    });
    untilAwaited(second);
    return { group, bodies, second };
  }

  async *take(underWay: GroupUnderWay): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    const { group, second } = underWay;
    const bodies = await underWay.bodies;
    for (const { uid, size, arrivedAt } of group) {
      const body = bodies.get(uid);
      const content = second
        ? await this.piecesOf(uid, body && { first: body, second })
        : (body ?? (size === 0 ? ownBytes(new Uint8Array()) : await this.contentOf(uid)));
      if ('code' in content) yield { uid, listedSize: size, failure: content };
      else yield { uid, listedSize: size, arrivedAt, content };
    }
  }

  /** As many as come in one answer: Exchange leaves out, or ends with NO at, what it can’t convert. */
  private async fetch(uids: readonly number[], source: Source): Promise<ReadonlyMap<number, LentBytes>> {
    const expected = new ExpectedBodies(uids, this.memory);
    await this.commands.guardUnlessRefused(() => this.ask(expected, source));
    return expected.come;
  }

  /** One message alone; or why the server does not give it. */
  private async contentOf(uid: number): Promise<LentBytes | Failure> {
    const expected = new ExpectedBodies([uid], this.memory);
    const outcome = await this.commands.guardUnlessRefused(() => this.ask(expected, true));
    return expected.come.get(uid) ?? ('refused' in outcome ? outcome.refused : failureFor('imap', NOT_RETRIEVED));
  }

  /** A large message, when its first piece comes; or why it does not. */
  private async piecesOf(uid: number, begun: Beginning | undefined): Promise<AsyncIterable<Uint8Array> | Failure> {
    if (begun) return this.pieces(uid, begun);
    // Asked for alone the server may say why.
    const expected = new ExpectedBodies([uid], this.memory);
    const outcome = await this.commands.guardUnlessRefused(() => this.ask(expected, FIRST_PIECE));
    const first = expected.come.get(uid);
    if (first) return this.pieces(uid, { first, second: this.piece(uid, first.bytes.byteLength) });
    return 'refused' in outcome ? outcome.refused : failureFor('imap', NOT_RETRIEVED);
  }

  /** Until an empty answer: never until RFC822.SIZE. While one is taken the next one comes. */
  private async *pieces(uid: number, { first, second }: Beginning): AsyncIterable<Uint8Array> {
    let [piece, next, end] = [first, second, first.bytes.byteLength];
    for (;;) {
      untilAwaited(next);
      yield piece.bytes;
      piece.release();
      const come = await next;
      if (!come) return;
      end += come.bytes.byteLength;
      [piece, next] = [come, this.piece(uid, end)];
    }
  }

  /** `undefined` behind the end. */
  private async piece(uid: number, start: number): Promise<LentBytes | undefined> {
    const expected = new ExpectedBodies([uid], this.memory);
    await this.commands.guard(() => this.ask(expected, { start, maxLength: PIECE_BYTES }));
    return expected.come.get(uid);
  }

  private async ask(expected: ExpectedBodies, source: Source): Promise<void> {
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

/** Whoever comes to it learns why it failed; nobody does when the download has ended before. */
function untilAwaited(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
