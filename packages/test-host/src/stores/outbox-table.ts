import {
  type AccountKey,
  type Fence,
  type FencedOutcome,
  type NewEmail,
  type OutboxCounts,
  type OutboxEmail,
  type OutboxRow,
  type OutboxStore,
  type RecipientOutcome,
  type SubmissionOutcome,
} from '@exact/host-contracts';
import type { AllowedRecipients } from './allowed-recipients.js';
import { checkLimit, number, optionalNumber, present, toJson } from './columns.js';
import type { ConfigurationTable } from './configuration-table.js';
import type { LeaseTable } from './lease-table.js';
import { OutboxRows } from './outbox-rows.js';
import { OutboxStates } from './outbox-states.js';
import type { Session, Synchronous } from './session.js';
import { type Settlement, settlementOf } from './settlement.js';
import type { Database } from './sqlite.adapter.js';

type RecoverRequest = Parameters<OutboxStore['recover']>[0];
type ClaimRequest = Parameters<OutboxStore['claim']>[0];

const MOST_IN_DOUBT = 100;
const MOST_TIMES = 100;

export class OutboxTable implements Synchronous<OutboxStore> {
  readonly #rows: OutboxRows;
  readonly #states: OutboxStates;

  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly leases: LeaseTable,
    private readonly configuration: ConfigurationTable,
    private readonly allowed: AllowedRecipients,
  ) {
    this.#rows = new OutboxRows(database);
    this.#states = new OutboxStates(database, session);
  }

  enqueue(email: NewEmail): { kind: 'queued'; id: number } | { kind: 'off' } {
    const { to, cc = [], bcc = [] } = email;
    this.allowed.check([...to, ...cc, ...bcc].map(({ address }) => address));
    return this.database.transaction(() => {
      const account = this.configuration.account();
      if (!account) return { kind: 'off' };
      const { user: by, now: at } = this.session;
      const id = this.#rows.insert({ email, account: account.key, by, at });
      this.session.changed({ topic: 'outbox', value: undefined });
      return { kind: 'queued', id };
    });
  }

  recover({ account, fence, heldBefore, heldFailure, uncertainFailure }: RecoverRequest): FencedOutcome {
    return this.leases.fenced(fence, () => {
      for (const id of this.#states.select("state = 'claimed'")) this.#states.move('recover', id, 'queued');
      for (const id of this.#states.select("state = 'submitting'"))
        this.#states.move('recover', id, 'uncertain', uncertainFailure);
      const old =
        "state = 'queued' AND account = ? AND max(queued_at, ifnull(asked_not_before, 0), ifnull(released_at, 0)) < ?";
      for (const id of this.#states.select(old, account, heldBefore))
        this.#states.move('recover', id, 'held', heldFailure);
    });
  }

  claim({ account, fence, now }: ClaimRequest): OutboxEmail | undefined {
    return this.database.transaction(() => {
      if (this.leases.isStale(fence)) return undefined;
      const due = "state = 'queued' AND account = ? AND ifnull(not_before, 0) <= ? ORDER BY queued_at, id";
      for (const id of this.#states.select(due, account, now)) {
        const refusal = this.allowed.refusal(this.#rows.recipients(id).map(({ address }) => address));
        this.#states.move('claim', id, refusal ? 'held' : 'claimed', refusal);
        if (!refusal) return this.#rows.findEmail(id);
      }
      return undefined;
    });
  }

  prepare(id: number, fence: Fence, { messageId, raw }: { messageId: string; raw: Uint8Array }): FencedOutcome {
    return this.leases.fenced(fence, () => {
      const row = this.#existing(id);
      if (row.state !== 'claimed') throw new Error(`Email ${id} is ${row.state}, not claimed`);
      if (row.messageId !== undefined) throw new Error(`Email ${id} is prepared already`);
      this.database.run('UPDATE emails SET message_id = ? WHERE id = ?', messageId, id);
      this.database.run('INSERT INTO email_raws VALUES (?, ?)', id, raw);
    });
  }

  submitting(id: number, fence: Fence): FencedOutcome {
    return this.leases.fenced(fence, () => {
      this.#states.move('begin', id, 'submitting');
      this.database.run('UPDATE emails SET attempts = attempts + 1 WHERE id = ?', id);
    });
  }

  settle(id: number, fence: Fence, outcome: SubmissionOutcome): FencedOutcome {
    return this.leases.fenced(fence, () => {
      const settlement = settlementOf(outcome, this.#existing(id).recipients);
      this.#states.move('settle', id, settlement.state, settlement.failure);
      if (settlement.notBefore !== undefined) {
        this.database.run('UPDATE emails SET not_before = ? WHERE id = ?', settlement.notBefore, id);
      }
      this.#record(id, settlement, outcome.kind === 'settled' ? outcome.at : this.session.now);
    });
  }

  uncertain(account: AccountKey): readonly OutboxEmail[] {
    const ids = this.#states.select(
      `state = 'uncertain' AND account = ? ORDER BY queued_at, id LIMIT ${MOST_IN_DOUBT}`,
      account,
    );
    return ids.flatMap((id) => this.#rows.findEmail(id) ?? []);
  }

  sentSince(account: AccountKey, since: number): { recipients: number; times: readonly number[] } {
    const accepted = `FROM email_recipients JOIN emails ON emails.id = email_recipients.email
      WHERE account = ? AND accepted_at >= ?`;
    const total = this.database.find(`SELECT count(*) AS total ${accepted}`, account, since);
    const times = this.database.all(
      `SELECT DISTINCT emails.id, accepted_at ${accepted} ORDER BY accepted_at DESC LIMIT ${MOST_TIMES}`,
      account,
      since,
    );
    return { recipients: total ? number(total, 'total') : 0, times: times.map((row) => number(row, 'accepted_at')) };
  }

  counts(account: AccountKey): OutboxCounts {
    const row = this.database.find(
      `SELECT count(*) FILTER (WHERE state IN ('queued', 'claimed', 'submitting')) AS waiting,
         count(*) FILTER (WHERE state = 'held') AS held, count(*) FILTER (WHERE state = 'failed') AS failed,
         count(*) FILTER (WHERE state = 'uncertain') AS uncertain, max(sent_at) AS last_sent_at,
         min(ifnull(not_before, queued_at)) FILTER (WHERE state = 'queued') AS next_at
       FROM emails WHERE account = ?`,
      account,
    );
    if (!row) throw new Error('SQLite counted nothing');
    const count = (column: 'waiting' | 'held' | 'failed' | 'uncertain') => number(row, column);
    return {
      waiting: count('waiting'),
      held: count('held'),
      failed: count('failed'),
      uncertain: count('uncertain'),
      ...present<Pick<OutboxCounts, 'lastSentAt' | 'nextAt'>>({
        lastSentAt: optionalNumber(row, 'last_sent_at'),
        nextAt: optionalNumber(row, 'next_at'),
      }),
    };
  }

  release(ids: readonly number[]): void {
    this.database.transaction(() => {
      for (const id of this.#states.ready('release', ids, 'queued')) this.#states.letGo('release', id);
    });
  }

  reset(ids: readonly number[]): void {
    this.database.transaction(() => {
      for (const id of this.#states.ready('reset', ids, 'queued')) {
        this.#states.letGo('reset', id);
        const refused = "email = ? AND outcome = 'refused'";
        this.database.run(`UPDATE email_recipients SET outcome = 'pending', failure = NULL WHERE ${refused}`, id);
      }
    });
  }

  decide(id: number, decision: 'arrived' | 'send-again'): void {
    this.database.transaction(() => {
      if (this.#states.ready('decide', [id], 'sent').length === 0) return;
      if (decision === 'send-again') this.#states.letGo('decide', id);
      else this.#arrived(id);
    });
  }

  stop(ids: readonly number[]): void {
    this.database.transaction(() => {
      for (const id of this.#states.ready('stop', ids, 'stopped')) this.#states.move('stop', id, 'stopped');
    });
  }

  list({ folder, offset, limit }: { folder: 'outbox' | 'sent'; offset: number; limit: number }) {
    const where = folder === 'sent' ? "state = 'sent'" : "state NOT IN ('sent', 'stopped')";
    const newest = folder === 'sent' ? 'sent_at DESC, id DESC' : 'queued_at DESC, id DESC';
    const sql = `SELECT * FROM emails WHERE ${where} ORDER BY ${newest} LIMIT ? OFFSET ?`;
    const rows = this.database.all(sql, checkLimit(limit), offset).map((row) => this.#rows.toRow(row));
    const total = this.database.find(`SELECT count(*) AS total FROM emails WHERE ${where}`);
    return { rows, total: total ? number(total, 'total') : 0 };
  }

  read(id: number): OutboxEmail | undefined {
    return this.#rows.findEmail(id);
  }

  #arrived(id: number): void {
    const { recipients } = this.#existing(id);
    const arrived = recipients.map((each): RecipientOutcome => {
      return each.outcome === 'pending' ? { address: each.address, outcome: 'accepted' } : each;
    });
    const at = this.session.now;
    const settlement = settlementOf({ kind: 'settled', recipients: arrived, at }, recipients);
    this.#states.move('decide', id, settlement.state, settlement.failure);
    this.#record(id, settlement, at);
  }

  /** What became of each recipient, and of the email when all have it. */
  #record(id: number, { state, recipients }: Settlement, at: number): void {
    if (state === 'sent') this.#states.sent(id, at);
    recipients.forEach(({ outcome, failure }, position) => {
      this.database.run(
        `UPDATE email_recipients SET outcome = ?1, failure = ?2,
           accepted_at = CASE WHEN ?1 = 'accepted' THEN ifnull(accepted_at, ?3) END WHERE email = ?4 AND position = ?5`,
        outcome,
        toJson(failure),
        at,
        id,
        position,
      );
    });
  }

  #existing(id: number): OutboxRow {
    const row = this.#rows.find(id);
    if (!row) throw new Error(`There is no email ${id}`);
    return row;
  }
}
