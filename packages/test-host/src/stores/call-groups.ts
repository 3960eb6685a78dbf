import type { PracticeTables } from './practice-tables.js';
import type { Change, Session, Topic } from './session.js';
import type { Database } from './sqlite.adapter.js';
import { type StoreAnswer, type StoreCall, type StoreReply, toPlainError } from './store-protocol.js';

/** So that no other process waits for long. */
const MOST_TOGETHER = 64;

/** What came of a call. */
interface Run {
  readonly answer: StoreAnswer;
  readonly changes: readonly Change[];
}

interface GroupParts {
  readonly database: Database;
  readonly tables: PracticeTables;
  readonly session: Session;
}

/**
 * Answers calls in their order. Those that have come while others were worked on share one transaction, because making it
 * durable is what takes the time; they are answered only when it is, and together, too.
 */
export class CallGroups {
  #waiting: StoreCall[] = [];

  constructor(
    private readonly parts: GroupParts,
    private readonly reply: (messages: readonly StoreReply[]) => void,
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
    if (together) this.#tell(together);
    else for (const call of calls) this.#tell([this.#run(call)]);
  }

  /** `undefined` when it could not be made durable: nothing has happened then, and each is tried alone. */
  #tryTogether(calls: readonly StoreCall[]): readonly Run[] | undefined {
    const { database } = this.parts;
    try {
      return database.transaction(() =>
        calls.map((call) => {
          const run = this.#run(call);
          if (!database.isInTransaction) throw new Error('The transaction was rolled back');
          return run;
        }),
      );
    } catch {
      return undefined;
    }
  }

  #run({ id, store, method: name, arguments: given, caller }: StoreCall): Run {
    const { tables, session } = this.parts;
    try {
      const table: object = tables[store];
      const method: unknown = Reflect.get(table, name);
      if (typeof method !== 'function') throw new TypeError(`${store} has no method ${name}`);
      const { value, changes } = session.run(caller, () => Reflect.apply(method, table, given) as unknown);
      return { answer: { kind: 'answer', id, value }, changes };
    } catch (error) {
      return { answer: { kind: 'thrown', id, error: toPlainError(error) }, changes: [] };
    }
  }

  /** Each topic once, with its last value. */
  #tell(runs: readonly Run[]): void {
    const changes = new Map<Topic, Change>(runs.flatMap((run) => run.changes).map((change) => [change.topic, change]));
    const told = [...changes.values()].map((change) => ({ kind: 'changed', change }) as const);
    this.reply([...told, ...runs.map(({ answer }) => answer)]);
  }
}
