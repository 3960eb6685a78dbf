import type { Failure, OutboxDecision, OutboxState } from '@exact/host-contracts';
import { number, text, toJson } from './columns.js';
import { isAllowed, type OutboxStep } from './outbox-transitions.js';
import type { Session } from './session.js';
import type { Database, SqlValue } from './sqlite.adapter.js';

/** What is told of an email beside its state. Times are epoch ms; without a value they stay as they are. */
interface MoveDetails {
  readonly failure?: Failure | undefined;
  readonly notBefore?: number | undefined;
  readonly sentAt?: number | undefined;
  readonly messageId?: string | undefined;
}

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

  /**
   * `failure` is why it is there; without one there is none. `also`: what else is written with it. Columns that stay as
   * they are are left out, so that their indexes are left alone.
   *
   * @throws Error when the step does not lead there
   */
  move(step: OutboxStep, id: number, to: OutboxState, { failure, ...also }: MoveDetails = {}): void {
    const from = this.#stateOf(id);
    if (from === undefined || !isAllowed(step, from, to)) {
      throw new Error(`${step} does not lead email ${id} from ${from ?? 'nowhere'} to ${to}`);
    }
    const columns = {
      state: to,
      failure: toJson(failure),
      ...(folderOf(to) !== folderOf(from) && { folder: folderOf(to) }),
      ...(also.notBefore !== undefined && { not_before: also.notBefore }),
      ...(also.sentAt !== undefined && { sent_at: also.sentAt }),
      ...(also.messageId !== undefined && { message_id: also.messageId }),
    };
    const assignments = Object.keys(columns).map((column) => `${column} = ?`);
    if (step === 'begin') assignments.push('attempts = attempts + 1');
    this.database.run(`UPDATE emails SET ${assignments.join(', ')} WHERE id = ?`, ...Object.values(columns), id);
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
