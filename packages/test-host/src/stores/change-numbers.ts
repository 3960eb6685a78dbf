import { number, text } from './columns.js';
import type { Database } from './sqlite.adapter.js';

/**
 * How often each kind of change was told, over all processes of the practice. It is counted in the transaction of the
 * change itself, so that whoever looks learns of exactly what is stored.
 */
export class ChangeNumbers {
  /** What this process has told or learned. */
  readonly #known: Map<string, number>;
  /** Counted in a call that has not ended. */
  readonly #open = new Map<string, number>();

  constructor(private readonly database: Database) {
    this.#known = this.#read();
  }

  /** Counts a change of this process. @throws Error outside of a transaction, where a crash could part the two */
  count(topic: string): void {
    if (!this.database.isInTransaction) throw new Error(`A change of ${topic} is counted in its own transaction`);
    this.database.run('INSERT INTO changes VALUES (?, 1) ON CONFLICT DO UPDATE SET number = number + 1', topic);
    this.#open.set(topic, (this.#open.get(topic) ?? 0) + 1);
  }

  /** The call has ended: what it counted is no news to this process, or was rolled back. */
  settle(outcome: 'stored' | 'rolled-back'): void {
    if (outcome === 'stored') {
      for (const [topic, count] of this.#open) this.#known.set(topic, (this.#known.get(topic) ?? 0) + count);
    }
    this.#open.clear();
  }

  /** What other processes have changed since the last look. */
  news(): readonly string[] {
    const now = this.#read();
    const changed = [...now].filter(([topic, count]) => count !== this.#known.get(topic));
    for (const [topic, count] of changed) this.#known.set(topic, count);
    return changed.map(([topic]) => topic);
  }

  #read(): Map<string, number> {
    const rows = this.database.all('SELECT topic, number FROM changes');
    return new Map(rows.map((row) => [text(row, 'topic'), number(row, 'number')]));
  }
}
