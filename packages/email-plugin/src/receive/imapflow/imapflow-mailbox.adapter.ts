import { FailureError, type Clock, type Failure } from '@exact/host-contracts';
import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow';
import { failureFor } from '../../failures/failures.js';
import { OWN_MESSAGE_ID_HEADER } from '../../send/own-header.js';
import { NOT_RETRIEVED } from '../retrieval-stub.js';
import { isRefusal, serverWords, type ConnectionFailures } from './imapflow-failure.adapter.js';
import type { FetchedMessage, Mailbox, SurveyedMessage, UnfetchableMessage } from '../mailbox.js';
import { whileAvailable } from './available-server.js';
import { fetchGroups, type GroupUnderWay, type Lane } from './download-lanes.js';
import { groupsOf, type Listed } from './message-groups.js';
import { unlessSilent, type Audible, type PatienceLimits } from './silence-watch.js';

/** A larger message comes in pieces of this size: whole, it would stand in memory twice. */
const PIECE_BYTES = 4 * 1024 * 1024;
const HEADER_BLOCK = 1000;
/** Not 0, which says that there is nothing to ask for. */
const UNKNOWN_SIZE = 1;
const NOTHING = new Uint8Array();

/** An open connection with INBOX examined. */
export interface ImapflowConnection {
  readonly client: ImapFlow;
  readonly mailbox: MailboxObject;
  readonly failures: ConnectionFailures;
  readonly clock: Clock;
  readonly limits: PatienceLimits;
  /** Its abort closes the connection. */
  readonly signal: AbortSignal;
  /** Opens another connection to the same mailbox. */
  openAnother(): Promise<ImapflowMailbox>;
  /** Called when the connection is closed. */
  onDispose(): void;
}

/** INBOX over imapflow. Its three ways to fail (throwing, `false`, `undefined`) become one: a `FailureError`. */
export class ImapflowMailbox implements Mailbox, Lane, Audible {
  readonly uidValidity: number;
  readonly encryption: string;
  uidNext: number;
  exists: number;
  hasNews = false;
  private ring = (): void => undefined;

  private readonly client: ImapFlow;

  constructor(private readonly connection: ImapflowConnection) {
    const { client, mailbox } = connection;
    this.client = client;
    this.uidValidity = Number(mailbox.uidValidity);
    this.uidNext = mailbox.uidNext;
    this.exists = mailbox.exists;
    const { tls } = client;
    this.encryption = tls ? tls.version.replace('TLSv', 'TLS ') : 'none';
    client.on('exists', ({ count, prevCount }) => {
      this.exists = count;
      if (count > prevCount) this.hasNews = true;
      this.ring();
    });
    client.on('close', () => {
      this.ring();
    });
  }

  async *fetch(
    ...[afterUid, onListed]: Parameters<Mailbox['fetch']>
  ): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    this.hasNews = false;
    // A range that ends in * always holds the newest message, also when it is older (RFC 9051 section 9, seq-range).
    const found = this.exists === 0 ? [] : await this.list(`${String(afterUid + 1)}:*`);
    const listed = found.filter(({ uid }) => uid > afterUid);
    await onListed?.({ messages: listed.length, bytes: listed.reduce((bytes, { size }) => bytes + size, 0) });
    yield* this.fetchListed(listed);
  }

  async *refetch(uids: readonly number[]): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    if (uids.length > 0) yield* this.fetchListed(await this.list(uids.join(',')));
  }

  async *survey(): AsyncIterable<readonly SurveyedMessage[]> {
    if (this.exists === 0) return;
    const all = await this.list('1:*');
    for (let from = 0; from < all.length; from += HEADER_BLOCK) {
      const block = all.slice(from, from + HEADER_BLOCK);
      const range = block.map(({ uid }) => uid).join(',');
      const messages = await this.guard(() =>
        this.client.fetchAll(range, { uid: true, headers: ['Message-ID'] }, { uid: true }),
      );
      const ids = new Map(
        messages.map(({ uid, headers }) => [uid, /<[^<>]+>/.exec(headers?.toString('latin1') ?? '')?.[0]]),
      );
      yield block.map(({ uid, size, arrivedAt }) => ({ uid, listedSize: size, arrivedAt, messageId: ids.get(uid) }));
    }
  }

  findByMessageId(messageId: string, fromUid: number): Promise<readonly number[]> {
    return this.search({ uid: `${String(fromUid)}:*`, header: { 'Message-ID': messageId } }, fromUid);
  }

  async wait({ forMs, signal }: Parameters<Mailbox['wait']>[0]): Promise<'news' | 'time-over' | 'stopped'> {
    const { clock, limits } = this.connection;
    const end = clock.now() + forMs;
    for (;;) {
      if (this.hasNews) return 'news';
      if (signal.aborted || this.connection.signal.aborted) return 'stopped';
      const left = end - clock.now();
      if (left <= 0) return 'time-over';
      await this.idleFor(Math.min(left, limits.askEveryMs), signal);
      // Ends IDLE, asks in case the server tells nothing by itself, and whether it is still there.
      await this.guard(() => this.client.noop(), limits.answerMs);
    }
  }

  heard(): number {
    return this.client.stats().received;
  }

  close(): void {
    this.client.close();
  }

  async isInSentItems(messageId: string): Promise<boolean> {
    const folders = await this.guard(() => this.client.list());
    // By attribute where it is offered, else imapflow knows the folder's names in many languages.
    const sent = folders.find(({ specialUse }) => specialUse === '\\Sent');
    if (!sent) return false;
    try {
      await this.guard(() => this.client.mailboxOpen(sent.path, { readOnly: true }));
      for (const header of ['Message-ID', OWN_MESSAGE_ID_HEADER, 'X-Microsoft-Original-Message-ID']) {
        if ((await this.search({ header: { [header]: messageId } }, 1)).length > 0) return true;
      }
      return false;
    } finally {
      await this.guard(() => this.client.mailboxOpen('INBOX', { readOnly: true }));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      const { signal, limits } = this.connection;
      if (this.client.usable && !signal.aborted) {
        await unlessSilent(this, limits.answerMs, () => this.client.logout());
      }
    } catch {
      // The server was quicker: what it leaves is closed all the same.
    } finally {
      this.client.close();
      this.connection.onDispose();
    }
  }

  /** Oldest first; without what has vanished meanwhile. */
  private async list(range: string): Promise<readonly Listed[]> {
    const messages = await this.guard(() =>
      this.client.fetchAll(range, { uid: true, size: true, internalDate: true }, { uid: true }),
    );
    const listed = messages.map(({ uid, size = UNKNOWN_SIZE, internalDate }) => ({
      uid,
      size,
      arrivedAt: new Date(internalDate ?? 0).getTime(),
    }));
    this.uidNext = listed.reduce((next, { uid }) => Math.max(next, uid + 1), this.uidNext);
    return listed.sort((a, b) => a.uid - b.uid);
  }

  private fetchListed(listed: readonly Listed[]): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    const openOther = async (): Promise<ImapflowMailbox> => {
      const another = await this.connection.openAnother();
      if (another.uidValidity === this.uidValidity) return another;
      await another[Symbol.asyncDispose]();
      throw new TypeError('the mailbox has got other numbers meanwhile');
    };
    return whileAvailable(fetchGroups([...groupsOf(listed)], this, openOther));
  }

  beginGroup(group: readonly Listed[]): GroupUnderWay {
    const [only] = group;
    if (only && only.size > PIECE_BYTES) return { group, sources: undefined };
    const sources = this.sourcesOf(group.map(({ uid }) => uid));
    // Whoever comes to it learns why it failed; nobody does when the download has ended before.
    sources.catch(() => undefined);
    return { group, sources };
  }

  private async fetchLarge({ uid, arrivedAt, size }: Listed): Promise<FetchedMessage | UnfetchableMessage> {
    const first = await this.contentOf(uid, 0);
    const listed = { uid, listedSize: size };
    return first instanceof Uint8Array
      ? { ...listed, arrivedAt, chunks: this.pieces(uid, first) }
      : { ...listed, failure: first };
  }

  async *fetchGroup(underWay: GroupUnderWay): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    const sources = await underWay.sources;
    for (const listed of underWay.group) {
      const { uid, arrivedAt, size } = listed;
      if (!sources) {
        yield await this.fetchLarge(listed);
        continue;
      }
      const source = sources.get(uid) ?? (size === 0 ? NOTHING : await this.contentOf(uid));
      if (source instanceof Uint8Array) yield { uid, listedSize: size, arrivedAt, chunks: once(source) };
      else yield { uid, listedSize: size, failure: source };
    }
  }

  /** As many as come in one answer: Exchange leaves out, or ends with NO at, what it can’t convert. */
  private async sourcesOf(uids: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    const sources = new Map<number, Uint8Array>();
    await this.guardUnlessRefused(async () => {
      for await (const message of this.client.fetch(uids.join(','), { uid: true, source: true }, { uid: true })) {
        const source = sourceOf(message);
        if (source) sources.set(message.uid, source);
      }
    });
    return sources;
  }

  /** Until an empty answer: never until RFC822.SIZE. */
  private async *pieces(uid: number, first: Uint8Array): AsyncIterable<Uint8Array> {
    yield first;
    for (let start = first.byteLength; ;) {
      const source = { start, maxLength: PIECE_BYTES };
      const message = await this.guard(() => this.client.fetchOne(String(uid), { uid: true, source }, { uid: true }));
      const piece = sourceOf(message);
      if (!piece) return;
      yield piece;
      start += piece.byteLength;
    }
  }

  /** One message alone, or its first piece; or why the server does not give it. */
  private async contentOf(uid: number, start?: number): Promise<Uint8Array | Failure> {
    const source = start === undefined || { start, maxLength: PIECE_BYTES };
    const outcome = await this.guardUnlessRefused(() =>
      this.client.fetchOne(String(uid), { uid: true, source }, { uid: true }),
    );
    if ('refused' in outcome) return outcome.refused;
    return sourceOf(outcome.result) ?? failureFor('imap', NOT_RETRIEVED);
  }

  private async search(query: Parameters<ImapFlow['search']>[0], fromUid: number): Promise<readonly number[]> {
    const found = await this.guard(() => this.client.search(query, { uid: true }));
    return Array.isArray(found) ? found.filter((uid) => uid >= fromUid) : [];
  }

  /** Resolves at news, a closed connection, an abort, or after the time. */
  private async idleFor(milliseconds: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.ring = () => {
      woken.abort();
    };
    // It ends when the next command breaks it; a failure shows as a closed connection.
    this.client.idle().catch(this.ring);
    if (this.hasNews || !this.client.usable) woken.abort();
    // The only reason for which a clock rejects is its signal.
    await this.connection.clock.sleep(milliseconds, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
    this.ring = () => undefined;
  }

  private async guard<T>(command: () => Promise<T>, limitMs = this.connection.limits.silenceMs): Promise<T> {
    try {
      const result = await unlessSilent(this, limitMs, command);
      if (!this.client.usable) throw new FailureError(this.closed());
      return result;
    } catch (error) {
      if (error instanceof FailureError) throw error;
      throw new FailureError(this.connection.failures.explain(error), { cause: error });
    }
  }

  /** A NO to one command says something of these messages, not of the connection. */
  private async guardUnlessRefused<T>(
    command: () => Promise<T>,
  ): Promise<{ readonly result: T } | { readonly refused: Failure }> {
    try {
      return { result: await this.guard(command) };
    } catch (error) {
      if (!(error instanceof FailureError) || !isRefusal(error.cause) || !this.client.usable) throw error;
      return { refused: failureFor('imap', `${NOT_RETRIEVED}: ${serverWords(error.cause)}`) };
    }
  }

  private closed() {
    return this.connection.failures.closed(this.client.byeReason);
  }
}

function sourceOf(message: FetchMessageObject | false): Uint8Array | undefined {
  const source = message === false ? undefined : message.source;
  return source && source.byteLength > 0 ? source : undefined;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
