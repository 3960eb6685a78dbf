import type { Fence } from '../contributions/job.js';
import type { Failure } from '../failure.js';
import type { MailAccount } from '../mail/account.js';
import type { Download } from '../mail/download.js';
import type { Configuration, ConfigurationCommit, CommitOutcome } from '../services/configuration.js';
import type { InboxRow, InboxStore, ReceiveBatch, ReceivedMessage } from '../services/inbox-store.js';
import type { NewEmail, OutboxStore } from '../services/outbox-store.js';
import { expectData, expectThat, present } from './expect.js';

export const ACCOUNT: MailAccount = {
  key: 'conformance:reception@practice.example',
  address: { address: 'reception@practice.example', name: 'Reception' },
};
export const OTHER_ACCOUNT = 'conformance:accounts@practice.example';
export const MAILBOX = 'INBOX';
export const ARRIVAL = Date.parse('2026-11-23T09:00:00Z');

/** After the present of any host's clock, so that only what asks for more has to wait. */
export const LATER = Date.parse('2099-01-01T00:00:00Z');

export const DOWNLOAD: Download = {
  messagesDone: 1,
  messagesTotal: 20_000,
  bytesDone: 60,
  bytesTotal: 1_400_000_000,
  paused: false,
};

export const FAILURE: Failure = {
  code: 'conformance.failure',
  sentence: 'It did not work.',
  fixedBy: 'nobody',
  advice: '',
  retry: { kind: 'backoff' },
};

/** Every byte there is, twice around: what a text column or a decoder on the way would damage. */
export function everyByte(length = 512): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) bytes[index] = index * 7;
  return bytes;
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function message(uid: number, also: Partial<ReceivedMessage> = {}): ReceivedMessage {
  return {
    uid,
    identity: uid.toString(16).padStart(64, '0'),
    arrivedAt: ARRIVAL + uid * 1000,
    raw: { bytes: utf8(`Subject: Message ${uid}\r\n\r\nBody ${uid}\r\n`) },
    index: {
      messageId: `<${uid}@patients.example>`,
      references: [],
      subject: `Message ${uid}`,
      from: { address: 'Alice@Patients.Example', name: 'Alice' },
      to: [{ address: 'reception@practice.example' }],
      cc: [],
      preview: `Body ${uid}`,
      attachments: [],
      problems: [],
    },
    texts: { text: utf8(`Body ${uid}`) },
    patients: [],
    ...also,
  };
}

/** The first batch of the account's INBOX, up to its highest UID. */
export function batch(
  fence: Fence,
  messages: readonly ReceivedMessage[],
  also: Partial<ReceiveBatch> = {},
): ReceiveBatch {
  const account = also.account ?? ACCOUNT.key;
  const lastUid = Math.max(0, ...messages.map(({ uid }) => uid), ...(also.setAside ?? []).map(({ uid }) => uid));
  const next = { account, mailbox: MAILBOX, uidValidity: 7, lastUid };
  return { fence, account, mailbox: MAILBOX, expected: undefined, next, messages, setAside: [], ...also };
}

/** Stores a batch and returns it. */
export async function receive(inbox: InboxStore, given: ReceiveBatch): Promise<ReceiveBatch> {
  const outcome = await inbox.receive(given);
  expectThat(outcome.kind === 'stored', `A batch that nothing speaks against was not stored: ${outcome.kind}.`);
  return given;
}

/** The rows of a folder, newest first. */
export async function rowsOf(inbox: InboxStore, folder: InboxRow['folder'] = 'inbox'): Promise<readonly InboxRow[]> {
  return (await inbox.list({ folder, offset: 0, limit: 500 })).rows;
}

/** The one row of the Inbox. */
export async function onlyRow(inbox: InboxStore): Promise<InboxRow> {
  const rows = await rowsOf(inbox);
  expectData('The number of messages in the Inbox', rows.length, 1);
  return present(rows[0], 'The message');
}

export function newEmail(also: Partial<NewEmail> = {}): NewEmail {
  return { to: [{ address: 'alice@patients.example' }], subject: 'Hello', text: 'Hello', attachments: [], ...also };
}

export async function enqueue(outbox: OutboxStore, also: Partial<NewEmail> = {}): Promise<number> {
  const outcome = await outbox.enqueue(newEmail(also));
  expectThat(outcome.kind === 'queued', 'An email was not queued although an account is configured.');
  return outcome.id;
}

/** Finish at the revision that is stored, with the account unless told otherwise. */
export async function commit(
  configuration: Configuration,
  also: Partial<ConfigurationCommit> = {},
): Promise<CommitOutcome> {
  const { revision } = await configuration.read();
  return configuration.commit({
    expectedRevision: revision,
    settings: { form: 1 },
    account: ACCOUNT,
    secrets: {},
    retireOther: false,
    audit: [],
    ...also,
  });
}
