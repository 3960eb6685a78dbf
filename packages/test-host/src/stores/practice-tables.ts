import { randomUUID } from 'node:crypto';
import type { OtherEmail, Practice } from '@exact/host-contracts';
import { AllowedRecipients } from './allowed-recipients.js';
import { AuditTable } from './audit-table.js';
import { ConfigurationTable } from './configuration-table.js';
import { DatabaseTable } from './database-table.js';
import { DeliveryReports } from './delivery-reports.js';
import { FailingAddresses } from './failing-addresses.js';
import { HealthTable } from './health-table.js';
import { InboxTable } from './inbox-table.js';
import { JobRequestTable } from './job-request-table.js';
import { LeaseTable } from './lease-table.js';
import { OutboxTable } from './outbox-table.js';
import type { PackedBytes } from './packed-bytes.js';
import { PatientTable } from './patient-table.js';
import { PracticeTable } from './practice-table.js';
import { PromptTable } from './prompt-table.js';
import { RawMessages } from './raw-messages.js';
import type { SecretBox } from './secret-box.js';
import type { Session } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** What a new practice database begins with. One that is there keeps what it has. */
export interface PracticeSeed {
  readonly databaseName: string;
  readonly practice: Practice;
  /** Email as an older host left it behind. */
  readonly other?: OtherEmail;
}

/** Every table, by the name that calls use. */
export type PracticeTables = ReturnType<typeof createTables>;

export interface TableOptions {
  readonly database: Database;
  readonly session: Session;
  readonly packed: PackedBytes;
  readonly secrets: SecretBox;
  /** `undefined` = everybody may be written to. */
  readonly allowedRecipients: readonly string[] | undefined;
}

export function createTables({ database, session, packed, secrets, allowedRecipients }: TableOptions) {
  const leases = new LeaseTable(database, session, new RawMessages(database, packed));
  const prompts = new PromptTable(database, session);
  const audit = new AuditTable(database, session);
  const patients = new PatientTable(database);
  const configuration = new ConfigurationTable(database, session, secrets, leases, prompts, audit);
  const allowed = new AllowedRecipients(allowedRecipients);
  const failing = new FailingAddresses(database, session);
  const reports = new DeliveryReports(database, session, failing);
  return {
    leases,
    prompts,
    audit,
    patients,
    configuration,
    inbox: new InboxTable(database, session, packed, leases, patients, failing),
    outbox: new OutboxTable({ database, session, leases, configuration, allowed, failing, reports }),
    health: new HealthTable(database, session, leases),
    practice: new PracticeTable(database, session, audit),
    jobRequests: new JobRequestTable(database, session, leases),
    database: new DatabaseTable(database, session),
  };
}

/** Called once at each start, by the process that has the file to itself. */
export function beginPractice(database: Database, tables: PracticeTables, seed: PracticeSeed): void {
  database.transaction(() => {
    tables.database.seed({ id: randomUUID(), name: seed.databaseName });
    tables.practice.seed(seed.practice);
    if (seed.other) tables.configuration.seedOther(seed.other);
    tables.leases.forgetHolder();
  });
}
