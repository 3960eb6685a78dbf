import type { PracticeTables } from './practice-tables.js';
import type { Session } from './session.js';
import type { Database } from './sqlite.adapter.js';
import { type StoreCall, type StoreReply, toPlainError } from './store-protocol.js';

/** So that no other process waits for long. */
const MOST_TOGETHER = 64;

interface GroupParts {
  readonly database: Database;
  readonly tables: PracticeTables;
  readonly session: Session;
}

/**
 * Answers calls in their order. Those that have come while others were worked on share one transaction, because making it
 * durable is what takes the time; each is answered only when it is.
 */
export class CallGroups {
  #waiting: StoreCall[] = [];

  constructor(
    private readonly parts: GroupParts,
    private readonly reply: (message: StoreReply) => void,
  ) {}

  take(call: StoreCall): void {
    // Whatever else has come by now joins it.
    if (this.#waiting.length === 0) setImmediate(() => this.finish());
    this.#waiting.push(call);
  }

  /** Answers all that was taken. */
  finish(): void {
    const calls = this.#waiting;
    this.#waiting = [];
    for (let from = 0; from < calls.length; from += MOST_TOGETHER)
      this.#answer(calls.slice(from, from + MOST_TOGETHER));
  }

  #answer(calls: readonly StoreCall[]): void {
    const together = calls.length > 1 ? this.#tryTogether(calls) : undefined;
    if (together) for (const replies of together) this.#tell(replies);
    else for (const call of calls) this.#tell(this.#run(call));
  }

  /** `undefined` when it could not be made durable: nothing has happened then, and each is tried alone. */
  #tryTogether(calls: readonly StoreCall[]): readonly (readonly StoreReply[])[] | undefined {
    const { database } = this.parts;
    try {
      return database.transaction(() =>
        calls.map((call) => {
          const replies = this.#run(call);
          if (!database.isInTransaction) throw new Error('The transaction was rolled back');
          return replies;
        }),
      );
    } catch {
      return undefined;
    }
  }

  #run({ id, store, method: name, arguments: given, caller }: StoreCall): readonly StoreReply[] {
    const { tables, session } = this.parts;
    try {
      const table: object = tables[store];
      const method: unknown = Reflect.get(table, name);
      if (typeof method !== 'function') throw new TypeError(`${store} has no method ${name}`);
      const { value, changes } = session.run(caller, () => Reflect.apply(method, table, given) as unknown);
      const told = changes.map((change) => ({ kind: 'changed', change }) as const);
      return [...told, { kind: 'answer', id, value }];
    } catch (error) {
      return [{ kind: 'thrown', id, error: toPlainError(error) }];
    }
  }

  #tell(replies: readonly StoreReply[]): void {
    for (const reply of replies) this.reply(reply);
  }
}
