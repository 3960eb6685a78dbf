import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What a column holds. Whole numbers stay within the safe integers. */
export type SqlValue = null | number | string | Uint8Array;

export type Row = Readonly<Record<string, SqlValue>>;

/** SQLite's result code for a file that another connection has locked: https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

const OUTER = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'] as const;
/** https://www.sqlite.org/lang_savepoint.html */
const INNER = ['SAVEPOINT inner_work', 'RELEASE inner_work', 'ROLLBACK TO inner_work; RELEASE inner_work'] as const;

/** One connection to a SQLite file. Synchronous: it belongs into a thread of its own. */
export class Database implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #beforeCommit: (() => void) | undefined;
  #transactions = 0;

  /** @param busyTimeout milliseconds to wait for another connection's lock before `isBusy` errors are thrown */
  constructor(file: string, busyTimeout: number) {
    this.#database = new DatabaseSync(file, { timeout: busyTimeout, enableForeignKeyConstraints: true });
  }

  /** Runs statements that give no rows, e.g. a schema. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  all(sql: string, ...parameters: SqlValue[]): readonly Row[] {
    return this.#statement(sql).all(...parameters) as Row[];
  }

  /** The first row; `undefined` when there is none. */
  find(sql: string, ...parameters: SqlValue[]): Row | undefined {
    return this.#statement(sql).get(...parameters) as Row | undefined;
  }

  run(sql: string, ...parameters: SqlValue[]): { readonly changes: number; readonly insertedId: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...parameters);
    return { changes: Number(changes), insertedId: Number(lastInsertRowid) };
  }

  /**
   * All or nothing: what throws inside is rolled back and thrown on. Durable when it returns; inside another one, when that
   * one has returned.
   */
  transaction<T>(work: () => T): T {
    const isInner = this.isInTransaction;
    const [begin, commit, rollBack] = isInner ? INNER : OUTER;
    this.#database.exec(begin);
    if (!isInner) this.#transactions += 1;
    try {
      const result = work();
      if (!isInner) this.#beforeCommit?.();
      this.#database.exec(commit);
      return result;
    } catch (error) {
      // A full disk rolls back by itself; a second ROLLBACK would hide the reason.
      if (this.#database.isTransaction) this.#database.exec(rollBack);
      throw error;
    }
  }

  /** Runs at the end of each transaction that is no inner one; what it throws rolls it back. */
  beforeCommit(work: () => void): void {
    this.#beforeCommit = work;
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** How many have begun, inner ones not counted: the number of the one that is under way. */
  get transactions(): number {
    return this.#transactions;
  }

  /** Gives back to the disk what is free, when that is most of the file, e.g. after an update that moved data out of it. */
  shrink(): void {
    const free = this.find('PRAGMA freelist_count')?.['freelist_count'];
    const all = this.find('PRAGMA page_count')?.['page_count'];
    if (Number(free) > Number(all) / 2) this.execute('VACUUM');
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

/** Whether SQLite threw because another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return Error.isError(error) && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}
