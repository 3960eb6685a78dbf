import type { OutboxOrder, OutboxView } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { beginPractice, createTables, type PracticeTables } from '../dist/src/stores/practice-tables.js';
import { PackedBytes } from '../dist/src/stores/packed-bytes.js';
import { SCHEMA_UPDATES } from '../dist/src/stores/schema.js';
import { updateSchema } from '../dist/src/stores/schema-updates.js';
import { Session } from '../dist/src/stores/session.js';
import { Database, type Row, type SqlValue } from '../dist/src/stores/sqlite.adapter.js';
import { makePack, makeSecretBox } from './conformance-memory.js';
import { ACCOUNT, SEED, START } from './stores-harness.js';

const EMAILS = 50_000;
const STATES = ['queued', 'sent', 'failed', 'held', 'uncertain', 'stopped'] as const;
/** SQLite's words for reading every row, and for sorting what it has read. */
const READS_ALL = /^SCAN emails(?! USING)|USE TEMP B-TREE/;

/** Tells how each question is answered. */
class ExplainedDatabase extends Database {
  readonly plans: string[] = [];

  override all(sql: string, ...parameters: SqlValue[]): readonly Row[] {
    this.explain(sql, parameters);
    return super.all(sql, ...parameters);
  }

  override find(sql: string, ...parameters: SqlValue[]): Row | undefined {
    this.explain(sql, parameters);
    return super.find(sql, ...parameters);
  }

  private explain(sql: string, parameters: readonly SqlValue[]): void {
    const steps = super.all(`EXPLAIN QUERY PLAN ${sql}`, ...parameters);
    this.plans.push(...steps.map(({ detail }) => String(detail)));
  }
}

class LongOutbox implements Disposable {
  readonly database = new ExplainedDatabase(':memory:', 0);
  private readonly pack = makePack();
  private readonly session: Session;
  readonly tables: PracticeTables;

  /** Most wait; of each 100 emails one stands in each of the other states. Written by an older version of the host. */
  constructor() {
    const { database, pack } = this;
    updateSchema({ database, pack }, SCHEMA_UPDATES.slice(0, 2));
    this.database.transaction(() => {
      for (let index = 0; index < EMAILS; index += 1) this.write(index);
    });
    updateSchema({ database, pack }, SCHEMA_UPDATES);
    const session = new Session(database);
    this.session = session;
    const packed = new PackedBytes(database, pack);
    this.tables = createTables({ database, session, packed, secrets: makeSecretBox(), allowedRecipients: undefined });
    beginPractice(database, this.tables, SEED);
    database.run('UPDATE lease SET highest_fence = 1');
    database.plans.length = 0;
  }

  list(view: OutboxView, by: OutboxOrder['by'], descending: boolean, offset = 0) {
    return this.tables.outbox.list({ view, order: { by, descending }, offset, limit: 3 });
  }

  claim(): number | undefined {
    const claim = () => this.tables.outbox.claim({ account: ACCOUNT, fence: 1, now: START });
    return this.session.run({ now: START, user: 'Front desk' }, claim).value?.id;
  }

  [Symbol.dispose](): void {
    this.database[Symbol.dispose]();
    this.pack[Symbol.dispose]();
  }

  private write(index: number): void {
    const state = STATES[index % 100] ?? 'queued';
    const sent = state === 'sent' ? START - index : null;
    const subject = `Recall ${String(index).padStart(5, '0')}`;
    const email = {
      to: [{ address: `patient-${String(EMAILS - index).padStart(5, '0')}@x.example` }],
      subject,
      text: `Text ${index}`,
    };
    const failure = state === 'failed' ? JSON.stringify({ code: `code-${index % 300}` }) : null;
    this.database.run(
      `INSERT INTO emails (account, state, queued_at, queued_by, sent_at, email, failure, attempts)
       VALUES (?, ?, ?, 'Front desk', ?, ?, ?, 0)`,
      ACCOUNT,
      state,
      START - EMAILS + index,
      sent,
      JSON.stringify(email),
      failure,
    );
  }
}

describe('an Outbox of 50,000 emails', () => {
  test('is counted, and each part of it is listed with how many it holds', () => {
    using outbox = new LongOutbox();
    expect(outbox.tables.outbox.counts(ACCOUNT)).toEqual({
      waiting: EMAILS * 0.95,
      held: 500,
      failed: 500,
      uncertain: 500,
      undelivered: 0,
      lastSentAt: START - 1,
      nextAt: START - EMAILS,
    });
    const views = ['outbox', 'waiting', 'held', 'failed', 'uncertain', 'sent', 'stopped'] as const;
    const totals = views.map((view) => outbox.list(view, 'time', true).total);
    expect(totals).toEqual([49_000, 47_500, 500, 500, 500, 500, 500]);
  });

  test('that an older version wrote keeps what each email says', () => {
    using outbox = new LongOutbox();
    const [first] = outbox.list('outbox', 'time', false).rows;
    expect(outbox.tables.outbox.read(first?.id ?? 0)?.email).toEqual({
      to: [{ address: `patient-${EMAILS}@x.example` }],
      subject: 'Recall 00000',
      text: 'Text 0',
      attachments: [],
    });
  });

  test('is sorted from both ends and shown from any place', () => {
    using outbox = new LongOutbox();
    const subjects = (...query: Parameters<LongOutbox['list']>) => outbox.list(...query).rows.map((row) => row.subject);
    expect(subjects('outbox', 'time', true)).toEqual(['Recall 49999', 'Recall 49998', 'Recall 49997']);
    expect(subjects('outbox', 'to', false)).toEqual(['Recall 49999', 'Recall 49998', 'Recall 49997']);
    expect(subjects('outbox', 'subject', false)).toEqual(['Recall 00000', 'Recall 00002', 'Recall 00003']);
    expect(subjects('outbox', 'time', true, 48_998)).toEqual(['Recall 00002', 'Recall 00000']);
    expect(subjects('sent', 'time', true)).toEqual(['Recall 00001', 'Recall 00101', 'Recall 00201']);
    expect(subjects('failed', 'subject', true)).toEqual(['Recall 49902', 'Recall 49802', 'Recall 49702']);
  });

  test('is shown, counted and worked off without reading or sorting all of it', () => {
    using outbox = new LongOutbox();
    for (const view of ['outbox', 'waiting', 'sent', 'stopped'] as const) {
      for (const by of ['time', 'to', 'subject'] as const) outbox.list(view, by, true);
    }
    for (const view of ['held', 'failed', 'uncertain'] as const) outbox.list(view, 'time', true);
    outbox.tables.outbox.counts(ACCOUNT);
    outbox.tables.outbox.sentSince(ACCOUNT, START - 1000);
    expect(outbox.claim()).toBe(1);
    const { plans } = outbox.database;
    expect(plans.length).toBeGreaterThan(20);
    expect(plans.filter((plan) => READS_ALL.test(plan) && !plan.includes('DISTINCT'))).toEqual([]);
  });

  test('tells each reason once, however many emails have it', () => {
    using outbox = new LongOutbox();
    const reasons = outbox.tables.outbox.reasons();
    expect(reasons.map(({ failure: { code }, emails }) => [code, emails])).toEqual([
      ['code-102', 167],
      ['code-2', 167],
      ['code-202', 166],
    ]);
  });
});
