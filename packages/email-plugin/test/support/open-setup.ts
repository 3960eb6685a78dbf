import type {
  Clock,
  CommitOutcome,
  Configuration,
  ConfigurationCommit,
  Genuineness,
  JsonObject,
  Logger,
  OtherEmail,
  StoredConfiguration,
  Wizard,
} from '@exact/host-contracts';
import type { MailboxProbe, ProbeOutcome } from '../../src/probe/mailbox-probe.js';
import { TestMessages } from '../../src/probe/test-messages.js';
import type { Mailbox, SurveyedMessage } from '../../src/receive/mailbox.js';
import { EmailSetup } from '../../src/setup/email-setup.js';
import { SetupServices } from '../../src/setup/setup-services.js';
import { StoredSettings } from '../../src/settings/stored-settings.js';
import type { SignInAttempt, SignInBroker, SignInOutcome, SignInSession } from '../../src/sign-in/sign-in.js';

/** What a test gives the wizard to start from. */
export interface SetupSituation {
  readonly settings?: JsonObject;
  readonly other?: OtherEmail;
  readonly practiceAddress?: string;
  readonly genuineness?: Genuineness;
  readonly mailbox?: { readonly holds: readonly SurveyedMessage[]; readonly known: number };
}

/** A sign-in that the test ends. */
export interface FakeAttempt extends SignInAttempt {
  readonly wasCancelled: boolean;
  end(outcome: SignInOutcome): void;
}

/** What the wizard did, and the test's hands on it. */
export interface SetupFakes {
  readonly commits: ConfigurationCommit[];
  readonly attempts: FakeAttempt[];
  readonly articles: string[];
  probeAnswers(outcome: ProbeOutcome): void;
  /** Somebody else's Finish stores these settings; `undefined` = those of the situation. */
  changedMeanwhileBy(user: string, settings?: JsonObject): void;
}

/** The wizard as the host opens it, over host services that remember what they were asked. */
export async function openWizard(situation: SetupSituation = {}) {
  const fakes = new Fakes(situation);
  const setup = new EmailSetup(new StoredSettings(fakes.configuration), fakes.services(), silentLogger);
  const wizard = await setup.open();
  return {
    wizard,
    fakes: fakes as SetupFakes,
    until: (condition: () => Promise<boolean>) => until(wizard, condition),
    [Symbol.asyncDispose]: () => wizard[Symbol.asyncDispose](),
  };
}

/** A sign-in in memory with a token that no server asks for. */
export function fakeSession(username: string, tenantId = 'tenant'): SignInSession & { readonly isDisposed: boolean } {
  let isDisposed = false;
  return {
    handle: `handle of ${username}`,
    idToken: '',
    scopes: [],
    account: { homeAccountId: `oid.${tenantId}`, objectId: 'oid', tenantId, username },
    get isDisposed() {
      return isDisposed;
    },
    accessToken: () => Promise.resolve({ kind: 'token', accessToken: 'token', expiresAt: Number.MAX_SAFE_INTEGER }),
    serialize: () => `cache of ${username}`,
    [Symbol.dispose]() {
      isDisposed = true;
    },
  };
}

/** Resolves when the condition holds, looking again after each change of the wizard. */
async function until(wizard: Wizard, condition: () => Promise<boolean>): Promise<void> {
  for (;;) {
    // Listened for before looking, so that no change slips in between.
    const changed = Promise.withResolvers<undefined>();
    const subscription = wizard.onDidChange(() => {
      changed.resolve(undefined);
    });
    const holds = await condition();
    if (!holds) await changed.promise;
    subscription.dispose();
    if (holds) return;
  }
}

class Fakes implements SetupFakes {
  readonly commits: ConfigurationCommit[] = [];
  readonly attempts: FakeAttempt[] = [];
  readonly articles: string[] = [];
  private probeOutcome: ProbeOutcome | undefined;
  private changed: { readonly by: string; readonly at: number; readonly settings: JsonObject | undefined } | undefined;

  constructor(private readonly situation: SetupSituation) {}

  readonly configuration: Configuration = {
    read: () => Promise.resolve(this.stored()),
    commit: (commit) => Promise.resolve(this.commit(commit)),
    readSecret: () => Promise.resolve(undefined),
    writeSecret: unexpected,
    replaceSecret: unexpected,
    onDidChange: () => ({ dispose: () => undefined }),
  };

  probeAnswers(outcome: ProbeOutcome): void {
    this.probeOutcome = outcome;
  }

  changedMeanwhileBy(user: string, settings = this.situation.settings): void {
    this.changed = { by: user, at: 0, settings };
  }

  services(): SetupServices {
    const { situation } = this;
    const server = { host: 'mail.example', port: 1 };
    const limits = {
      messagesPerMinute: 30,
      recipientsPerDay: 10_000,
      recipientsPerMessage: 500,
      attachmentsPerMessage: 250,
      messageBytes: 36_700_160,
    };
    const broker: SignInBroker = {
      signIn: () => this.beginSignIn(),
      stored: unexpected,
      borrow: () => fakeSession('stored'),
    };
    const probe: Pick<MailboxProbe, 'probe'> = { probe: (address) => Promise.resolve(this.probe(address.address)) };
    return new SetupServices(
      clock,
      this.configuration,
      { open: (title) => Promise.resolve(void this.articles.push(title)) },
      {
        version: () => Promise.resolve('V13.706'),
        database: () =>
          Promise.resolve({ id: 'id', name: 'Practice', genuineness: situation.genuineness ?? { genuine: true } }),
        role: () => Promise.resolve('server'),
      },
      { countKnown: () => Promise.resolve(situation.mailbox?.known ?? 0) } as Partial<
        SetupServices['inbox']
      > as SetupServices['inbox'],
      { get: () => Promise.resolve({ clientId: '', authority: '', imap: server, smtp: server, limits }) },
      {
        read: () =>
          Promise.resolve({
            name: 'Practice',
            emailAddress: situation.practiceAddress ?? 'old@practice.example',
            campaignPlus: false,
          }),
        updateEmailAddress: unexpected,
        onDidChange: () => ({ dispose: () => undefined }),
      },
      broker,
      { open: () => Promise.resolve(this.mailbox()) },
      { connect: unexpected },
      probe as MailboxProbe,
      new TestMessages(clock),
    );
  }

  private stored(): StoredConfiguration {
    const { situation, changed } = this;
    const settings = changed ? changed.settings : situation.settings;
    return { revision: changed ? 1 : 0, settings, other: situation.other, changed };
  }

  private commit(commit: ConfigurationCommit): CommitOutcome {
    const current = this.stored();
    if (commit.expectedRevision !== current.revision) return { kind: 'refused', reason: 'stale-revision', current };
    this.commits.push(commit);
    return { kind: 'committed', revision: current.revision + 1 };
  }

  private probe(address: string): ProbeOutcome {
    return this.probeOutcome ?? { kind: 'proved', imapUser: address, smtpUser: address };
  }

  private beginSignIn(): SignInAttempt {
    const { promise, resolve } = Promise.withResolvers<SignInOutcome>();
    let wasCancelled = false;
    const attempt: FakeAttempt = {
      warnings: Promise.resolve([]),
      way: Promise.resolve({
        kind: 'page',
        url: `https://login.example/${String(this.attempts.length + 1)}`,
        opened: true,
      }),
      outcome: promise,
      get wasCancelled() {
        return wasCancelled;
      },
      cancel() {
        wasCancelled = true;
        resolve({ kind: 'cancelled' });
      },
      [Symbol.dispose]() {
        attempt.cancel();
      },
      end: resolve,
    };
    this.attempts.push(attempt);
    return attempt;
  }

  private mailbox(): Mailbox {
    const holds = this.situation.mailbox?.holds ?? [];
    const mailbox: Partial<Mailbox> = {
      exists: holds.length,
      async *survey() {
        yield await Promise.resolve(holds);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    return mailbox as Mailbox;
  }
}

const clock: Clock = { now: () => 0, sleep: () => Promise.resolve(), timeZone: () => 'Europe/London' };
const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

function unexpected(): never {
  throw new Error('the wizard asked for something that this test does not give');
}
