import type { Event, InboxStore, OutboxStore, ServiceHealth } from '@exact/host-contracts';
import type { AuditStore } from './audit-table.js';
import type { ConfigurationStore } from './configuration-table.js';
import type { DatabaseStore } from './database-table.js';
import type { JobRequests } from './job-request-table.js';
import type { Leases } from './lease-table.js';
import type { PatientStore } from './patient-table.js';
import type { PracticeStore } from './practice-table.js';
import type { PromptStore } from './prompt-table.js';
import type { Caller, Changes, Synchronous, Topic } from './session.js';
import type { OpenRefusal, StoreName, StoreThreadOptions } from './store-protocol.js';
import { StoreThreadClient } from './store-thread-client.js';

/**
 * What a practice has, in a SQLite file and a pack file that a thread of its own reads and writes, so that the host's main
 * thread never waits for a disk. The calls are answered in the order in which they were made.
 */
export interface PracticeStores extends AsyncDisposable {
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly configuration: ConfigurationStore;
  readonly health: ServiceHealth;
  readonly practice: PracticeStore;
  readonly prompts: PromptStore;
  readonly patients: PatientStore;
  readonly audit: AuditStore;
  readonly jobRequests: JobRequests;
  readonly leases: Leases;
  readonly database: DatabaseStore;
  readonly onDidChangePrompts: Event<undefined>;
  readonly onDidChangeDatabase: Event<undefined>;
  /** Resolves when the calls under way have ended. */
  idle(): Promise<void>;
}

/**
 * Opens the practice of a data directory: as its server, which has it to itself, or as a workstation beside one. What
 * another process changed is told here within two seconds.
 *
 * @param caller who calls and when, asked at each call
 */
export async function openPracticeStores(
  options: StoreThreadOptions,
  caller: () => Caller,
): Promise<PracticeStores | OpenRefusal> {
  const client = await StoreThreadClient.start(options, caller);
  if (!(client instanceof StoreThreadClient)) return client;
  return connect(client);
}

function connect(client: StoreThreadClient): PracticeStores {
  const listenTo =
    <K extends Topic>(topic: K): Event<Changes[K]> =>
    (listener) =>
      client.on(topic, listener);
  return {
    inbox: { ...calls<InboxStore>(client, 'inbox', INBOX), onDidChange: listenTo('inbox') },
    outbox: { ...calls<OutboxStore>(client, 'outbox', OUTBOX), onDidChange: listenTo('outbox') },
    configuration: {
      ...calls<ConfigurationStore>(client, 'configuration', CONFIGURATION),
      onDidChange: listenTo('configuration'),
    },
    health: { ...calls<ServiceHealth>(client, 'health', HEALTH), onDidChange: listenTo('health') },
    practice: { ...calls<PracticeStore>(client, 'practice', PRACTICE), onDidChange: listenTo('practice') },
    prompts: calls<PromptStore>(client, 'prompts', PROMPTS),
    patients: calls<PatientStore>(client, 'patients', PATIENTS),
    audit: calls<AuditStore>(client, 'audit', AUDIT),
    jobRequests: {
      ...calls<JobRequests>(client, 'jobRequests', JOB_REQUESTS),
      onDidAdd: listenTo('jobRequests'),
      onDidAskRestart: listenTo('jobRestart'),
    },
    leases: calls<Leases>(client, 'leases', LEASES),
    database: calls<DatabaseStore>(client, 'database', DATABASE),
    onDidChangePrompts: listenTo('prompts'),
    onDidChangeDatabase: listenTo('database'),
    idle: () => client.idle(),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

/** Every method of a store: the compiler asks for all of them. */
type Methods<T> = Readonly<Record<keyof Synchronous<T>, true>>;

const INBOX: Methods<InboxStore> = {
  cursor: true,
  download: true,
  stage: true,
  receive: true,
  countKnown: true,
  setAside: true,
  list: true,
  read: true,
  raw: true,
  markRead: true,
  move: true,
  link: true,
};
const OUTBOX: Methods<OutboxStore> = {
  enqueue: true,
  recover: true,
  claim: true,
  submitting: true,
  settle: true,
  uncertain: true,
  sentSince: true,
  counts: true,
  reasons: true,
  report: true,
  findReported: true,
  failingAddresses: true,
  trustAddress: true,
  release: true,
  reset: true,
  decide: true,
  markSeen: true,
  stop: true,
  list: true,
  read: true,
};
const CONFIGURATION: Methods<ConfigurationStore> = {
  read: true,
  commit: true,
  readSecret: true,
  writeSecret: true,
  replaceSecret: true,
  account: true,
};
const HEALTH: Methods<ServiceHealth> = { report: true, read: true };
const PRACTICE: Methods<PracticeStore> = { read: true, updateEmailAddress: true, setCampaignPlus: true };
const PROMPTS: Methods<PromptStore> = { raise: true, withdraw: true, pending: true };
const PATIENTS: Methods<PatientStore> = { findByAddresses: true, list: true, seed: true };
const AUDIT: Methods<AuditStore> = { record: true, list: true };
const JOB_REQUESTS: Methods<JobRequests> = { add: true, take: true, restart: true };
const LEASES: Methods<Leases> = { acquire: true, renew: true, release: true };
const DATABASE: Methods<DatabaseStore> = { read: true, rename: true };

type Calls<T> = Pick<T, keyof Synchronous<T>>;

/** The store as its contract has it, each method a call into the thread. */
function calls<T>(client: StoreThreadClient, store: StoreName, methods: Methods<T>): Calls<T> {
  const remote = Object.keys(methods).map((method) => [
    method,
    (...args: readonly unknown[]) => client.call(store, method, args),
  ]);
  return Object.fromEntries(remote) as Calls<T>;
}
