import { FailureError, type Clock, type Logger } from '@exact/host-contracts';
import type { SignInAttempt, SignInOutcome, SignInRequest, SignInSession } from './sign-in.js';

/** Nobody is waited for longer, milliseconds. */
const LIMIT_MS = 5 * 60_000;

type Msal = typeof import('./msal-node.adapter.js');

/** What an attempt works with. */
export interface InteractiveSignInParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Opens the page for the user; a browser that does not open is no end, because the page shows the link too. */
  openBrowser(url: string): Promise<void>;
  /** Runs before Microsoft's page opens; an outcome ends the attempt with it. */
  before(): Promise<SignInOutcome | undefined>;
  /** Signs in with a fresh client. Rejects as MSAL does. */
  signIn(request: SignInRequest, open: (url: string) => Promise<void>): Promise<SignInSession>;
  loadMsal(): Promise<Msal>;
}

/** One sign-in on Microsoft's pages: ends with its outcome, by Cancel, or after five minutes, whichever is first. */
export class InteractiveSignIn implements SignInAttempt {
  readonly url: Promise<string | undefined>;
  readonly outcome: Promise<SignInOutcome>;
  private readonly knownUrl = Promise.withResolvers<string | undefined>();
  private readonly ended = Promise.withResolvers<SignInOutcome>();
  private readonly stop = new AbortController();
  private page: string | undefined;

  constructor(
    private readonly parts: InteractiveSignInParts,
    private readonly request: SignInRequest,
  ) {
    this.url = this.knownUrl.promise;
    this.outcome = this.ended.promise;
    void this.watchTime();
    void this.run();
  }

  cancel(): void {
    this.end({ kind: 'cancelled' });
  }

  private async watchTime(): Promise<void> {
    try {
      await this.parts.clock.sleep(LIMIT_MS, this.stop.signal);
      this.end({ kind: 'timed-out' });
    } catch {
      // Ended before: the sleep was only aborted.
    }
  }

  private async run(): Promise<void> {
    try {
      const refusal = await this.parts.before();
      if (refusal) {
        this.end(refusal);
        return;
      }
      const session = await this.parts.signIn(this.request, (url) => this.open(url));
      if (!this.end(await this.judge(session))) session[Symbol.dispose]();
    } catch (error) {
      this.end(await this.explain(error));
    }
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

  private async explain(error: unknown): Promise<SignInOutcome> {
    if (error instanceof FailureError) return { kind: 'failed', failure: error.failure };
    const [{ judgeMsalError }, { signInRefused, signInUnreachable }] = await Promise.all([
      this.parts.loadMsal(),
      import('./microsoft-failures.js'),
    ]);
    const judgement = judgeMsalError(error);
    switch (judgement.kind) {
      case 'cancelled':
        return { kind: 'cancelled' };
      case 'transient':
        return { kind: 'failed', failure: signInUnreachable(judgement.words) };
      case 'refused':
      case 'sign-in-required':
        return { kind: 'failed', failure: signInRefused(judgement.words) };
    }
  }

  /** Whether this outcome is the one that counts. */
  private end(outcome: SignInOutcome): boolean {
    if (this.stop.signal.aborted) return false;
    this.stop.abort();
    this.knownUrl.resolve(undefined);
    this.ended.resolve(outcome);
    if ((outcome.kind === 'cancelled' || outcome.kind === 'timed-out') && this.page !== undefined) {
      void this.closeListener(this.page);
    }
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
