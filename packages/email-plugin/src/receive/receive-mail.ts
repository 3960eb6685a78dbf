import {
  FailureError,
  isSameCursor,
  type Clock,
  type Cursor,
  type Download,
  type Fence,
  type InboxStore,
  type OutboxStore,
  type Patient,
  type PatientDirectory,
  type ReceiveBatch,
  type ReceiveOutcome,
  type ReceivedMessage,
  type SetAside,
} from '@exact/host-contracts';
import { Batch, BATCH } from './batch.js';
import { DownloadCount } from './download-count.js';
import { failureFor } from '../failures/failures.js';
import { tellDeliveryNews } from './delivery-news.js';
import { takeIncoming } from './message/incoming-message.js';
import type { ReadMessage } from './message/reading-protocol.js';
import type { ReadingThread } from './message/reading-thread.js';
import type { FetchedMessage, Mailbox, UnfetchableMessage } from './mailbox.js';
import { NOT_RETRIEVED } from './retrieval-stub.js';
import { isOwnTest } from './test-message.js';
import { withTicks } from './with-ticks.js';

/** Where the line is thin smaller batches are stored, so often: what was downloaded is kept, and seen. */
const BATCH_MS = 5_000;
const INBOX = 'INBOX';

/** What a pass over the mailbox works with. */
export interface ReceivePass {
  readonly mailbox: Mailbox;
  /** Reads what comes. */
  readonly thread: ReadingThread;
  readonly inbox: InboxStore;
  readonly outbox: Pick<OutboxStore, 'report'>;
  readonly patients: PatientDirectory;
  readonly account: string;
  readonly databaseId: string;
  readonly fence: Fence;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called when a download of many messages begins or goes on, and with each batch of it that is stored. */
  onProgress(download: Download): Promise<void>;
}

/** How a pass ended. */
export type ReceivePassOutcome =
  /** All that lies in the mailbox is in the store; `added` were new. */
  | { readonly kind: 'complete'; readonly added: number }
  /** Somebody else has moved the cursor, or the counter was reset: begin anew. */
  | { readonly kind: 'stale-cursor' }
  /** Somebody else holds the lease: this run must end. */
  | { readonly kind: 'stale-fence' };

/**
 * Brings everything behind the cursor from the mailbox into the store, batch by batch, each in one transaction; then asks
 * again for what was set aside before, so that it is never in the way of others.
 */
export async function receiveMail(pass: ReceivePass): Promise<ReceivePassOutcome> {
  const { inbox, account } = pass;
  const stored = await inbox.cursor(account, INBOX);
  const received = await receiveNew(pass, stored);
  if (received.kind !== 'complete') return received;
  const retried = await retrySetAside(pass);
  return retried.kind === 'complete' ? { kind: 'complete', added: received.added + retried.added } : retried;
}

/** Asks once more for what was set aside. What the mailbox does not have any more is waited for no longer. */
async function retrySetAside(pass: ReceivePass): Promise<ReceivePassOutcome> {
  const { mailbox, inbox, account, fence } = pass;
  const reached = await inbox.cursor(account, INBOX);
  const uids = (await inbox.setAside(account, INBOX)).map(({ uid }) => uid).toSorted((a, b) => a - b);
  if (uids.length === 0 || reached?.uidValidity !== mailbox.uidValidity) return { kind: 'complete', added: 0 };
  const gone = new Set(uids);
  const found = without(gone, mailbox.refetch(uids));
  const retried = await new BatchWriter(pass, reached, reached).takeAll(() => found);
  if (retried.kind !== 'complete' || gone.size === 0) return retried;
  const unchanged = { expected: reached, next: reached, messages: [], setAside: [] };
  const outcome = await inbox.receive({ account, mailbox: INBOX, fence, ...unchanged, gone: [...gone] });
  return outcome.kind === 'stored' ? retried : { kind: outcome.reason };
}

/** Takes out of the set what comes. */
async function* without<T extends { readonly uid: number }>(uids: Set<number>, messages: AsyncIterable<T>) {
  for await (const message of messages) {
    uids.delete(message.uid);
    yield message;
  }
}

async function receiveNew(pass: ReceivePass, stored: Cursor | undefined): Promise<ReceivePassOutcome> {
  const { mailbox, inbox, account } = pass;
  const { uidValidity, uidNext, hasNews } = mailbox;
  const before = stored?.uidValidity === uidValidity ? await inbox.download(account, INBOX) : undefined;
  // Under another UIDVALIDITY all UIDs are others (RFC 9051 section 2.3.1.1): from the beginning, known by identity.
  const lastUid = stored?.uidValidity === uidValidity ? stored.lastUid : 0;
  // A download whose last message came before the connection broke has still to end.
  if (uidNext <= lastUid + 1 && !hasNews && !before) return { kind: 'complete', added: 0 };
  pass.thread.warmUp();
  const start: Cursor = { account, mailbox: INBOX, uidValidity, lastUid };
  const count = new DownloadCount(before, BATCH);
  return new BatchWriter(pass, stored, start, count).takeAll((begin) =>
    mailbox.fetch(lastUid, async (listing) => {
      count.begin(listing);
      await begin();
    }),
  );
}

type Refusal = Exclude<ReceivePassOutcome, { kind: 'complete' }>;

/**
 * Collects messages and writes them together with the cursor that they lead to, while the next ones are fetched: one batch is
 * stored, one is read, and one is collected.
 */
class BatchWriter {
  private batch = new Batch();
  /** The last batch that was handed over, and the one before it, on their way into the store. */
  private writing: Promise<Refusal | undefined> = Promise.resolve(undefined);
  private before = this.writing;
  private added = 0;
  private reached: number;
  /** A download stands in the store. */
  private isShown: boolean;

  constructor(
    private readonly pass: ReceivePass,
    private expected: Cursor | undefined,
    private readonly start: Cursor,
    /** Of new messages: what is asked for again is no download. */
    private readonly count?: DownloadCount,
  ) {
    this.reached = start.lastUid;
    this.isShown = count?.isLong === true;
  }

  /** `fetch` is given what to call when it is known how much is to come. */
  async takeAll(
    fetch: (begin: () => Promise<void>) => AsyncIterable<FetchedMessage | UnfetchableMessage>,
  ): Promise<ReceivePassOutcome> {
    const { signal, clock } = this.pass;
    try {
      for await (const message of withTicks(
        fetch(() => this.begin()),
        BATCH_MS,
        clock,
      )) {
        signal.throwIfAborted();
        if (message) await this.take(message);
        const isDue = message ? this.batch.isFull : !this.batch.isEmpty;
        const refusal = isDue ? await this.handOver(this.download()) : undefined;
        if (refusal) return refusal;
      }
      return (await this.flush()) ?? { kind: 'complete', added: this.added };
    } catch (error) {
      // What came before the connection broke is kept, so that each attempt gets further.
      if (!signal.aborted && error instanceof FailureError) await this.flush(this.download());
      throw error;
    } finally {
      // Nothing of a pass is under way when it has ended. Whoever awaited it has its failure.
      await this.writing.catch(() => undefined);
    }
  }

  /** A long download stands in the store, and on the screen, before its first message is there. */
  private async begin(): Promise<void> {
    const download = this.download();
    if (download) await this.flush(download);
  }

  /** How far it is with what was taken so far; `undefined` when it is not long enough to be shown. */
  private download(): Download | undefined {
    return this.count?.isLong === true ? this.count.now() : undefined;
  }

  private async take(message: FetchedMessage | UnfetchableMessage): Promise<void> {
    const size = 'failure' in message ? this.putAside(message) : await this.read(message);
    // Not before: a connection may break in the middle of a message, which then counts as not reached.
    this.reached = Math.max(this.reached, message.uid);
    this.count?.add(size, message.listedSize);
  }

  private putAside({ uid, failure }: UnfetchableMessage): number {
    this.batch.setAside.push({ uid, failure });
    return 0;
  }

  /** Its size in bytes. */
  private async read(message: FetchedMessage): Promise<number> {
    const { inbox, fence, thread } = this.pass;
    const incoming = await takeIncoming(message, thread.begin(), (stage, piece) => inbox.stage(stage, piece, fence));
    this.batch.add(incoming);
    return incoming.size;
  }

  /** Begins to write what was collected, when no more than one batch is on its way; or says why one was refused. */
  private async handOver(download: Download | undefined): Promise<Refusal | undefined> {
    const refusal = await this.before;
    if (refusal) return refusal;
    const { batch } = this;
    batch.reached = this.reached;
    batch.download = download;
    this.batch = new Batch();
    this.before = this.writing;
    this.writing = this.write(batch, this.before);
    // It is awaited before the one after the next, or at the end.
    this.writing.catch(() => undefined);
    return undefined;
  }

  /** Writes all that was collected; without a download it is the end of one. */
  private async flush(download?: Download): Promise<Refusal | undefined> {
    return (await this.handOver(download)) ?? (await this.writing);
  }

  /** Why the store refused the batch, or one before; `undefined` when it took it. */
  private async write(batch: Batch, before: Promise<Refusal | undefined>): Promise<Refusal | undefined> {
    const come = await this.readMessages(batch);
    const refusal = await before;
    if (refusal) return refusal;
    const { pass, expected } = this;
    const { download } = batch;
    const next: Cursor = { ...this.start, lastUid: batch.reached };
    if (batch.isEmpty && isSameCursor(expected, next) && !download && !this.isShown) return undefined;
    const outcome = await this.store({ ...come, expected, next, ...(download && { download }) });
    for (const message of batch.messages) message.release();
    if (outcome.kind === 'refused') return { kind: outcome.reason };
    this.expected = next;
    this.added += outcome.added;
    this.isShown = download !== undefined;
    if (download) await pass.onProgress(download);
    return undefined;
  }

  private async store(batch: Omit<ReceiveBatch, 'fence' | 'account' | 'mailbox'>): Promise<ReceiveOutcome> {
    const { pass } = this;
    const { inbox, account, fence } = pass;
    const told = await tellDeliveryNews(pass, batch.messages);
    if (told === 'stale-fence') return { kind: 'refused', reason: told };
    return inbox.receive({ account, fence, mailbox: INBOX, ...batch });
  }

  /** What is to be stored, with identity, index and patients, without the practice's own tests; and what is still to come. */
  private async readMessages(batch: Batch): Promise<Pick<ReceiveBatch, 'messages' | 'setAside'>> {
    const read = await Promise.all(
      batch.messages.map(async ({ uid, arrivedAt, raw, reading }) => ({ uid, arrivedAt, raw, ...(await reading) })),
    );
    const stubs = read.filter(({ isStub }) => isStub);
    const mail = read.filter((each) => !each.isStub && !isOwnTest(this.pass.databaseId, each));
    const patients = await this.patientsOf(mail);
    return {
      messages: mail.map(({ uid, identity, arrivedAt, raw, index, texts }, position) => {
        return { uid, identity, arrivedAt, raw, index, texts, patients: patients[position] ?? [] };
      }),
      setAside: [...batch.setAside, ...stubs.map(stubbed)],
    };
  }

  private async patientsOf(mail: readonly ReadMessage[]): Promise<readonly (readonly Patient[])[]> {
    const senders = mail.map(({ index }) => index.from?.address ?? '');
    return senders.length === 0 ? [] : this.pass.patients.findByAddresses(senders);
  }
}

function stubbed({ uid, index }: Pick<ReceivedMessage, 'uid' | 'index'>): SetAside {
  return { uid, failure: failureFor('imap', `${NOT_RETRIEVED}: ${index.subject}`) };
}
