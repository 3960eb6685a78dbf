import type {
  Control,
  Event,
  Failure,
  FinishOutcome,
  Logger,
  ProviderLimits,
  Wizard,
  WizardPage,
} from '@exact/host-contracts';
import { NestedAppBridge } from '../sign-in/nested-app-bridge.js';
import type { AccessTokens } from '../sign-in/sign-in.js';
import { AccountPage } from './account-page.js';
import { AccountSignIn } from './account-sign-in.js';
import { Draft } from './draft.js';
import { finish, type FinishFrom } from './finish.js';
import { MailboxCounter } from './mailbox-counter.js';
import { ProviderPage } from './provider-page.js';
import { SchedulePage } from './schedule-page.js';
import { SetupTest } from './setup-test.js';
import { TestPage } from './test-page.js';
import type { SetupServices } from './setup-services.js';

/** All that a wizard opens with. */
export interface WizardStart extends FinishFrom {
  readonly limits: ProviderLimits;
  /** Why nothing can be signed in or tested: the database is not genuine. */
  readonly blocked: Failure | undefined;
  /** Why the stored settings could not be read; Finish replaces them. */
  readonly unreadable: Failure | undefined;
}

/** Configure > Email and SMS Setup, open. Nothing of it is stored before Finish. */
export class EmailSetupWizard implements Wizard {
  readonly onDidChange: Event<void>;
  private readonly draft: Draft;
  private readonly parts = new DisposableStack();
  private readonly microsoftPages: readonly WizardPage[];
  private readonly provider: ProviderPage;
  private readonly account: AccountPage;

  constructor(
    private readonly start: WizardStart,
    private readonly services: SetupServices,
    logger: Logger,
  ) {
    const { blocked, unreadable, limits, stored } = start;
    this.draft = this.parts.use(new Draft(start.settings, stored.other !== undefined));
    this.onDidChange = this.draft.onDidChange;
    const signIn = this.parts.use(
      new AccountSignIn(this.draft, services.broker, services.probe, services.clock, logger),
    );
    const bridge = new NestedAppBridge(
      () => signIn.start(),
      services.endpoints,
      () => this.account.canSignIn(),
    );
    const counter = this.parts.use(
      new MailboxCounter(this.draft, services.inbox, services.clock, (signal) => this.openMailbox(signal)),
    );
    const test = this.parts.use(new SetupTest(this.draft, services, () => this.tokens()));
    this.startOverWithEachAccount(counter, test);
    this.provider = new ProviderPage(this.draft, stored, [blocked, unreadable].flatMap(failureNotice));
    this.account = new AccountPage(this.draft, signIn, bridge, counter, services.helpTopics, blocked);
    this.microsoftPages = [this.account, new SchedulePage(this.draft, limits), new TestPage(this.draft, test, blocked)];
  }

  pages(): readonly WizardPage[] {
    return this.draft.provider === 'microsoft365' ? [this.provider, ...this.microsoftPages] : [this.provider];
  }

  finish(): Promise<FinishOutcome> {
    return finish(this.draft, this.start, this.services.configuration, this.services.practiceInformation);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.parts.dispose();
    return Promise.resolve();
  }

  /** What was counted or tested belongs to one account. */
  private startOverWithEachAccount(counter: MailboxCounter, test: SetupTest): void {
    let key = this.draft.account()?.key;
    this.draft.onDidChange(() => {
      const now = this.draft.account()?.key;
      if (now === key) return;
      key = now;
      test.reset();
      counter.countWhenDue();
    });
  }

  private tokens(): AccessTokens | undefined {
    const { signIn } = this.draft;
    if (signIn.kind === 'proved') return signIn.session;
    return signIn.kind === 'stored' ? this.services.broker.borrow(signIn.account.signedIn) : undefined;
  }

  private async openMailbox(signal: AbortSignal) {
    const tokens = this.tokens();
    const account = this.draft.account();
    if (!tokens || !account) throw new TypeError('no account stands in the draft');
    const { imap } = await this.services.endpoints.get();
    return this.services.mailboxes.open({ server: imap, user: account.imapUser, tokens, signal });
  }
}

function failureNotice(failure: Failure | undefined): readonly Control[] {
  return failure ? [{ kind: 'notice', id: failure.code, severity: 'warning', text: failure.sentence, failure }] : [];
}
