import { FailureError, type Failure, type ProgressControl, type StepState } from '@exact/host-contracts';
import { asFailure } from '../failures/failures.js';
import { MAILBOX_FULL } from '../probe/mailbox-probe.js';
import { waitForArrival } from '../probe/test-messages.js';
import type { SubmitOutcome } from '../send/submission.js';
import type { AccountSettings } from '../settings/settings.js';
import type { AccessTokens } from '../sign-in/sign-in.js';
import { addressOf, type Draft } from './draft.js';
import { testNotSeen } from './setup-failures.js';
import type { SetupServices } from './setup-services.js';

type Step = ProgressControl['steps'][number];
type StepName = 'Sign in' | 'Open mailbox' | 'Send' | 'Receive';

const STEPS: readonly StepName[] = ['Sign in', 'Open mailbox', 'Send', 'Receive'];

/** The four steps of the Test page: a real message goes from the practice to itself. */
export class SetupTest implements Disposable {
  steps: readonly Step[] = waiting();
  /** What was negotiated, once it is known. */
  encryption: { readonly receiving?: string; readonly sending?: string } | undefined;
  private running: AbortController | undefined;

  constructor(
    private readonly draft: Draft,
    private readonly services: SetupServices,
    private readonly tokensOf: () => AccessTokens | undefined,
  ) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Starts the test from its first step; does nothing while one runs. */
  start(): void {
    const account = this.draft.account();
    const tokens = this.tokensOf();
    if (this.running || !account || !tokens) return;
    const running = new AbortController();
    this.running = running;
    this.encryption = undefined;
    this.steps = waiting();
    this.draft.update(() => undefined);
    void this.run(account, tokens, running.signal).finally(() => {
      if (this.running === running) this.running = undefined;
      this.draft.update(() => undefined);
    });
  }

  /** Back to the beginning, when another account stands in the draft. */
  reset(): void {
    this.running?.abort();
    this.running = undefined;
    this.encryption = undefined;
    this.steps = waiting();
  }

  [Symbol.dispose](): void {
    this.running?.abort();
  }

  /** Never rejects: a step that fails shows why and ends the test. */
  private async run(account: AccountSettings, tokens: AccessTokens, signal: AbortSignal): Promise<void> {
    const { services } = this;
    const { imap, smtp } = await services.endpoints.get();
    await using opened = new AsyncDisposableStack();
    const signedIn = await this.step('Sign in', signal, async () => {
      const outcome = await tokens.accessToken();
      if (outcome.kind !== 'token') throw new FailureError(outcome.failure);
    });
    if (signedIn.kind === 'failed') return;
    const mailbox = await this.step('Open mailbox', signal, async () => {
      const inbox = opened.use(await services.mailboxes.open({ server: imap, user: account.imapUser, tokens, signal }));
      this.encryption = { receiving: inbox.encryption };
      return { inbox, fromUid: inbox.uidNext };
    });
    if (mailbox.kind === 'failed') return;
    const sent = await this.step('Send', signal, async () => {
      const submission = opened.use(
        await services.submissions.connect({ server: smtp, user: account.smtpUser, tokens, signal }),
      );
      this.encryption = { ...this.encryption, sending: submission.encryption };
      const { id } = await services.host.database();
      const message = await services.testMessages.compose(addressOf(account), id);
      const envelope = { from: account.address, recipients: [account.address], raw: message.raw };
      const outcome = await submission.submit(envelope);
      if (outcome.kind === 'accepted') return message;
      throw new FailureError(await whyNotSent(outcome, account.smtpUser));
    });
    if (sent.kind === 'failed') return;
    await this.step('Receive', signal, async () => {
      const { inbox, fromUid } = mailbox.value;
      const arrival = await waitForArrival(inbox, sent.value.messageId, fromUid, services.clock, signal);
      if (arrival === 'not-seen') throw new FailureError(testNotSeen());
    });
  }

  private async step<T>(
    name: StepName,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<{ readonly kind: 'passed'; readonly value: T } | { readonly kind: 'failed' }> {
    const { clock } = this.services;
    const from = clock.now();
    this.show(name, signal, { state: 'running' });
    try {
      const value = await work();
      this.show(name, signal, { state: 'passed', took: clock.now() - from });
      return { kind: 'passed', value };
    } catch (error) {
      this.show(name, signal, { state: 'failed', took: clock.now() - from, failure: asFailure(error, 'network') });
      return { kind: 'failed' };
    }
  }

  private show(
    name: StepName,
    signal: AbortSignal,
    shown: { state: StepState; took?: number; failure?: Failure },
  ): void {
    if (signal.aborted) return;
    this.steps = this.steps.map((step) => (step.text === name ? { text: name, ...shown } : step));
    this.draft.update(() => undefined);
  }
}

/** The catalogue's words are for the Outbox; here somebody waits, and tries again. */
async function whyNotSent(outcome: Exclude<SubmitOutcome, { kind: 'accepted' }>, smtpUser: string): Promise<Failure> {
  const { failure } = outcome;
  if (outcome.kind !== 'refused' || outcome.status !== MAILBOX_FULL) return failure;
  const { mailboxFull } = await import('../probe/probe-failures.js');
  return mailboxFull(smtpUser, smtpUser, failure);
}

function waiting(): readonly Step[] {
  return STEPS.map((text) => ({ text, state: 'waiting' }));
}
