import type { Clock, Failure, Logger } from '@exact/host-contracts';
import type { ApprovalWait } from './approval/approval-wait.js';
import { explainSignInError } from './sign-in-error.js';
import type { CodeSteps } from './device-code.adapter.js';
import type { SignInAttempt, SignInCode, SignInOutcome, SignInRequest, SignInSession, SignInWay } from './sign-in.js';

/** Nobody is waited for longer, milliseconds. A code says itself how long it lasts. */
const LIMIT_MS = 5 * 60_000;

type Msal = typeof import('./msal-node.adapter.js');

/** Where an attempt stands before Microsoft's page opens. */
export type BeforeSignIn =
  { readonly kind: 'ready'; readonly warnings: readonly Failure[] } | Exclude<SignInOutcome, { kind: 'signed-in' }>;

/** What goes on while somebody signs in: on Microsoft's page in this computer's browser, or by a code. */
export interface SignInSteps extends CodeSteps {
  open(url: string): Promise<void>;
}

/** What an attempt works with. */
export interface InteractiveSignInParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Opens the page for the user; a browser that does not open is no end, because the page shows the link too. */
  openBrowser(url: string): Promise<void>;
  /** Runs before Microsoft's page opens; an outcome ends the attempt with it. `signal`: the attempt has ended. */
  before(signal: AbortSignal): Promise<BeforeSignIn>;
  /** Signs in with a fresh client. Rejects as MSAL does. */
  signIn(request: SignInRequest, steps: SignInSteps): Promise<SignInSession>;
  loadMsal(): Promise<Msal>;
  /** Where it waits for an administrator's approval; without one it ends when Microsoft asks for that. */
  readonly approval?: ApprovalWait | undefined;
}

/** One sign-in on Microsoft's pages: ends with its outcome, by Cancel, or when its time is over, whichever is first. */
export class InteractiveSignIn implements SignInAttempt {
  readonly way: Promise<SignInWay | undefined>;
  readonly warnings: Promise<readonly Failure[]>;
  readonly outcome: Promise<SignInOutcome>;
  private readonly knownWay = Promise.withResolvers<SignInWay | undefined>();
  private readonly warned = Promise.withResolvers<readonly Failure[]>();
  private readonly ended = Promise.withResolvers<SignInOutcome>();
  private readonly stop = new AbortController();
  private limit = new AbortController();
  /** The sign-in page that MSAL waits for. */
  private page: string | undefined;
  private readonly letGo = new AbortController();

  constructor(
    private readonly parts: InteractiveSignInParts,
    private readonly request: SignInRequest,
  ) {
    this.way = this.knownWay.promise;
    this.warnings = this.warned.promise;
    this.outcome = this.ended.promise;
    void this.watchTime(LIMIT_MS);
    void this.run();
    void this.takeApproval();
  }

  get approval(): ApprovalWait | undefined {
    return this.parts.approval;
  }

  cancel(): void {
    this.end({ kind: 'cancelled' });
  }

  /** Another sign-in takes its place. */
  supersede(): void {
    this.end({ kind: 'superseded' });
  }

  [Symbol.dispose](): void {
    this.cancel();
    this.letGo.abort();
  }

  /** Takes the place of a limit that was set before. */
  private async watchTime(milliseconds: number): Promise<void> {
    this.limit.abort();
    this.limit = new AbortController();
    try {
      await this.parts.clock.sleep(milliseconds, AbortSignal.any([this.stop.signal, this.limit.signal]));
      // An approval takes longer, and has a limit of its own.
      if (!this.approval?.need) this.end({ kind: 'timed-out' });
    } catch {
      // Ended before, or another limit: the sleep was only aborted.
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
      if (this.stop.signal.aborted) return;
      const session = await this.signIn();
      if (!this.end(await this.judge(session))) session[Symbol.dispose]();
    } catch (error) {
      await this.fail(error);
    }
  }

  private async signIn(): Promise<SignInSession> {
    try {
      return await this.parts.signIn(this.request, {
        open: (url) => this.open(url),
        show: (code) => {
          this.show(code);
        },
        sleep: (milliseconds, signal) => this.parts.clock.sleep(milliseconds, signal),
        signal: this.stop.signal,
      });
    } finally {
      const { page } = this;
      this.page = undefined;
      if (page !== undefined) await this.awaitLateAnswers(page);
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
    this.stop.signal.throwIfAborted();
    this.page = url;
    try {
      await this.parts.openBrowser(url);
      this.knownWay.resolve({ kind: 'page', url, opened: true });
    } catch (error) {
      this.knownWay.resolve({ kind: 'page', url, opened: false });
      this.parts.logger.warn('sign-in.browser-not-opened', {
        reason: Error.isError(error) ? error.message : String(error),
      });
    }
  }

  private show(code: SignInCode): void {
    this.knownWay.resolve({ kind: 'code', ...code });
    if (!this.stop.signal.aborted) void this.watchTime(code.lasts);
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
    this.knownWay.resolve(undefined);
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

  /** MSAL has closed its listener; from then on a browser that comes there reads why. */
  private async awaitLateAnswers(url: string): Promise<void> {
    try {
      const [{ listenerOf }, { answerLate }] = await Promise.all([this.parts.loadMsal(), import('./late-answers.js')]);
      await answerLate(Number(listenerOf(url).port), this.letGo.signal);
    } catch (error) {
      // Whoever comes late then reads the browser's own words.
      this.parts.logger.info('sign-in.no-late-answers', { reason: Error.isError(error) ? error.message : '' });
    }
  }
}
