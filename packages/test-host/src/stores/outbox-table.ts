import {
  type AccountKey,
  type DeliveryReport,
  type FailingAddress,
  type Fence,
  type FencedOutcome,
  type NewEmail,
  type OutboxCounts,
  type OutboxEmail,
  type OutboxQuery,
  type OutboxReason,
  type OutboxStore,
  type OutgoingMessage,
  type RecipientOutcome,
  type ReportedDelivery,
  type ReportOutcome,
  STALE_FENCE,
  type SubmissionOutcome,
} from '@exact/host-contracts';
import type { AllowedRecipients } from './allowed-recipients.js';
import { number, toJson } from './columns.js';
import type { ConfigurationTable } from './configuration-table.js';
import type { DeliveryReports } from './delivery-reports.js';
import type { FailingAddresses } from './failing-addresses.js';
import type { LeaseTable } from './lease-table.js';
import { OutboxLists } from './outbox-lists.js';
import { OutboxRows } from './outbox-rows.js';
import { OutboxStates } from './outbox-states.js';
import type { Session, Synchronous } from './session.js';
import { type Settlement, settlementOf } from './settlement.js';
import type { Database } from './sqlite.adapter.js';

type RecoverRequest = Parameters<OutboxStore['recover']>[0];
type ClaimRequest = Parameters<OutboxStore['claim']>[0];

const MOST_IN_DOUBT = 100;
const MOST_TIMES = 100;

/** What the Outbox stands on. */
export interface OutboxTableParts {
  readonly database: Database;
  readonly session: Session;
  readonly leases: LeaseTable;
  readonly configuration: ConfigurationTable;
  readonly allowed: AllowedRecipients;
  readonly reports: DeliveryReports;
  readonly failing: FailingAddresses;
}

export class OutboxTable implements Synchronous<OutboxStore> {
  readonly #rows: OutboxRows;
  readonly #states: OutboxStates;
  readonly #lists: OutboxLists;

  readonly #database: Database;
  readonly #session: Session;
  readonly #leases: LeaseTable;
  readonly #reports: DeliveryReports;

  constructor(private readonly parts: OutboxTableParts) {
    const { database, session, leases, reports } = parts;
    this.#database = database;
    this.#session = session;
    this.#leases = leases;
    this.#reports = reports;
    this.#rows = new OutboxRows(database);
    this.#states = new OutboxStates(database, session);
    this.#lists = new OutboxLists(database, this.#rows);
  }

  enqueue(email: NewEmail): { kind: 'queued'; id: number } | { kind: 'off' } {
    const { to, cc = [], bcc = [] } = email;
    this.parts.allowed.check([...to, ...cc, ...bcc].map(({ address }) => address));
    return this.#database.transaction(() => {
      const account = this.parts.configuration.account();
      if (!account) return { kind: 'off' };
      const { user: by, now: at } = this.#session;
      const id = this.#rows.insert({ email, account: account.key, by, at });
      this.#session.changed({ topic: 'outbox', value: undefined });
      return { kind: 'queued', id };
    });
  }

  recover({ account, fence, heldBefore, heldFailure, uncertainFailure }: RecoverRequest): FencedOutcome {
    return this.#leases.fenced(fence, () => {
      for (const id of this.#states.select("state = 'claimed'")) this.#states.move('recover', id, 'queued');
      for (const id of this.#states.select("state = 'submitting'"))
        this.#states.move('recover', id, 'uncertain', { failure: uncertainFailure });
      const old =
        "state = 'queued' AND account = ? AND max(queued_at, ifnull(asked_not_before, 0), ifnull(released_at, 0)) < ?";
      for (const id of this.#states.select(old, account, heldBefore))
        this.#states.move('recover', id, 'held', { failure: heldFailure });
    });
  }

  claim({ account, fence, now }: ClaimRequest): OutboxEmail | undefined {
    return this.#database.transaction(() => {
      if (this.#leases.isStale(fence)) return undefined;
      const due = `state = 'queued' AND account = ? AND ifnull(not_before, 0) <= ?
        ORDER BY ifnull(not_before, queued_at), id LIMIT 1`;
      for (;;) {
        const [id] = this.#states.select(due, account, now);
        if (id === undefined) return undefined;
        const refusal = this.parts.allowed.refusal(this.#rows.recipients(id).map(({ address }) => address));
        this.#states.move('claim', id, refusal ? 'held' : 'claimed', { failure: refusal });
        if (!refusal) return this.#rows.findEmail(id);
      }
    });
  }

  submitting(id: number, fence: Fence, { messageId, raw }: OutgoingMessage): FencedOutcome {
    return this.#leases.fenced(fence, () => {
      this.#rows.fix(id, { messageId, raw });
      this.#states.move('begin', id, 'submitting', { messageId });
    });
  }

  settle(id: number, fence: Fence, outcome: SubmissionOutcome): FencedOutcome {
    return this.#leases.fenced(fence, () => {
      const settlement = settlementOf(outcome, this.#rows.recipients(id));
      this.#end('settle', id, settlement, outcome.kind === 'settled' ? outcome.at : this.#session.now);
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
    // CROSS: beginning with the recipients of that time, not with all emails of the account.
    const accepted = `FROM email_recipients CROSS JOIN emails ON emails.id = email_recipients.email
      WHERE account = ? AND accepted_at >= ?`;
    const total = this.#database.find(`SELECT count(*) AS total ${accepted}`, account, since);
    const times = this.#database.all(
      `SELECT DISTINCT emails.id, accepted_at ${accepted} ORDER BY accepted_at DESC LIMIT ${MOST_TIMES}`,
      account,
      since,
    );
    return { recipients: total ? number(total, 'total') : 0, times: times.map((row) => number(row, 'accepted_at')) };
  }

  counts(account: AccountKey): OutboxCounts {
    return this.#lists.counts(account);
  }

  reasons(): readonly OutboxReason[] {
    return this.#lists.reasons();
  }

  report({ fence, ...delivery }: ReportedDelivery): ReportOutcome {
    return this.#database.transaction(() => {
      if (this.#leases.isStale(fence)) return { kind: 'refused', reason: STALE_FENCE };
      const id = this.#reports.note(delivery);
      return id === undefined ? { kind: 'nothing' } : { kind: 'noted', id };
    });
  }

  findReported(report: DeliveryReport): number | undefined {
    return this.#reports.find(report);
  }

  failingAddresses(addresses: readonly string[]): readonly FailingAddress[] {
    return this.parts.failing.find(addresses);
  }

  trustAddress(address: string): void {
    this.#database.transaction(() => {
      this.parts.failing.trust(address);
    });
  }

  release(ids: readonly number[]): void {
    this.#database.transaction(() => {
      for (const id of this.#states.ready('release', ids, 'queued')) this.#states.letGo('release', id, 'released');
    });
  }

  reset(ids: readonly number[]): void {
    this.#database.transaction(() => {
      const arrived = "SELECT 1 FROM emails WHERE id = ? AND state = 'sent' AND came_back = 0";
      const undelivered = ids.filter((id) => this.#database.find(arrived, id) === undefined);
      for (const id of this.#states.ready('reset', undelivered, 'queued')) {
        this.#states.letGo('reset', id, 'reset');
        const refused = "email = ? AND outcome = 'refused'";
        this.#database.run(`UPDATE email_recipients SET outcome = 'pending', failure = NULL WHERE ${refused}`, id);
        this.#reports.forget(id);
      }
    });
  }

  markSeen(ids: readonly number[]): void {
    this.#database.transaction(() => {
      this.#reports.markSeen(ids);
    });
  }

  decide(id: number, decision: 'arrived' | 'send-again'): void {
    this.#database.transaction(() => {
      if (this.#states.ready('decide', [id], 'sent').length === 0) return;
      if (decision === 'arrived') {
        this.#arrived(id);
        return;
      }
      this.#states.letGo('decide', id, 'sent again');
      this.#reports.forget(id);
    });
  }

  stop(ids: readonly number[]): void {
    this.#database.transaction(() => {
      for (const id of this.#states.ready('stop', ids, 'stopped')) {
        this.#states.move('stop', id, 'stopped');
        this.#states.decided(id, 'stopped');
      }
    });
  }

  list(query: OutboxQuery) {
    return this.#lists.list(query);
  }

  read(id: number): OutboxEmail | undefined {
    return this.#rows.findEmail(id);
  }

  #arrived(id: number): void {
    const recipients = this.#rows.recipients(id);
    const arrived = recipients.map((each): RecipientOutcome => {
      return each.outcome === 'pending' ? { address: each.address, outcome: 'accepted' } : each;
    });
    const at = this.#session.now;
    this.#end('decide', id, settlementOf({ kind: 'settled', recipients: arrived, at }, recipients), at);
    this.#states.decided(id, 'arrived');
  }

  /** The email where its submission has led it, and what became of each recipient. */
  #end(step: 'settle' | 'decide', id: number, { state, failure, notBefore, recipients }: Settlement, at: number): void {
    this.#states.move(step, id, state, { failure, notBefore, sentAt: state === 'sent' ? at : undefined });
    recipients.forEach(({ outcome, failure: reason }, position) => {
      this.#database.run(
        `UPDATE email_recipients SET outcome = ?1, failure = ?2,
           accepted_at = CASE WHEN ?1 = 'accepted' THEN ifnull(accepted_at, ?3) END WHERE email = ?4 AND position = ?5`,
        outcome,
        toJson(reason),
        at,
        id,
        position,
      );
    });
  }
}
