import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure, MailAccount, NewEmail, ReceiveBatch, ReceivedMessage } from '@exact/host-contracts';
import { FakeClock } from '../dist/src/host/fake-clock.js';
import { openPracticeStores, type PracticeStores } from '../dist/src/stores/practice-stores.js';

export const ACCOUNT = 'microsoft365:tenant:reception@brightsmile.example';
export const USER = 'Front desk';
export const START = Date.parse('2026-11-23T09:00:00Z');
export const DAY = 24 * 60 * 60 * 1000;

export const account: MailAccount = { key: ACCOUNT, address: { address: 'reception@brightsmile.example' } };

export const SEED = {
  databaseName: 'Bright Smile Dental',
  practice: { name: 'Bright Smile Dental', emailAddress: 'old@brightsmile.example', campaignPlus: false },
};

export const failure: Failure = {
  code: 'test.failure',
  sentence: 'It did not work.',
  fixedBy: 'nobody',
  advice: '',
  retry: { kind: 'backoff' },
};

/** A practice's stores in a directory of their own, with a clock to set. */
export class StoresHarness implements AsyncDisposable {
  readonly clock = new FakeClock(START);
  stores!: PracticeStores;

  private constructor(
    readonly directory: string,
    private allowedRecipients: readonly string[] | undefined,
  ) {}

  get now(): number {
    return this.clock.now();
  }

  static async open(options: { readonly allowedRecipients?: readonly string[] } = {}): Promise<StoresHarness> {
    const directory = await mkdtemp(join(tmpdir(), 'exact-stores-'));
    const harness = new StoresHarness(directory, options.allowedRecipients);
    await harness.reopen();
    return harness;
  }

  /** With an account set up, so that mail can be sent. */
  static async openConnected(options: { readonly allowedRecipients?: readonly string[] } = {}): Promise<StoresHarness> {
    const harness = await StoresHarness.open(options);
    await harness.commit({ account });
    return harness;
  }

  /** As a start of the host does, after whatever ended the last one. */
  async reopen(also: { readonly allowedRecipients?: readonly string[] } = {}): Promise<void> {
    this.allowedRecipients = also.allowedRecipients ?? this.allowedRecipients;
    const opened = await this.tryToOpen();
    if ('kind' in opened) throw new Error(`Not opened: ${opened.kind}`);
    this.stores = opened;
    this.clock.settleWith(() => opened.idle());
  }

  tryToOpen() {
    const { directory: dataDirectory, allowedRecipients } = this;
    return openPracticeStores({ dataDirectory, allowedRecipients, seed: SEED }, () => ({ now: this.now, user: USER }));
  }

  /** A workstation beside it, with a user of its own: as another process opens the same directory. Ends before this does. */
  async openWorkstation(user = 'Back office'): Promise<PracticeStores> {
    const { directory: dataDirectory, allowedRecipients } = this;
    const opened = await openPracticeStores({ dataDirectory, allowedRecipients, seed: undefined }, () => ({
      now: this.now,
      user,
    }));
    if ('kind' in opened) throw new Error(`Not opened: ${opened.kind}`);
    this.clock.settleWith(() => opened.idle());
    return opened;
  }

  async close(): Promise<void> {
    await this.stores[Symbol.asyncDispose]();
  }

  async lease(holder = 'server'): Promise<number> {
    const outcome = await this.stores.leases.acquire(holder, 90_000);
    if (outcome.kind === 'held') throw new Error('Somebody else has the lease');
    return outcome.fence;
  }

  /** Finish at the present revision. */
  async commit(also: Partial<Parameters<PracticeStores['configuration']['commit']>[0]> = {}) {
    const { revision } = await this.stores.configuration.read();
    return this.stores.configuration.commit({
      expectedRevision: revision,
      settings: { form: 1 },
      account: undefined,
      secrets: {},
      retireOther: false,
      audit: [],
      ...also,
    });
  }

  async enqueue(email: Partial<NewEmail> = {}): Promise<number> {
    const queued = await this.stores.outbox.enqueue(newEmail(email));
    if (queued.kind === 'off') throw new Error('Email is off');
    return queued.id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

export function newEmail(email: Partial<NewEmail> = {}): NewEmail {
  return { to: [{ address: 'alice@patients.example' }], subject: 'Hello', text: 'Hello', attachments: [], ...email };
}

export function message(uid: number, also: Partial<ReceivedMessage> = {}): ReceivedMessage {
  return {
    uid,
    identity: `identity-${uid}`,
    arrivedAt: START + uid * 1000,
    raw: { bytes: Buffer.from(`Subject: Message ${uid}\r\n\r\nBody ${uid}\r\n`) },
    index: {
      messageId: `<${uid}@patients.example>`,
      references: [],
      subject: `Message ${uid}`,
      from: { address: 'Alice@Patients.Example', name: 'Alice' },
      to: [],
      cc: [],
      preview: `Body ${uid}`,
      attachments: [],
      problems: [],
    },
    texts: { text: Buffer.from(`Body ${uid}`) },
    patients: [],
    ...also,
  };
}

/** The first batch of the account's INBOX, up to the highest UID in it. */
export function batch(
  fence: number,
  messages: readonly ReceivedMessage[],
  also: Partial<ReceiveBatch> = {},
): ReceiveBatch {
  const mailbox = 'INBOX';
  const lastUid = Math.max(0, ...messages.map(({ uid }) => uid));
  const next = { account: ACCOUNT, mailbox, uidValidity: 7, lastUid };
  return { fence, account: ACCOUNT, mailbox, expected: undefined, next, messages, setAside: [], ...also };
}
