import type { Failure, OutboxDecision, OutboxState } from '@exact/host-contracts';
import { number, text, toJson } from './columns.js';
import { isAllowed, type OutboxStep } from './outbox-transitions.js';
import type { Session } from './session.js';
import type { Database, SqlValue } from './sqlite.adapter.js';

/** Moves emails between states, along the table of transitions only. All of it runs inside the caller's transaction. */
export class OutboxStates {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  /** @param condition SQL over the columns of `emails`, with its order and limit */
  select(condition: string, ...parameters: SqlValue[]): readonly number[] {
    const rows = this.database.all(`SELECT id FROM emails WHERE ${condition}`, ...parameters);
    return rows.map((row) => number(row, 'id'));
  }

  /** `failure` is why it is there; without one there is none. @throws Error when the step does not lead there */
  move(step: OutboxStep, id: number, to: OutboxState, failure?: Failure): void {
    const from = this.#stateOf(id);
    if (from === undefined || !isAllowed(step, from, to)) {
      throw new Error(`${step} does not lead email ${id} from ${from ?? 'nowhere'} to ${to}`);
    }
    this.database.run('UPDATE emails SET state = ?, failure = ? WHERE id = ?', to, toJson(failure), id);
    if (folderOf(to) !== folderOf(from))
      this.database.run('UPDATE emails SET folder = ? WHERE id = ?', folderOf(to), id);
    this.session.changed({ topic: 'outbox', value: undefined });
  }

  /** A person lets it go on: it waits no longer for what its last attempt asked for, and counts as written now. */
  letGo(step: OutboxStep, id: number, decision: OutboxDecision['decision']): void {
    this.move(step, id, 'queued');
    this.decided(id, decision);
    const sql = 'UPDATE emails SET not_before = asked_not_before, released_at = ? WHERE id = ?';
    this.database.run(sql, this.session.now, id);
  }

  /** Keeps who decided about it, and when. */
  decided(id: number, decision: OutboxDecision['decision']): void {
    const { user: by, now: at } = this.session;
    const decided: OutboxDecision = { decision, by, at };
    this.database.run('UPDATE emails SET decided = ? WHERE id = ?', JSON.stringify(decided), id);
  }

  sent(id: number, at: number): void {
    this.database.run('UPDATE emails SET sent_at = ? WHERE id = ?', at, id);
  }

  /** Those that the step leads to `to`; a person's press leaves the others as they are. */
  ready(step: OutboxStep, ids: readonly number[], to: OutboxState): readonly number[] {
    return ids.filter((id) => {
      const from = this.#stateOf(id);
      return from !== undefined && isAllowed(step, from, to);
    });
  }

  #stateOf(id: number): OutboxState | undefined {
    const row = this.database.find('SELECT state FROM emails WHERE id = ?', id);
    return row && (text(row, 'state') as OutboxState);
  }
}

/** The list that an email of that state stands in. */
function folderOf(state: OutboxState): 'outbox' | 'sent' | 'stopped' {
  return state === 'sent' || state === 'stopped' ? state : 'outbox';
}
