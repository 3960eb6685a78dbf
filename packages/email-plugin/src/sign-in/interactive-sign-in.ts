import type { Clock, Failure, Logger } from '@exact/host-contracts';
import type { ApprovalWait } from './approval/approval-wait.js';
import { explainSignInError } from './sign-in-error.js';
import type { SignInAttempt, SignInOutcome, SignInRequest, SignInSession } from './sign-in.js';

/** Nobody is waited for longer, milliseconds. */
const LIMIT_MS = 5 * 60_000;

type Msal = typeof import('./msal-node.adapter.js');

/** Where an attempt stands before Microsoft's page opens. */
export type BeforeSignIn =
  { readonly kind: 'ready'; readonly warnings: readonly Failure[] } | Exclude<SignInOutcome, { kind: 'signed-in' }>;

/** What an attempt works with. */
export interface InteractiveSignInParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Opens the page for the user; a browser that does not open is no end, because the page shows the link too. */
  openBrowser(url: string): Promise<void>;
  /** Runs before Microsoft's page opens; an outcome ends the attempt with it. `signal`: the attempt has ended. */
  before(signal: AbortSignal): Promise<BeforeSignIn>;
  /** Signs in with a fresh client. Rejects as MSAL does. */
  signIn(request: SignInRequest, open: (url: string) => Promise<void>): Promise<SignInSession>;
  loadMsal(): Promise<Msal>;
  /** Where it waits for an administrator's approval; without one it ends when Microsoft asks for that. */
  readonly approval?: ApprovalWait | undefined;
}

/** One sign-in on Microsoft's pages: ends with its outcome, by Cancel, or after five minutes, whichever is first. */
export class InteractiveSignIn implements SignInAttempt {
  readonly url: Promise<string | undefined>;
  readonly warnings: Promise<readonly Failure[]>;
  readonly outcome: Promise<SignInOutcome>;
  private readonly knownUrl = Promise.withResolvers<string | undefined>();
  private readonly warned = Promise.withResolvers<readonly Failure[]>();
  private readonly ended = Promise.withResolvers<SignInOutcome>();
  private readonly stop = new AbortController();
  /** The sign-in page that MSAL waits for. */
  private page: string | undefined;

  constructor(
    private readonly parts: InteractiveSignInParts,
    private readonly request: SignInRequest,
  ) {
    this.url = this.knownUrl.promise;
    this.warnings = this.warned.promise;
    this.outcome = this.ended.promise;
    void this.watchTime();
    void this.run();
    void this.takeApproval();
  }

  get approval(): ApprovalWait | undefined {
    return this.parts.approval;
  }

  cancel(): void {
    this.end({ kind: 'cancelled' });
  }

  private async watchTime(): Promise<void> {
    try {
      await this.parts.clock.sleep(LIMIT_MS, this.stop.signal);
      // An approval takes longer, and has a limit of its own.
      if (!this.approval?.need) this.end({ kind: 'timed-out' });
    } catch {
      // Ended before: the sleep was only aborted.
    }
  }

  private async run(): Promise<void> {
    try {
      const before = await this.parts.before(this.stop.signal);
      if (before.kind !== 'ready') {
        this.end(before);
        return;
      }
      this.warned.resolve(before.warnings);
      const session = await this.parts.signIn(this.request, (url) => this.open(url));
      this.page = undefined;
      if (!this.end(await this.judge(session))) session[Symbol.dispose]();
    } catch (error) {
      this.page = undefined;
      await this.fail(error);
    }
  }

  private async fail(error: unknown): Promise<void> {
    const { approval } = this;
    const meaning = await explainSignInError(error, () => this.parts.loadMsal(), this.parts.clock.now());
    if (this.stop.signal.aborted) return;
    if (meaning.kind === 'approval-needed') {
      if (approval) await approval.begin(meaning.correlationId);
      else this.end({ kind: 'failed', failure: meaning.failure });
    } else if (approval?.need && meaning.kind === 'cancelled') {
      // The user has said that an approval is missing, and left Microsoft's page for that.
      await approval.begin(undefined);
    } else this.end(meaning);
  }

  private async takeApproval(): Promise<void> {
    const outcome = await this.approval?.outcome;
    if (outcome && !this.end(outcome) && outcome.kind === 'signed-in') outcome.session[Symbol.dispose]();
  }

  private async open(url: string): Promise<void> {
    this.page = url;
    if (this.stop.signal.aborted) throw new Error('the sign-in was ended before its page opened');
    this.knownUrl.resolve(url);
    try {
      await this.parts.openBrowser(url);
    } catch (error) {
      this.parts.logger.warn('sign-in.browser-not-opened', {
        reason: Error.isError(error) ? error.message : String(error),
      });
    }
  }

  /** The same account is asked for again: another one is no success. */
  private async judge(session: SignInSession): Promise<SignInOutcome> {
    const { request } = this;
    if (request.kind === 'again' && session.account.homeAccountId !== request.account.homeAccountId) {
      session[Symbol.dispose]();
      const { otherAccount } = await import('./sign-in-failures.js');
      return { kind: 'failed', failure: otherAccount(session.account.username, request.account.username) };
    }
    return { kind: 'signed-in', session };
  }

  /** Whether this outcome is the one that counts. */
  private end(outcome: SignInOutcome): boolean {
    if (this.stop.signal.aborted) return false;
    this.stop.abort();
    this.knownUrl.resolve(undefined);
    this.warned.resolve([]);
    this.ended.resolve(outcome);
    this.approval?.[Symbol.dispose]();
    if (this.page !== undefined) void this.closeListener(this.page);
    return true;
  }

  private async closeListener(url: string): Promise<void> {
    try {
      const { endListening } = await this.parts.loadMsal();
      await endListening(url);
    } catch {
      // The listener has closed by itself: the user's own Cancel came first.
      this.parts.logger.info('sign-in.listener-closed-before');
    }
  }
}
