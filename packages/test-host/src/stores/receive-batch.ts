import type { ReceiveBatch, ReceivedMessage } from '@exact/host-contracts';
import { text, toJson } from './columns.js';
import type { FailingAddresses } from './failing-addresses.js';
import type { MessageTexts } from './message-texts.js';
import { normal } from './patient-table.js';
import type { RawMessages } from './raw-messages.js';
import type { Session } from './session.js';
import type { Database } from './sqlite.adapter.js';

const MOST_MESSAGES = 500;
const MOST_BYTES = 32 * 1024 * 1024;

/** @throws RangeError when the batch breaks the contract's limits, Error when its cursor is another mailbox's */
export function checkBatch({ account, mailbox, next, messages }: ReceiveBatch): void {
  const size = messages.reduce((sum, { raw }) => sum + ('bytes' in raw ? raw.bytes.length : 0), 0);
  if (messages.length > MOST_MESSAGES) throw new RangeError(`${MOST_MESSAGES} messages at most in one batch`);
  if (size > MOST_BYTES) throw new RangeError('32 MiB at most in one batch');
  if (next.account !== account || next.mailbox !== mailbox) throw new Error('The next cursor is of another mailbox');
}

/** Writes batches. All of it runs inside the caller's transaction. */
export class BatchWriter {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly raws: RawMessages,
    private readonly texts: MessageTexts,
    private readonly failing: FailingAddresses,
  ) {}

  /** Returns how many messages were new. */
  write(batch: ReceiveBatch): number {
    if (batch.expected && batch.expected.uidValidity !== batch.next.uidValidity) this.#forgetSetAside(batch);
    const { added = [], known = [] } = this.#divide(batch.messages);
    const rows = this.raws.add(added, batch.fence).map(([message, raw]) => this.#add(batch, message, raw));
    this.texts.add(rows);
    this.#haveWritten(added);
    for (const { raw } of known) if ('stage' in raw) this.raws.discard(raw.stage);
    this.#takeOff(batch);
    this.#setAside(batch);
    this.#advance(batch);
    return added.length;
  }

  /** Into those that are new, and those that are here or came earlier in the batch. */
  #divide(messages: readonly ReceivedMessage[]) {
    const known = this.#known(messages.map(({ identity }) => identity));
    return Object.groupBy(messages, ({ identity }) => {
      const isKnown = known.has(identity);
      known.add(identity);
      return isKnown ? 'known' : 'added';
    });
  }

  #known(identities: readonly string[]): Set<string> {
    const sql = 'SELECT identity FROM messages WHERE identity IN (SELECT value FROM json_each(?))';
    const rows = this.database.all(sql, JSON.stringify(identities));
    return new Set(rows.map((row) => text(row, 'identity')));
  }

  #add(batch: ReceiveBatch, message: ReceivedMessage, raw: number) {
    const { index, texts } = message;
    const [only, another] = message.patients;
    const { insertedId } = this.database.run(
      `INSERT INTO messages (identity, account, mailbox, uid_validity, uid, message_id, sender, arrived_at, folder, read,
         patient, suggested, summary, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'inbox', 0, ?, ?, ?, ?)`,
      message.identity,
      batch.account,
      batch.mailbox,
      batch.next.uidValidity,
      message.uid,
      index.messageId ?? null,
      index.from ? normal(index.from.address) : null,
      message.arrivedAt,
      toJson(another ? undefined : only),
      JSON.stringify(another ? message.patients : []),
      JSON.stringify(index),
      raw,
    );
    return { id: insertedId, texts };
  }

  /** To whoever writes email arrives. */
  #haveWritten(messages: readonly ReceivedMessage[]): void {
    if (this.failing.isEmpty) return;
    for (const { index, arrivedAt } of messages) {
      if (index.from && index.automatic !== 'delivery-report') this.failing.works(index.from.address, arrivedAt);
    }
  }

  #setAside({ account, mailbox, setAside }: ReceiveBatch): void {
    for (const { uid, failure } of setAside) {
      this.database.run(
        `INSERT INTO set_aside VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET failure = excluded.failure`,
        account,
        mailbox,
        uid,
        JSON.stringify(failure),
        this.session.now,
      );
    }
  }

  #takeOff({ account, mailbox, messages, gone = [] }: ReceiveBatch): void {
    const uids = [...messages.map(({ uid }) => uid), ...gone];
    const sql = 'DELETE FROM set_aside WHERE account = ? AND mailbox = ? AND uid IN (SELECT value FROM json_each(?))';
    this.database.run(sql, account, mailbox, JSON.stringify(uids));
  }

  /** A new UIDVALIDITY: the UIDs that were set aside mean nothing any more. */
  #forgetSetAside({ account, mailbox }: ReceiveBatch): void {
    this.database.run('DELETE FROM set_aside WHERE account = ? AND mailbox = ?', account, mailbox);
  }

  #advance({ account, mailbox, next, download }: ReceiveBatch): void {
    const sql = `INSERT OR REPLACE INTO cursors (account, mailbox, uid_validity, last_uid, download) VALUES (?, ?, ?, ?, ?)`;
    this.database.run(sql, account, mailbox, next.uidValidity, next.lastUid, toJson(download));
  }
}
