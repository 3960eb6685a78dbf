import type { AuditEntry, AuditLog, JsonValue } from '@exact/host-contracts';
import { json, number, text } from './columns.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** An entry with who and when (epoch ms). */
export interface AuditRecord extends AuditEntry {
  readonly by: string;
  readonly at: number;
}

/** The contract, and what only the host asks. */
export interface AuditStore extends AuditLog {
  /** All of it, oldest first. */
  list(): Promise<readonly AuditRecord[]>;
}

export class AuditTable implements Synchronous<AuditStore> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  record({ subject, before, after }: AuditEntry): void {
    const { now, user } = this.session;
    this.database.run(
      'INSERT INTO audit (at, by, subject, before, after) VALUES (?, ?, ?, ?, ?)',
      now,
      user,
      subject,
      JSON.stringify(before),
      JSON.stringify(after),
    );
  }

  list(): readonly AuditRecord[] {
    return this.database.all('SELECT * FROM audit ORDER BY id').map((row) => ({
      at: number(row, 'at'),
      by: text(row, 'by'),
      subject: text(row, 'subject'),
      before: json(row, 'before') as JsonValue,
      after: json(row, 'after') as JsonValue,
    }));
  }
}
