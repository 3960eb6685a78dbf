import type { Clock } from '@exact/host-contracts';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { OWN_MESSAGE_ID_HEADER } from '../../send/own-header.js';
import type { FetchedMessage, Mailbox, SurveyedMessage, UnfetchableMessage } from '../mailbox.js';
import type { MessageMemory } from '../message-memory.js';
import { whileAvailable } from './available-server.js';
import { DownloadLanes, type GroupUnderWay, type Lane } from './download-lanes.js';
import type { FetchTap } from './fetch-tap.js';
import { ImapCommands } from './imap-commands.adapter.js';
import { ImapIdle } from './imap-idle.adapter.js';
import type { ConnectionFailures } from './imapflow-failure.adapter.js';
import { groupsOf, type Listed } from './message-groups.js';
import { MessageFetcher } from './message-fetcher.adapter.js';
import { unlessSilent, type PatienceLimits } from './silence-watch.js';

const HEADER_BLOCK = 1000;

/** An open connection with INBOX examined. */
export interface ImapflowConnection {
  readonly client: ImapFlow;
  readonly tap: FetchTap;
  readonly memory: MessageMemory;
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
export class ImapflowMailbox implements Mailbox, Lane {
  readonly uidValidity: number;
  readonly encryption: string;
  uidNext: number;
  exists: number;
  hasNews = false;
  private ring = (): void => undefined;

  private readonly client: ImapFlow;
  private readonly commands: ImapCommands;
  private readonly fetcher: MessageFetcher;
  private readonly idle: ImapIdle;

  constructor(private readonly connection: ImapflowConnection) {
    const { client, tap, memory, mailbox } = connection;
    this.client = client;
    this.commands = new ImapCommands(connection);
    this.fetcher = new MessageFetcher(client, this.commands, tap, memory);
    this.idle = new ImapIdle(client);
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
    await using lanes = this.lanes();
    lanes.expect(Math.min(this.exists, this.uidNext - 1 - afterUid));
    // A range that ends in * always holds the newest message, also when it is older (RFC 9051 section 9, seq-range).
    const found = this.exists === 0 ? [] : await this.fetcher.list(`${String(afterUid + 1)}:*`);
    // Numbers of messages that have gone are not to be asked for again.
    this.uidNext = found.reduce((next, { uid }) => Math.max(next, uid + 1), 1);
    const listed = found.filter(({ uid }) => uid > afterUid);
    await onListed?.({ messages: listed.length, bytes: listed.reduce((bytes, { size }) => bytes + size, 0) });
    yield* this.fetchListed(listed, lanes);
  }

  async *refetch(uids: readonly number[]): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    await using lanes = this.lanes();
    if (uids.length > 0) yield* this.fetchListed(await this.fetcher.list(uids.join(',')), lanes);
  }

  async *survey(): AsyncIterable<readonly SurveyedMessage[]> {
    if (this.exists === 0) return;
    const all = await this.fetcher.list('1:*');
    for (let from = 0; from < all.length; from += HEADER_BLOCK) {
      const block = all.slice(from, from + HEADER_BLOCK);
      const range = block.map(({ uid }) => uid).join(',');
      const messages = await this.commands.guard(() =>
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
    for (let isOver = false; ;) {
      if (this.hasNews) return 'news';
      if (signal.aborted || this.connection.signal.aborted) return 'stopped';
      if (isOver) return 'time-over';
      await this.idleFor(Math.min(end - clock.now(), limits.askEveryMs), signal);
      isOver = clock.now() >= end;
      const isEnough = !isOver || this.hasNews;
      await this.commands.guard(() => this.ask(isEnough), limits.answerMs);
    }
  }

  async isInSentItems(messageId: string): Promise<boolean> {
    const folders = await this.commands.guard(() => this.client.list());
    // By attribute where it is offered, else imapflow knows the folder's names in many languages.
    const sent = folders.find(({ specialUse }) => specialUse === '\\Sent');
    if (!sent) return false;
    try {
      await this.commands.guard(() => this.client.mailboxOpen(sent.path, { readOnly: true }));
      for (const header of ['Message-ID', OWN_MESSAGE_ID_HEADER, 'X-Microsoft-Original-Message-ID']) {
        if ((await this.search({ header: { [header]: messageId } }, 1)).length > 0) return true;
      }
      return false;
    } finally {
      await this.commands.guard(() => this.client.mailboxOpen('INBOX', { readOnly: true }));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      const { signal, limits } = this.connection;
      if (this.client.usable && !signal.aborted) {
        await unlessSilent(this.commands, limits.answerMs, () => this.client.logout());
      }
    } catch {
      // The server was quicker: what it leaves is closed all the same.
    } finally {
      this.client.close();
      this.connection.onDispose();
    }
  }

  beginGroup(group: readonly Listed[]): GroupUnderWay {
    return this.fetcher.begin(group);
  }

  fetchGroup(underWay: GroupUnderWay): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    return this.fetcher.take(underWay);
  }

  private lanes(): DownloadLanes {
    return new DownloadLanes(this, () => this.openOther());
  }

  private async *fetchListed(
    listed: readonly Listed[],
    lanes: DownloadLanes,
  ): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    try {
      yield* whileAvailable(lanes.fetch([...groupsOf(listed)]));
    } finally {
      this.connection.memory.shrink();
    }
  }

  private async openOther(): Promise<ImapflowMailbox> {
    const another = await this.connection.openAnother();
    if (another.uidValidity === this.uidValidity) return another;
    await another[Symbol.asyncDispose]();
    throw new TypeError('the mailbox has got other numbers meanwhile');
  }

  private async search(query: Parameters<ImapFlow['search']>[0], fromUid: number): Promise<readonly number[]> {
    const found = await this.commands.guard(() => this.client.search(query, { uid: true }));
    return Array.isArray(found) ? found.filter((uid) => uid >= fromUid) : [];
  }

  /** Whether the server is still there, and what is new; not `isEnough`: in such a way that none can keep news to itself. */
  private async ask(isEnough: boolean): Promise<void> {
    if (isEnough && (await this.idle.end())) return;
    await this.client.noop();
  }

  /** Resolves at news, a closed connection, an abort, or after the time. */
  private async idleFor(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (milliseconds <= 0) return;
    const woken = new AbortController();
    this.ring = () => {
      woken.abort();
    };
    this.idle.begin(this.ring);
    if (this.hasNews || !this.client.usable) woken.abort();
    // The only reason for which a clock rejects is its signal.
    await this.connection.clock.sleep(milliseconds, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
    this.ring = () => undefined;
  }
}
