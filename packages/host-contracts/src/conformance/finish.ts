import type { AuditEntry } from '../services/audit-log.js';
import type { Prompt } from '../services/prompts.js';
import type { ConfigurationHost } from './configuration-store.js';
import { expectData, expectThat } from './expect.js';
import type { InboxStoreHost } from './inbox-store.js';
import type { OutboxStoreHost } from './outbox-store.js';
import { saysWhoAndWhen } from './practice-information.js';
import {
  ACCOUNT,
  batch,
  commit,
  DOWNLOAD,
  enqueue,
  FAILURE,
  LATER,
  MAILBOX,
  message,
  newEmail,
  OTHER_ACCOUNT,
  receive,
  rowsOf,
} from './samples.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims that Finish changes all that it changes at once. */
export interface FinishHost extends ConfigurationHost, InboxStoreHost, OutboxStoreHost {
  /** The prompts that stand before a user who has every right, as they were raised. */
  readonly pendingPrompts: () => Promise<readonly Prompt[]>;
  /** What is on record, oldest first, with who and when (epoch ms). */
  readonly auditEntries: () => Promise<readonly (AuditEntry & { readonly by: string; readonly at: number })[]>;
}

const QUESTION: Prompt = {
  id: 'conformance.question',
  title: 'Practice Information',
  text: 'Update the address?',
  right: 'configure-email',
  choices: [{ text: 'Yes' }, { text: 'Later', postpones: true }],
};
const ENTRY: AuditEntry = {
  subject: 'email.account',
  title: 'Practice email address',
  before: null,
  after: { key: ACCOUNT.key },
};
const SIGNED_IN: AuditEntry = { subject: 'email.sign-in', title: 'Signed in', before: 'reception', after: 'manager' };

const FINISH: HostPromises<FinishHost> = {
  'Finish forgets the counter of the account that it resets, and only that': async (host) => {
    const { inbox, configuration } = host;
    const fence = await host.grantLease();
    const setAside = [{ uid: 2, failure: FAILURE }];
    await receive(inbox, batch(fence, [message(1)], { setAside, download: { ...DOWNLOAD, paused: true } }));
    const other = await receive(inbox, batch(fence, [message(3)], { account: OTHER_ACCOUNT }));
    await commit(configuration, { resetCounter: ACCOUNT.key });
    expectData('The counter', await inbox.cursor(ACCOUNT.key, MAILBOX), undefined);
    expectData('What stands set aside', await inbox.setAside(ACCOUNT.key, MAILBOX), []);
    expectData('The download', await inbox.download(ACCOUNT.key, MAILBOX), undefined);
    expectData('The counter of the other account', await inbox.cursor(OTHER_ACCOUNT, MAILBOX), other.next);
  },

  'mail that is downloaded again after a reset is not there twice': async (host) => {
    const { inbox, configuration } = host;
    await receive(inbox, batch(await host.grantLease(), [message(1)]));
    await commit(configuration, { resetCounter: ACCOUNT.key });
    const again = batch(await host.grantLease(), [message(1), message(2)]);
    expectData('The outcome', await inbox.receive(again), { kind: 'stored', added: 1, known: 1 });
    expectData('The number of messages', (await rowsOf(inbox)).length, 2);
  },

  'the question of Finish stands before the user with the commit': async ({ configuration, pendingPrompts }) => {
    await commit(configuration, { prompt: QUESTION });
    expectData('The prompts', await pendingPrompts(), [QUESTION]);
  },

  'what Finish changes is on record, with who changed it and when': async ({ configuration, auditEntries }) => {
    await commit(configuration, { audit: [ENTRY] });
    const entries = await auditEntries();
    expectData('The record', entries, [ENTRY]);
    expectThat(entries.every(saysWhoAndWhen), 'The record does not say who changed it and when.');
  },

  'a person who signed in again is on record, one who came too late is not': async (host) => {
    const { configuration, auditEntries } = host;
    await commit(configuration, { secrets: { tokens: 'first' } });
    await configuration.replaceSecret('tokens', 'second', 1, [SIGNED_IN]);
    await configuration.replaceSecret('tokens', 'late', 0, [{ ...SIGNED_IN, after: 'late' }]);
    expectData('The record', await auditEntries(), [SIGNED_IN]);
  },

  'a Finish that is refused resets no counter, asks nothing and records nothing': async (host) => {
    const { inbox, configuration } = host;
    await commit(configuration);
    const { next } = await receive(inbox, batch(await host.grantLease(), [message(1)]));
    const late = { expectedRevision: 0, resetCounter: ACCOUNT.key, prompt: QUESTION, audit: [ENTRY] };
    expectData('The outcome', await commit(configuration, late), { kind: 'refused' });
    expectData('The counter', await inbox.cursor(ACCOUNT.key, MAILBOX), next);
    expectData('The prompts', await host.pendingPrompts(), []);
    expectData('The record', await host.auditEntries(), []);
  },

  'a batch of a run that began before Finish is refused, though its cursor still fits': async (host) => {
    const fence = await host.grantLease();
    await commit(host.configuration);
    const outcome = await host.inbox.receive(batch(fence, [message(1)]));
    expectData('The outcome', outcome, { kind: 'refused', reason: 'stale-fence' });
    expectData('The number of messages', (await rowsOf(host.inbox)).length, 0);
  },

  'a run that began before Finish claims no email': async (host) => {
    await commit(host.configuration);
    await enqueue(host.outbox);
    const fence = await host.grantLease();
    await commit(host.configuration);
    const claimed = await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    expectData('The claimed email', claimed, undefined);
  },

  'email that is turned off keeps what waits and takes no more': async ({ configuration, outbox }) => {
    await commit(configuration);
    const id = await enqueue(outbox);
    await commit(configuration, { account: undefined });
    expectData('The outcome', await outbox.enqueue(newEmail()), { kind: 'off' });
    expectData('The email that waits', await outbox.read(id), { state: 'queued' });
  },
};

/** What a host owes to Finish, across configuration, inbox, outbox, prompts and audit log: all or nothing. */
export function finish(suite: Suite<FinishHost>): void {
  register(suite, FINISH);
}
