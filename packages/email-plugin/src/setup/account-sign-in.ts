import type { Address, Clock, Failure, Logger } from '@exact/host-contracts';
import type { AccountSettings } from '../settings/settings.js';
import type { MailboxProbe, ProbeOutcome } from '../probe/mailbox-probe.js';
import { isPersonalTenant } from '../sign-in/personal-accounts.js';
import type { SignInAttempt, SignInBroker, SignInOutcome, SignInRequest, SignInSession } from '../sign-in/sign-in.js';
import { knownSignIn, type Draft } from './draft.js';
import { isSameAddress, readPracticeAddress } from './practice-address.js';
import {
  codeRefused,
  codeRunOut,
  personalAccountSignedIn,
  signInCancelled,
  signInSuperseded,
  signInTimedOut,
} from './setup-failures.js';

/** Longer than between the two presses of a double click, milliseconds. */
const DOUBLE_CLICK_MS = 3_000;

/** A rule of the organisation: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
const BLOCKED = 'AADSTS53003';

/** Takes the draft from "not signed in" to "proved": the sign-in at Microsoft, then the proof that the mailbox is the right one. */
export class AccountSignIn implements Disposable {
  private attempt: SignInAttempt | undefined;
  private readonly attempts = new DisposableStack();
  private readonly ended = new AbortController();
  private proving: AbortController | undefined;

  constructor(
    private readonly draft: Draft,
    private readonly broker: SignInBroker,
    private readonly probe: MailboxProbe,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Opens Microsoft's page for the typed address. Shows the sign-in and takes its outcome. */
  start(): SignInAttempt {
    const typed = readPracticeAddress(this.draft.addressText);
    const address = typed.kind === 'address' ? typed.address.address : '';
    return this.begin({ kind: 'pick', address });
  }

  /** Shows a code to sign in with on any device, and takes its outcome. */
  startByCode(): void {
    this.begin({ kind: 'code' });
  }

  private begin(request: SignInRequest): SignInAttempt {
    const attempt = this.attempts.use(this.broker.signIn(request));
    this.attempt = attempt;
    this.proving?.abort();
    this.draft.warnings = [];
    this.draft.setSignIn({ kind: 'open' });
    attempt.approval?.onDidChange(() => {
      this.showApproval(attempt);
    });
    void this.showWarnings(attempt);
    void this.showWay(attempt);
    void this.takeOutcome(attempt, request);
    return attempt;
  }

  /** The user says that Microsoft's page asks for an administrator's approval. */
  async askForApproval(): Promise<void> {
    await this.attempt?.approval?.ask();
  }

  /** The user says that the approval is there. */
  async lookForApproval(): Promise<void> {
    await this.attempt?.approval?.lookNow();
  }

  /** The user pressed Cancel sign-in, wherever it stands. */
  cancel(): void {
    this.attempt?.cancel();
    if (this.draft.signIn.kind !== 'checking') return;
    this.proving?.abort();
    this.draft.setSignIn({ kind: 'none', because: [signInCancelled()] });
  }

  /** The typed address changed: what was proved holds for the old one only, and again when that stands there again. */
  addressChanged(): void {
    const { signIn } = this.draft;
    if (signIn.kind === 'open' || signIn.kind === 'approval') return;
    const known = knownSignIn(signIn);
    const typed = readPracticeAddress(this.draft.addressText);
    if (known && typed.kind === 'address' && isSameAddress(known.account.address, typed.address.address)) {
      this.draft.setSignIn({ ...known, account: renamed(known.account, typed.address) });
      return;
    }
    this.proving?.abort();
    this.draft.setSignIn({ kind: 'none', ...(known && { resting: known }) });
  }

  [Symbol.dispose](): void {
    this.ended.abort();
    this.proving?.abort();
    this.attempts.dispose();
    this.attempt = undefined;
  }

  private showApproval(attempt: SignInAttempt): void {
    const { approval } = attempt;
    if (!approval?.need || !this.isCurrent(attempt)) return;
    const { need, watch, lastLook, page } = approval;
    const way =
      this.draft.signIn.kind === 'open' ? this.draft.signIn.way : ({ kind: 'page', url: page, opened: true } as const);
    if (watch === 'at-microsoft') {
      this.draft.setSignIn({ kind: 'open', ...(way !== undefined && { way }), approval: need, mayBeginAnew: true });
    } else this.draft.setSignIn({ kind: 'approval', need, watch, lastLook, page });
  }

  private async showWarnings(attempt: SignInAttempt): Promise<void> {
    const warnings = await attempt.warnings;
    if (this.attempt !== attempt) return;
    this.draft.update((draft) => {
      draft.warnings = warnings;
    });
  }

  private async showWay(attempt: SignInAttempt): Promise<void> {
    const way = await attempt.way;
    if (way !== undefined && this.isCurrent(attempt) && this.draft.signIn.kind === 'open') {
      this.draft.setSignIn({ ...this.draft.signIn, way });
      await this.letBeginAnew(attempt);
    }
  }

  /** Nobody hears of a tab that was closed: whoever presses again gets another page. */
  private async letBeginAnew(attempt: SignInAttempt): Promise<void> {
    try {
      await this.clock.sleep(DOUBLE_CLICK_MS, this.ended.signal);
    } catch {
      return;
    }
    if (this.isCurrent(attempt) && this.draft.signIn.kind === 'open') {
      this.draft.setSignIn({ ...this.draft.signIn, mayBeginAnew: true });
    }
  }

  private async takeOutcome(attempt: SignInAttempt, request: SignInRequest): Promise<void> {
    const outcome = await attempt.outcome;
    if (!this.isCurrent(attempt)) {
      if (outcome.kind === 'signed-in') outcome.session[Symbol.dispose]();
      return;
    }
    this.attempt = undefined;
    if (outcome.kind === 'signed-in') await this.prove(outcome.session);
    else this.draft.setSignIn({ kind: 'none', because: whyNot(outcome, request) });
  }

  private async prove(session: SignInSession): Promise<void> {
    const typed = readPracticeAddress(this.draft.addressText);
    const { account } = session;
    if (typed.kind !== 'address') {
      session[Symbol.dispose]();
      this.draft.setSignIn({ kind: 'none' });
      return;
    }
    if (isPersonalTenant(account.tenantId)) {
      session[Symbol.dispose]();
      this.draft.setSignIn({
        kind: 'none',
        because: [personalAccountSignedIn(account.username)],
        useAnotherAccount: true,
      });
      return;
    }
    const proving = new AbortController();
    this.proving = proving;
    this.draft.setSignIn({ kind: 'checking', username: account.username });
    let taken = false;
    try {
      const outcome = await this.probe.probe(
        typed.address,
        session,
        AbortSignal.any([proving.signal, this.ended.signal]),
      );
      if (proving.signal.aborted || this.ended.signal.aborted) return;
      taken = outcome.kind === 'proved';
      this.take(outcome, typed.address, session);
    } catch (error) {
      if (!proving.signal.aborted && !this.ended.signal.aborted) throw error;
      this.logger.info('setup.proof-stopped');
    } finally {
      if (!taken) session[Symbol.dispose]();
    }
  }

  private take(outcome: ProbeOutcome, { address, name }: Address, session: SignInSession): void {
    if (outcome.kind !== 'proved') {
      this.draft.setSignIn({
        kind: 'none',
        because: outcome.failures,
        useAnotherAccount: outcome.kind === 'mismatch',
        tried: { address, username: session.account.username, ...outcome.opened },
      });
      return;
    }
    const { account } = session;
    this.draft.setSignIn({
      kind: 'proved',
      session,
      account: {
        key: `microsoft365:${account.tenantId}:${outcome.imapUser.toLowerCase()}`,
        address,
        ...(name !== undefined && { displayName: name }),
        signedIn: { ...account },
        imapUser: outcome.imapUser,
        smtpUser: outcome.smtpUser,
      },
    });
  }

  private isCurrent(attempt: SignInAttempt): boolean {
    return this.attempt === attempt && !this.ended.signal.aborted;
  }
}

function renamed({ displayName: _old, ...rest }: AccountSettings, { address, name }: Address): AccountSettings {
  return { ...rest, address, ...(name !== undefined && { displayName: name }) };
}

function whyNot(outcome: Exclude<SignInOutcome, { kind: 'signed-in' }>, { kind }: SignInRequest): readonly Failure[] {
  switch (outcome.kind) {
    case 'cancelled':
      return [signInCancelled()];
    case 'timed-out':
      return [kind === 'code' ? codeRunOut() : signInTimedOut()];
    case 'superseded':
      return [signInSuperseded()];
    case 'not-ready':
      return outcome.obstacles;
    case 'failed':
      return [kind === 'code' && outcome.failure.code === BLOCKED ? codeRefused(outcome.failure) : outcome.failure];
  }
}
