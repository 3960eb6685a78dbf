import {
  type Cursor,
  type Download,
  type Failure,
  type Fence,
  type FencedOutcome,
  type InboxFolder,
  type InboxMessage,
  type InboxStore,
  isSameCursor,
  type Patient,
  type ReceiveBatch,
  type ReceiveOutcome,
  type SetAside,
  STALE_FENCE,
} from '@exact/host-contracts';
import { checkLimit, json, number, optionalText, toJson } from './columns.js';
import type { FailingAddresses } from './failing-addresses.js';
import { INBOX_COLUMNS, toInboxRow } from './inbox-rows.js';
import type { LeaseTable } from './lease-table.js';
import { MessageTexts } from './message-texts.js';
import type { PackedBytes } from './packed-bytes.js';
import type { PatientTable } from './patient-table.js';
import { RawMessages } from './raw-messages.js';
import { BatchWriter, checkBatch } from './receive-batch.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

const MOST_MESSAGE_IDS = 1000;

export class InboxTable implements Synchronous<InboxStore> {
  readonly #raws: RawMessages;
  readonly #texts: MessageTexts;
  readonly #batches: BatchWriter;

  constructor(
    private readonly database: Database,
    private readonly session: Session,
    packed: PackedBytes,
    private readonly leases: LeaseTable,
    private readonly patients: PatientTable,
    failing: FailingAddresses,
  ) {
    this.#raws = new RawMessages(database, packed);
    this.#texts = new MessageTexts(database, packed);
    this.#batches = new BatchWriter(database, session, this.#raws, this.#texts, failing);
  }

  cursor(account: string, mailbox: string): Cursor | undefined {
    const sql = 'SELECT uid_validity, last_uid FROM cursors WHERE account = ? AND mailbox = ?';
    const row = this.database.find(sql, account, mailbox);
    return row && { account, mailbox, uidValidity: number(row, 'uid_validity'), lastUid: number(row, 'last_uid') };
  }

  download(account: string, mailbox: string): Download | undefined {
    const sql = 'SELECT download FROM cursors WHERE account = ? AND mailbox = ? AND download IS NOT NULL';
    const row = this.database.find(sql, account, mailbox);
    return row && (json(row, 'download') as Download);
  }

  stage(stage: string, chunk: Uint8Array, fence: Fence): FencedOutcome {
    return this.leases.fenced(fence, () => {
      this.#raws.stage(stage, chunk, fence);
    });
  }

  receive(batch: ReceiveBatch): ReceiveOutcome {
    checkBatch(batch);
    return this.database.transaction(() => {
      if (this.leases.isStale(batch.fence)) return { kind: 'refused', reason: STALE_FENCE };
      const cursor = this.cursor(batch.account, batch.mailbox);
      if (!isSameCursor(cursor, batch.expected)) return { kind: 'refused', reason: 'stale-cursor', cursor };
      const added = this.#batches.write(batch);
      if (added > 0) this.#changed();
      return { kind: 'stored', added, known: batch.messages.length - added };
    });
  }

  countKnown(messageIds: readonly string[]): number {
    if (messageIds.length > MOST_MESSAGE_IDS) throw new RangeError(`${MOST_MESSAGE_IDS} Message-IDs at most`);
    const sql = 'SELECT 1 FROM messages WHERE message_id = ?';
    return messageIds.filter((messageId) => this.database.find(sql, messageId) !== undefined).length;
  }

  setAside(account: string, mailbox: string): readonly SetAside[] {
    const sql = 'SELECT uid, failure FROM set_aside WHERE account = ? AND mailbox = ? ORDER BY since, uid';
    const rows = this.database.all(sql, account, mailbox);
    return rows.map((row) => ({ uid: number(row, 'uid'), failure: json(row, 'failure') as Failure }));
  }

  list({ folder, offset, limit }: { folder: InboxFolder; offset: number; limit: number }) {
    const rows = this.database.all(
      `SELECT ${INBOX_COLUMNS} WHERE folder = ? ORDER BY arrived_at DESC, messages.id DESC LIMIT ? OFFSET ?`,
      folder,
      checkLimit(limit),
      offset,
    );
    const total = this.database.find('SELECT count(*) AS total FROM messages WHERE folder = ?', folder);
    return { rows: rows.map(toInboxRow), total: total ? number(total, 'total') : 0 };
  }

  read(id: number): InboxMessage | undefined {
    const row = this.database.find(`SELECT ${INBOX_COLUMNS} WHERE messages.id = ?`, id);
    if (!row) return undefined;
    const message = toInboxRow(row);
    return { ...message, index: { ...message.index, ...this.#texts.read(id) } };
  }

  raw(id: number, offset: number, length: number): Uint8Array {
    const row = this.database.find('SELECT raw FROM messages WHERE id = ?', id);
    return row ? this.#raws.read(number(row, 'raw'), offset, length) : new Uint8Array();
  }

  markRead(id: number, read: boolean): void {
    this.database.transaction(() => {
      const sql = 'UPDATE messages SET read = ?1 WHERE id = ?2 AND read <> ?1';
      if (this.database.run(sql, read ? 1 : 0, id).changes > 0) this.#changed();
    });
  }

  move(ids: readonly number[], folder: InboxFolder): void {
    this.database.transaction(() => {
      for (const id of ids) this.database.run('UPDATE messages SET folder = ? WHERE id = ?', folder, id);
      this.#changed();
    });
  }

  link(id: number, patient: Patient | undefined): void {
    this.database.transaction(() => {
      const row = this.database.find('SELECT sender, suggested FROM messages WHERE id = ?', id);
      if (!row) return;
      this.database.run('UPDATE messages SET patient = ? WHERE id = ?', toJson(patient), id);
      const sender = optionalText(row, 'sender');
      const choices = json(row, 'suggested') as readonly Patient[];
      if (patient && sender !== undefined && choices.length > 1) this.patients.choose(sender, patient);
      this.#changed();
    });
  }

  #changed(): void {
    this.session.changed({ topic: 'inbox', value: undefined });
  }
}
