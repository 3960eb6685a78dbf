import { text } from './columns.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** Which practice database it is. */
export interface DatabaseIdentity {
  /** Random, made with the file. */
  readonly id: string;
  readonly name: string;
}

export interface DatabaseStore {
  read(): Promise<DatabaseIdentity>;
  rename(name: string): Promise<void>;
}

export class DatabaseTable implements Synchronous<DatabaseStore> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  read(): DatabaseIdentity {
    const row = this.database.find('SELECT id, name FROM practice_database');
    if (!row) throw new Error('The practice_database table is empty');
    return { id: text(row, 'id'), name: text(row, 'name') };
  }

  rename(name: string): void {
    this.database.transaction(() => {
      this.database.run('UPDATE practice_database SET name = ?', name);
      this.session.changed({ topic: 'database', value: undefined });
    });
  }

  /** A new file's id and name; one that has them keeps them. */
  seed(identity: DatabaseIdentity): void {
    this.database.run('INSERT OR IGNORE INTO practice_database VALUES (1, ?, ?)', identity.id, identity.name);
  }
}
