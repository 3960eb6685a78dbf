import type {
  DeliveryNews,
  Failure,
  NewAttachment,
  NewEmail,
  OutboxDecision,
  OutboxEmail,
  OutboxRow,
  OutboxState,
  OutgoingMessage,
  Patient,
  RecipientOutcome,
} from '@exact/host-contracts';
import { bytes, json, number, optionalNumber, optionalText, present, text, toJson } from './columns.js';
import { normal } from './patient-table.js';
import type { Database, Row } from './sqlite.adapter.js';

/** An email as it is written into the table. */
export interface QueuedEmail {
  readonly email: NewEmail;
  readonly account: string;
  readonly by: string;
  readonly at: number;
}

/** The rows of emails, their recipients, attachments and bytes. Writes run inside the caller's transaction. */
export class OutboxRows {
  constructor(private readonly database: Database) {}

  insert({ email, account, by, at }: QueuedEmail): number {
    const { attachments, text: words, html, ...content } = email;
    const { insertedId } = this.database.run(
      `INSERT INTO emails (account, state, queued_at, queued_by, asked_not_before, not_before, patient, email, attempts)
       VALUES (?1, 'queued', ?2, ?3, ?5, ?5, ?6, ?4, 0)`,
      account,
      at,
      by,
      JSON.stringify(content),
      email.notBefore ?? null,
      toJson(email.patient),
    );
    this.database.run('INSERT INTO email_texts VALUES (?, ?, ?)', insertedId, words, html ?? null);
    recipientsOf(email).forEach((address, position) => {
      const sql = "INSERT INTO email_recipients (email, position, address, outcome) VALUES (?, ?, ?, 'pending')";
      this.database.run(sql, insertedId, position, address);
    });
    attachments.forEach(({ name, contentType, content: attached }, position) => {
      const sql = 'INSERT INTO email_attachments VALUES (?, ?, ?, ?, ?)';
      this.database.run(sql, insertedId, position, name, contentType, attached);
    });
    return insertedId;
  }

  findEmail(id: number): OutboxEmail | undefined {
    const row = this.database.find('SELECT * FROM emails WHERE id = ?', id);
    if (!row) return undefined;
    const raw = this.database.find('SELECT raw FROM email_raws WHERE email = ?', id);
    const attachments = this.#attachments(id);
    return {
      ...this.toRow(row, attachments),
      email: this.#content(row, id, attachments),
      ...(raw && { raw: bytes(raw, 'raw') }),
    };
  }

  /** @throws Error when other bytes or another Message-ID were fixed before */
  fix(id: number, { messageId, raw }: OutgoingMessage): void {
    const { changes } = this.database.run('INSERT OR IGNORE INTO email_raws VALUES (?, ?)', id, raw);
    const same = `SELECT 1 FROM emails JOIN email_raws ON email_raws.email = emails.id
      WHERE emails.id = ? AND message_id = ? AND raw = ?`;
    if (changes === 0 && !this.database.find(same, id, messageId, raw)) throw new Error(`Email ${id} has other bytes`);
  }

  /** `attachments`: when they are known, so that they are not asked for again. */
  toRow(row: Row, attachments?: readonly NewAttachment[]): OutboxRow {
    const id = number(row, 'id');
    const optional = present<Pick<OutboxRow, 'notBefore' | 'sentAt' | 'patient' | 'messageId' | 'failure' | 'decided'>>(
      {
        notBefore: optionalNumber(row, 'not_before'),
        sentAt: optionalNumber(row, 'sent_at'),
        patient: json(row, 'patient') as Patient | undefined,
        messageId: optionalText(row, 'message_id'),
        failure: json(row, 'failure') as Failure | undefined,
        decided: json(row, 'decided') as OutboxDecision | undefined,
      },
    );
    return {
      id,
      account: text(row, 'account'),
      state: text(row, 'state') as OutboxState,
      queuedAt: number(row, 'queued_at'),
      queuedBy: text(row, 'queued_by'),
      subject: (json(row, 'email') as NewEmail).subject,
      recipients: this.recipients(id),
      attachmentNames: attachments?.map(({ name }) => name) ?? this.#attachmentNames(id),
      attempts: number(row, 'attempts'),
      ...(number(row, 'is_news') === 1 && { isNews: true as const }),
      ...optional,
    };
  }

  recipients(id: number): readonly RecipientOutcome[] {
    const sql = 'SELECT address, outcome, failure, news FROM email_recipients WHERE email = ? ORDER BY position';
    return this.database.all(sql, id).map((row) => {
      const failure = json(row, 'failure') as Failure | undefined;
      const outcome = text(row, 'outcome') as RecipientOutcome['outcome'];
      const news = json(row, 'news') as DeliveryNews | undefined;
      return { address: text(row, 'address'), outcome, ...(failure && { failure }), ...(news && { news }) };
    });
  }

  #content(row: Row, id: number, attachments: readonly NewAttachment[]): NewEmail {
    const content = json(row, 'email') as Omit<NewEmail, 'attachments' | 'text' | 'html'>;
    const said = this.database.find('SELECT text, html FROM email_texts WHERE email = ?', id);
    if (!said) throw new Error(`Email ${id} has no text`);
    const html = optionalText(said, 'html');
    return { ...content, text: text(said, 'text'), ...(html !== undefined && { html }), attachments };
  }

  #attachmentNames(id: number): readonly string[] {
    const rows = this.database.all('SELECT name FROM email_attachments WHERE email = ? ORDER BY position', id);
    return rows.map((row) => text(row, 'name'));
  }

  #attachments(id: number): readonly NewAttachment[] {
    const rows = this.database.all('SELECT * FROM email_attachments WHERE email = ? ORDER BY position', id);
    return rows.map((row) => ({
      name: text(row, 'name'),
      contentType: text(row, 'content_type'),
      content: bytes(row, 'content'),
    }));
  }
}

/** Each address once, as first written. */
function recipientsOf({ to, cc = [], bcc = [] }: NewEmail): readonly string[] {
  const byAddress = new Map<string, string>();
  for (const { address } of [...to, ...cc, ...bcc]) {
    if (!byAddress.has(normal(address))) byAddress.set(normal(address), address);
  }
  return [...byAddress.values()];
}
