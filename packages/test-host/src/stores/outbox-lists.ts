import type {
  AccountKey,
  Failure,
  OutboxCounts,
  OutboxOrder,
  OutboxQuery,
  OutboxReason,
  OutboxRow,
  OutboxState,
  OutboxView,
} from '@exact/host-contracts';
import { checkLimit, json, number, optionalNumber, present, text } from './columns.js';
import type { OutboxRows } from './outbox-rows.js';
import type { Database, Row } from './sqlite.adapter.js';

const MOST_REASONS = 50;
const NEWEST_FIRST: OutboxOrder = { by: 'time', descending: true };

/** What is counted as one: a state that lasts, or `waiting` for all on the way out. */
type Counted = 'waiting' | Exclude<OutboxState, 'queued' | 'claimed' | 'submitting'>;

/** What each view holds. */
const COUNTED: Readonly<Record<Exclude<OutboxView, 'undelivered'>, readonly Counted[]>> = {
  outbox: ['waiting', 'held', 'failed', 'uncertain'],
  waiting: ['waiting'],
  held: ['held'],
  failed: ['failed'],
  uncertain: ['uncertain'],
  sent: ['sent'],
  stopped: ['stopped'],
};

/** Each is the expression of an index, to the letter, so that a page of a long list is found without sorting it. */
const SORTED_BY: Readonly<Record<OutboxOrder['by'], string>> = {
  time: 'queued_at',
  to: "json_extract(email, '$.to[0].address') COLLATE NOCASE",
  subject: "json_extract(email, '$.subject') COLLATE NOCASE",
};

/** What is shown of many emails at once. */
export class OutboxLists {
  constructor(
    private readonly database: Database,
    private readonly rows: OutboxRows,
  ) {}

  list({ view, order = NEWEST_FIRST, offset, limit }: OutboxQuery): {
    readonly rows: readonly OutboxRow[];
    readonly total: number;
  } {
    const direction = order.descending ? 'DESC' : 'ASC';
    const isSentTime = order.by === 'time' && (view === 'sent' || view === 'undelivered');
    const by = isSentTime ? 'sent_at' : SORTED_BY[order.by];
    const sql = `SELECT * FROM emails WHERE ${conditionOf(view)} ORDER BY ${by} ${direction}, id ${direction} LIMIT ? OFFSET ?`;
    const rows = this.database.all(sql, checkLimit(limit), offset).map((row) => this.rows.toRow(row));
    return { rows, total: view === 'undelivered' ? this.#undelivered(conditionOf(view)) : this.#count(COUNTED[view]) };
  }

  counts(account: AccountKey): OutboxCounts {
    const lastSent = "SELECT sent_at FROM emails WHERE folder = 'sent' AND account = ? ORDER BY sent_at DESC, id DESC";
    const next = `SELECT ifnull(not_before, queued_at) AS at FROM emails WHERE account = ? AND state = 'queued'
      ORDER BY ifnull(not_before, queued_at)`;
    const lastSentAt = this.#firstTime(`${lastSent} LIMIT 1`, account, 'sent_at');
    const nextAt = this.#firstTime(`${next} LIMIT 1`, account, 'at');
    return {
      waiting: this.#count(['waiting'], account),
      held: this.#count(['held'], account),
      failed: this.#count(['failed'], account),
      uncertain: this.#count(['uncertain'], account),
      undelivered: this.#undelivered('is_news = 1 AND account = ?', account),
      ...present<Pick<OutboxCounts, 'lastSentAt' | 'nextAt'>>({ lastSentAt, nextAt }),
    };
  }

  reasons(): readonly OutboxReason[] {
    const reasons = `SELECT state, count(*) AS emails, max(id) AS newest FROM emails
      WHERE folder = 'outbox' AND failure IS NOT NULL GROUP BY state, json_extract(failure, '$.code')`;
    const rows = this.database.all(
      `SELECT reasons.state, reasons.emails, failure FROM (${reasons}) AS reasons JOIN emails ON emails.id = newest
       ORDER BY reasons.emails DESC, newest DESC LIMIT ${MOST_REASONS}`,
    );
    return rows.map(toReason);
  }

  #count(counted: readonly Counted[], account?: AccountKey): number {
    const names = counted.map((name) => `'${name}'`).join(', ');
    const sql = `SELECT ifnull(sum(emails), 0) AS emails FROM email_counts WHERE counted_as IN (${names})`;
    const row = account === undefined ? this.database.find(sql) : this.database.find(`${sql} AND account = ?`, account);
    return row ? number(row, 'emails') : 0;
  }

  #undelivered(condition: string, ...parameters: string[]): number {
    const row = this.database.find(`SELECT count(*) AS emails FROM emails WHERE ${condition}`, ...parameters);
    return row ? number(row, 'emails') : 0;
  }

  #firstTime(sql: string, account: AccountKey, column: string): number | undefined {
    const row = this.database.find(sql, account);
    return row && optionalNumber(row, column);
  }
}

function conditionOf(view: OutboxView): string {
  switch (view) {
    case 'outbox':
    case 'sent':
    case 'stopped':
      return `folder = '${view}'`;
    case 'undelivered':
      return 'came_back = 1';
    case 'waiting':
      // Most of a long Outbox waits: its own order is quicker than putting three states together, which the + prevents.
      return "folder = 'outbox' AND +state IN ('queued', 'claimed', 'submitting')";
    case 'held':
    case 'failed':
    case 'uncertain':
      return `state = '${view}'`;
  }
}

function toReason(row: Row): OutboxReason {
  return {
    state: text(row, 'state') as OutboxState,
    failure: json(row, 'failure') as Failure,
    emails: number(row, 'emails'),
  };
}
