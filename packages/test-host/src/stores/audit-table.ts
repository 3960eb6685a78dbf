import type { AuditEntry, AuditLog, JsonValue } from '@exact/host-contracts';
import { checkLimit, json, number, text } from './columns.js';
import type { Session, Synchronous } from './session.js';
import type { Database, Row } from './sqlite.adapter.js';

/** An entry with who and when (epoch ms). */
export interface AuditRecord extends AuditEntry {
  readonly id: number;
  readonly by: string;
  readonly at: number;
}

/** The contract, and what only the host asks. */
export interface AuditStore extends AuditLog {
  /** Newest first. `limit` 1 … 500. */
  list(query: { readonly offset: number; readonly limit: number }): Promise<{
    readonly rows: readonly AuditRecord[];
    readonly total: number;
  }>;
}

export class AuditTable implements Synchronous<AuditStore> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  record({ subject, title, before, after }: AuditEntry): void {
    const { now, user } = this.session;
    this.database.run(
      'INSERT INTO audit (at, by, subject, title, before, after) VALUES (?, ?, ?, ?, ?, ?)',
      now,
      user,
      subject,
      title,
      JSON.stringify(before),
      JSON.stringify(after),
    );
  }

  list({ offset, limit }: { offset: number; limit: number }) {
    const rows = this.database.all('SELECT * FROM audit ORDER BY id DESC LIMIT ? OFFSET ?', checkLimit(limit), offset);
    const total = this.database.find('SELECT count(*) AS total FROM audit');
    return { rows: rows.map(toRecord), total: total ? number(total, 'total') : 0 };
  }
}

function toRecord(row: Row): AuditRecord {
  return {
    id: number(row, 'id'),
    at: number(row, 'at'),
    by: text(row, 'by'),
    subject: text(row, 'subject'),
    title: text(row, 'title'),
    before: json(row, 'before') as JsonValue,
    after: json(row, 'after') as JsonValue,
  };
}
