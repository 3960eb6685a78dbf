import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CommandOutcome, HealthReport, InboxMessage, JsonObject, Subscription } from '@exact/host-contracts';
import { startTestHost, type FakeClock, type TestHost, type TestHostOptions } from '@exact/test-host';
import { CAST_PASSWORD } from '../src/microsoft365/cast.js';
import { OWN_CLIENT_ID, type Microsoft365 } from '../src/microsoft365/microsoft365.js';
import { IdentityBrowser } from './identity-browser.js';
import { RECEPTION } from './mail-servers.js';
import { msalApp } from './msal-node.adapter.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const EVERY_HOUR = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));

export interface ReceivingPracticeOptions extends TestHostOptions {
  readonly schedule?: JsonObject;
  /** What the mailbox holds before it is set up. */
  readonly mail?: readonly Uint8Array[];
}

/** A practice whose email was set up for reception's mailbox; it receives already. */
export class ReceivingPractice implements AsyncDisposable {
  private revision = 0;
  private readonly subscriptions: Subscription[] = [];

  private constructor(
    readonly host: TestHost,
    readonly microsoft365: Microsoft365,
  ) {}

  static async open({
    schedule = {},
    mail = [],
    ...options
  }: ReceivingPracticeOptions = {}): Promise<ReceivingPractice> {
    const practice = await ReceivingPractice.reopen(options);
    for (const raw of mail) practice.microsoft365.mailboxes.deliver(RECEPTION, raw);
    await practice.setUp(schedule);
    return practice;
  }

  /** As its data directory has it, which was set up before. */
  static async reopen(options: TestHostOptions): Promise<ReceivingPractice> {
    const host = await startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} }, ...options });
    const { microsoft365 } = host;
    if (!microsoft365) throw new TypeError('These tests need the own Microsoft 365');
    return new ReceivingPractice(host, microsoft365);
  }

  /** As Finish stores it; `resetCounter` forgets how far the mailbox was received. */
  async setUp(schedule: JsonObject = {}, resetCounter = false): Promise<void> {
    const { signedIn, tokenCache } = await signIn(this.microsoft365);
    const key = `microsoft365:${signedIn.tenantId}:${RECEPTION}`;
    const account = { key, address: RECEPTION, imapUser: RECEPTION, smtpUser: RECEPTION, signedIn };
    const outcome = await this.host.stores.configuration.commit({
      expectedRevision: this.revision,
      settings: { form: 1, provider: 'microsoft365', account, schedule: { ...SCHEDULE, ...schedule } },
      account: { key, address: { address: RECEPTION } },
      secrets: { 'token-cache': tokenCache },
      ...(resetCounter && { resetCounter: key }),
      retireOther: false,
      audit: [],
    });
    if (outcome.kind === 'committed') this.revision = outcome.revision;
  }

  /** Resolves when the Inbox holds so many messages; gives them newest first. */
  async inbox(count: number): Promise<readonly InboxMessage[]> {
    const { inbox } = this.host.stores;
    const rows = await this.when(async () => {
      const { rows: found, total } = await inbox.list({ folder: 'inbox', offset: 0, limit: 500 });
      return total >= count ? found : undefined;
    });
    return Promise.all(
      rows.map(async ({ id }) => {
        const message = await inbox.read(id);
        if (!message) throw new Error('The message has gone');
        return message;
      }),
    );
  }

  /** Resolves with the receive job's report once it fulfils the condition. */
  async health(fulfils: (report: HealthReport) => boolean): Promise<HealthReport> {
    return this.when(async () => {
      const reports = await this.host.stores.health.read();
      return reports.filter(isReceive).find(fulfils);
    });
  }

  /** Lets time pass, but for a connection that is at work, until something has come true. */
  async after<T>(clock: FakeClock, happens: Promise<T>): Promise<T> {
    const over = new AbortController();
    const happened = happens.finally(() => {
      over.abort();
    });
    while (!over.signal.aborted) {
      if (this.microsoft365.imap.connections === 0) await clock.advance(100);
      else await setImmediate();
    }
    return happened;
  }

  /** Gives the states that the receive job has reported since. */
  watchHealth(): () => readonly string[] {
    const reports = this.watchReports();
    return () => reports().map(({ state }) => state);
  }

  /** Gives what the receive job has reported since. */
  watchReports(): () => readonly HealthReport[] {
    const seen: HealthReport[] = [];
    const { health } = this.host.stores;
    this.subscriptions.push(
      health.onDidChange(() => {
        void health.read().then((reports) => seen.push(...reports.filter(isReceive)));
      }),
    );
    return () => seen;
  }

  sendReceive(): Promise<CommandOutcome> {
    return this.command('email.send-receive');
  }

  command(command: string): Promise<CommandOutcome> {
    return this.host.host.runCommand({ command });
  }

  async raw(id: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let offset = 0; ;) {
      const piece = await this.host.stores.inbox.raw(id, offset, 1024 * 1024);
      if (piece.byteLength === 0) return Buffer.concat(pieces);
      pieces.push(piece);
      offset += piece.byteLength;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const subscription of this.subscriptions) subscription.dispose();
    await this.host[Symbol.asyncDispose]();
  }

  /** Asks again with each change of the host until there is an answer. */
  private async when<T>(ask: () => Promise<T | undefined>): Promise<T> {
    const { stores } = this.host;
    for (;;) {
      const changed = Promise.withResolvers<undefined>();
      const wake = (): void => changed.resolve(undefined);
      const subscriptions = [stores.inbox.onDidChange(wake), stores.health.onDidChange(wake)];
      try {
        const answer = await ask();
        if (answer !== undefined) return answer;
        await changed.promise;
      } finally {
        for (const subscription of subscriptions) subscription.dispose();
      }
    }
  }
}

function isReceive({ part }: HealthReport): boolean {
  return part === 'receive';
}

const SCHEDULE = {
  sendImmediately: true,
  checkingTimes: EVERY_HOUR,
  checkEveryMinutes: 5,
  presetTimes: [],
  delayBetweenEmailsSeconds: 2,
};

/** Reception signs in as a person does. */
async function signIn(microsoft365: Microsoft365) {
  const app = msalApp(OWN_CLIENT_ID, microsoft365.services.authorityMetadata ?? '');
  const browser = new IdentityBrowser();
  const { account } = await app.signIn(
    (url) => browser.open(url),
    async () => {
      await browser.press('Use another account');
      await browser.press('Next', { Email: RECEPTION });
      await browser.press('Sign in', { Password: CAST_PASSWORD });
      if (browser.buttons.some((name) => name.includes('Accept'))) await browser.press('Accept');
    },
  );
  if (!account) throw new Error('Nobody signed in');
  const { homeAccountId, localAccountId: objectId, tenantId, username } = account;
  return { signedIn: { homeAccountId, objectId, tenantId, username }, tokenCache: app.serialize() };
}
