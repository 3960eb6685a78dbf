import type {
  Cursor,
  Download,
  EncodedTexts,
  Event,
  Fence,
  FencedOutcome,
  InboxFolder,
  InboxMessage,
  InboxStore,
  MessageIndex,
  Patient,
  ReceiveBatch,
  ReceivedMessage,
  ReceiveOutcome,
  SetAside,
} from '@exact/host-contracts';
import { isSameCursor } from '@exact/host-contracts';

/** What the store knows of a message. */
interface Kept {
  message: InboxMessage;
  readonly identity: string;
  readonly raw: Uint8Array;
  /** Who has the sender's address. */
  readonly patients: readonly Patient[];
}

/** Received mail for as long as the process runs: the promises of `InboxStore` without a database. */
export class MemoryInbox implements InboxStore {
  #fence: Fence = 0;
  #kept: readonly Kept[] = [];
  readonly #cursors = new Map<string, Cursor>();
  readonly #downloads = new Map<string, Download | undefined>();
  readonly #setAside = new Map<string, readonly SetAside[]>();
  readonly #stages = new Map<string, Uint8Array>();
  readonly #listeners = new Set<() => void>();

  /** A new lease: older fences are stale from now on, and what no batch took is thrown away. */
  grantLease(): Fence {
    this.#stages.clear();
    return (this.#fence += 1);
  }

  readonly onDidChange: Event<void> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  cursor(account: string, mailbox: string): Promise<Cursor | undefined> {
    return Promise.resolve(this.#cursors.get(keyOf(account, mailbox)));
  }

  download(account: string, mailbox: string): Promise<Download | undefined> {
    return Promise.resolve(this.#downloads.get(keyOf(account, mailbox)));
  }

  setAside(account: string, mailbox: string): Promise<readonly SetAside[]> {
    return Promise.resolve(this.#setAside.get(keyOf(account, mailbox)) ?? []);
  }

  stage(stage: string, chunk: Uint8Array, fence: Fence): Promise<FencedOutcome> {
    if (fence < this.#fence) return Promise.resolve({ kind: 'refused', reason: 'stale-fence' });
    this.#stages.set(stage, Buffer.concat([this.#stages.get(stage) ?? new Uint8Array(), chunk]));
    return Promise.resolve({ kind: 'done' });
  }

  /** All or nothing: whatever can throw comes before the first change. */
  async receive({ fence, account, mailbox, ...batch }: ReceiveBatch): Promise<ReceiveOutcome> {
    await Promise.resolve();
    const key = keyOf(account, mailbox);
    const cursor = this.#cursors.get(key);
    if (fence < this.#fence) return { kind: 'refused', reason: 'stale-fence' };
    if (!isSameCursor(cursor, batch.expected)) return { kind: 'refused', reason: 'stale-cursor', cursor };
    const known = new Set(this.#kept.map(({ identity }) => identity));
    const added: Kept[] = [];
    for (const message of batch.messages) {
      if (!known.has(message.identity)) added.push(this.#keep(message, this.#kept.length + added.length + 1));
      known.add(message.identity);
    }
    const settled = new Set([...batch.messages, ...batch.setAside].map(({ uid }) => uid).concat(batch.gone ?? []));
    const stillAside = (this.#setAside.get(key) ?? []).filter(({ uid }) => !settled.has(uid));
    this.#setAside.set(key, [...stillAside, ...batch.setAside]);
    this.#cursors.set(key, batch.next);
    this.#downloads.set(key, batch.download);
    this.#replace([...this.#kept, ...added]);
    return { kind: 'stored', added: added.length, known: batch.messages.length - added.length };
  }

  countKnown(messageIds: readonly string[]): Promise<number> {
    const known = new Set(this.#kept.map(({ message }) => message.index.messageId));
    return Promise.resolve(messageIds.filter((id) => known.has(id)).length);
  }

  list({ folder, offset, limit }: Parameters<InboxStore['list']>[0]): ReturnType<InboxStore['list']> {
    const all = this.#kept.map(({ message }) => message).filter((message) => message.folder === folder);
    const rows = all.toSorted((a, b) => b.arrivedAt - a.arrivedAt).slice(offset, offset + limit);
    return Promise.resolve({ rows, total: all.length });
  }

  read(id: number): Promise<InboxMessage | undefined> {
    return Promise.resolve(this.#find(id)?.message);
  }

  raw(id: number, offset: number, length: number): Promise<Uint8Array> {
    return Promise.resolve(this.#find(id)?.raw.slice(offset, offset + length) ?? new Uint8Array());
  }

  markRead(id: number, read: boolean): Promise<void> {
    return this.#change([id], () => ({ read }));
  }

  move(ids: readonly number[], folder: InboxFolder): Promise<void> {
    return this.#change(ids, () => ({ folder }));
  }

  link(id: number, patient: Patient | undefined): Promise<void> {
    return this.#change([id], ({ patients }) => ({ patient, suggested: patient ? [] : patients }));
  }

  #find(id: number): Kept | undefined {
    return this.#kept.find(({ message }) => message.id === id);
  }

  #keep({ identity, raw, patients, arrivedAt, texts, ...also }: ReceivedMessage, id: number): Kept {
    const bytes = 'bytes' in raw ? raw.bytes.slice() : this.#stages.get(raw.stage);
    if (!bytes) throw new Error('The message has no bytes');
    const [only] = patients;
    const index = { ...also.index, ...decoded(texts) };
    const whose = only && patients.length === 1 ? { patient: only, suggested: [] } : { suggested: patients };
    return {
      identity,
      raw: bytes,
      patients,
      message: { id, arrivedAt, index, size: bytes.length, folder: 'inbox', read: false, ...whose },
    };
  }

  #change(ids: readonly number[], change: (kept: Kept) => object): Promise<void> {
    this.#replace(
      this.#kept.map((kept) =>
        ids.includes(kept.message.id) ? { ...kept, message: { ...kept.message, ...change(kept) } } : kept,
      ),
    );
    return Promise.resolve();
  }

  #replace(kept: readonly Kept[]): void {
    this.#kept = kept;
    for (const listener of this.#listeners) listener();
  }
}

function keyOf(account: string, mailbox: string): string {
  return JSON.stringify([account, mailbox]);
}

/** Texts as they are shown. The memory that they come in is used again. */
function decoded({ text, html }: EncodedTexts): Pick<MessageIndex, 'text' | 'html'> {
  return { ...(text && { text: Buffer.from(text).toString() }), ...(html && { html: Buffer.from(html).toString() }) };
}
