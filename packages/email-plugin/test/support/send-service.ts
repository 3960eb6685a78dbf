import {
  FailureError,
  type Genuineness,
  type HealthReport,
  type JobOutcome,
  type JobRequest,
  type NewEmail,
  type Prompt,
  type ProviderLimits,
  type StoredConfiguration,
} from '@exact/host-contracts';
import { EmailWarning } from '../../src/health/email-warning.js';
import type { Mailbox, MailboxConnector } from '../../src/receive/mailbox.js';
import { SendJob } from '../../src/send/send-job.js';
import { SmtpSubmissionConnector } from '../../src/send/smtp-submission-connector.js';
import type { SubmissionConnector } from '../../src/send/submission.js';
import { DEFAULT_SCHEDULE, type ScheduleSettings } from '../../src/settings/settings.js';
import type { AccessTokenOutcome, SignInBroker } from '../../src/sign-in/sign-in.js';
import { FakeClock } from './fake-clock.js';
import { MemoryOutbox } from './memory-outbox.js';
import { directNetwork, PRACTICE } from './submission-connection.js';

const SIGNED_IN = { homeAccountId: 'h', objectId: 'o', tenantId: 't', username: PRACTICE };
const MICROSOFT_LIMITS: ProviderLimits = {
  messagesPerMinute: 30,
  recipientsPerDay: 10_000,
  recipientsPerMessage: 500,
  attachmentsPerMessage: 250,
  messageBytes: 36_700_160,
};

/** What a test gives the job. */
export interface SendSituation {
  readonly provider?: 'microsoft365' | 'off';
  readonly schedule?: Partial<ScheduleSettings>;
  readonly limits?: Partial<ProviderLimits>;
  readonly smtp?: { readonly host: string; readonly port: number; readonly ca: string };
  /** When it begins, epoch ms. Default: a Monday morning. */
  readonly start?: number;
  /** Instead of SMTP. */
  readonly connector?: SubmissionConnector;
  /** Message-IDs in the Sent Items of a SASL user; one that is left out has no mailbox. */
  readonly sentItems?: Readonly<Record<string, readonly string[]>>;
  readonly smtpUser?: string;
}

/** The send job over host services in memory and a clock that stands until the test moves it. */
export class SendService implements AsyncDisposable {
  readonly clock: FakeClock;
  readonly outbox: MemoryOutbox;
  readonly prompts: Prompt[] = [];
  readonly opened: string[] = [];
  genuineness: Genuineness = { genuine: true };
  token: AccessTokenOutcome = { kind: 'token', accessToken: 'token', expiresAt: 0 };
  health: HealthReport | undefined;
  heartbeats = 0;
  sentItems: Readonly<Record<string, readonly string[]>>;
  private readonly job: SendJob;
  private aborting = new AbortController();
  private readonly requests = new Set<(request: JobRequest) => void>();
  private running: Promise<JobOutcome> | undefined;

  constructor(private readonly situation: SendSituation) {
    this.sentItems = situation.sentItems ?? {};
    this.clock = new FakeClock(situation.start);
    this.outbox = new MemoryOutbox('account', () => this.clock.now());
    const { clock, outbox } = this;
    const nothing = () => undefined;
    this.job = new SendJob(
      clock,
      {
        version: () => Promise.resolve('V13.706'),
        role: () => Promise.resolve('server'),
        database: () => Promise.resolve({ id: 'd', name: 'Practice', genuineness: this.genuineness }),
      },
      { info: nothing, warn: nothing, error: nothing },
      { get: () => Promise.resolve(this.microsoft()) },
      outbox,
      {
        report: (report) => Promise.resolve(void (this.health = report)),
        read: () => Promise.resolve([]),
        onDidChange: () => ({ dispose: nothing }),
      },
      { read: () => Promise.resolve({ stored: STORED, settings: this.settings() }) },
      this.broker(),
      situation.connector ?? new SmtpSubmissionConnector(directNetwork),
      this.mailboxes(),
      new EmailWarning({
        raise: (prompt) => Promise.resolve(void this.prompts.push(prompt)),
        withdraw: () => Promise.resolve(void this.prompts.splice(0)),
      }),
      () => 0,
    );
  }

  /** Queues an email to each, one by one. */
  async write(...recipients: readonly (readonly string[])[]): Promise<void> {
    for (const addresses of recipients) await this.outbox.enqueue(emailTo(addresses));
  }

  /** The same with bytes that are fixed already, so that sending takes no time of its own. */
  async writePrepared(...recipients: readonly (readonly string[])[]): Promise<void> {
    for (const addresses of recipients) {
      await this.outbox.enqueue(emailTo(addresses), Buffer.from('Subject: x\r\n\r\n'));
    }
  }

  /** Starts a run; the outcome is what it ends with. */
  start(...requests: readonly string[]): Promise<JobOutcome> {
    this.aborting = new AbortController();
    this.running = this.job.run({
      fence: this.outbox.fence,
      signal: this.aborting.signal,
      requests: requests.map((name) => ({ name, detail: {} })),
      onDidRequest: (listener) => {
        this.requests.add(listener);
        return { dispose: () => void this.requests.delete(listener) };
      },
      heartbeat: () => Promise.resolve(void (this.heartbeats += 1)),
    });
    return this.running;
  }

  request(name: string): void {
    for (const listener of this.requests) listener({ name, detail: {} });
  }

  /** The host asks the run to end. */
  stop(): Promise<JobOutcome> {
    this.aborting.abort(new Error('the host stops'));
    if (!this.running) throw new TypeError('nothing runs');
    return this.running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.aborting.abort(new Error('the test is over'));
    await this.running;
  }

  private settings() {
    const { provider = 'microsoft365', schedule, smtpUser = PRACTICE } = this.situation;
    return {
      provider,
      account: {
        key: 'account',
        address: PRACTICE,
        displayName: 'Bright Smile Dental',
        signedIn: SIGNED_IN,
        imapUser: PRACTICE,
        smtpUser,
      },
      schedule: { ...DEFAULT_SCHEDULE, delayBetweenEmailsSeconds: 0, ...schedule },
    };
  }

  private microsoft() {
    const server = this.situation.smtp ?? { host: 'localhost', port: 1 };
    const limits = { ...MICROSOFT_LIMITS, ...this.situation.limits };
    return { clientId: 'c', authority: 'a', imap: server, smtp: server, limits };
  }

  private broker(): SignInBroker {
    const tokens = { account: SIGNED_IN, accessToken: () => Promise.resolve(this.token) };
    const notAsked = () => {
      throw new TypeError('a job does not ask for this');
    };
    return { stored: () => tokens, borrow: notAsked, signIn: notAsked };
  }

  private mailboxes(): MailboxConnector {
    return {
      open: ({ user }) => {
        this.opened.push(user);
        const found = this.sentItems[user];
        if (!found) return Promise.reject(noMailbox());
        return Promise.resolve(sentItemsOf(found));
      },
    };
  }
}

const STORED: StoredConfiguration = { revision: 1, settings: {}, other: undefined, changed: undefined };

function emailTo(addresses: readonly string[]): NewEmail {
  return { to: addresses.map((address) => ({ address })), subject: 'Reminder', text: 'Hello', attachments: [] };
}

function noMailbox(): FailureError {
  const retry = { kind: 'backoff' } as const;
  return new FailureError({ code: 'imap.not-connected', sentence: '', fixedBy: 'nobody', advice: '', retry });
}

/** Only what a send run asks of a mailbox; anything else is a mistake. */
function sentItemsOf(messageIds: readonly string[]): Mailbox {
  const notAsked = () => {
    throw new TypeError('a send run does not ask for this');
  };
  return {
    uidValidity: 1,
    uidNext: 1,
    exists: 0,
    encryption: 'none',
    fetch: notAsked,
    refetch: notAsked,
    survey: notAsked,
    findByMessageId: notAsked,
    hasNews: false,
    wait: notAsked,
    isInSentItems: (messageId) => Promise.resolve(messageIds.includes(messageId)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
