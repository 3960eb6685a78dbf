import type { Clock, Event, Logger, MicrosoftServices, Subscription } from '@exact/host-contracts';
import type { Approval, ApprovalNeed, ApprovalWatch, SignInOutcome } from '../sign-in.js';
import type { Standing } from './approval-pages.js';
import type { ApprovalRoom, ApprovalRoomOwner, NextStep } from './approval-room.js';
import { LookTimes } from './look-times.js';
import { passed, WaitingTab } from './waiting-tab.js';

/** An administrator who has not approved by then will not do it today, milliseconds. */
const LIMIT_MS = 60 * 60_000;

/** A sign-in at Microsoft without questions, or with the account picker, that comes back to the waiting page. */
export interface Look {
  readonly url: string;
  /** Redeems the code; `not-yet` when an approval is missing after all. */
  finish(code: string): Promise<SignInOutcome | { readonly kind: 'not-yet' }>;
}

export interface LookRequest {
  /** `undefined`: the account picker. */
  readonly loginHint: string | undefined;
  readonly redirectUri: string;
  readonly state: string;
}

export interface ApprovalWaitParts {
  readonly clock: Clock;
  readonly logger: Logger;
  services(): Promise<MicrosoftServices>;
  openBrowser(url: string): Promise<void>;
  look(request: LookRequest): Promise<Look>;
  /** Why nobody may sign in any more. */
  refusal(): Promise<SignInOutcome | undefined>;
}

/**
 * Waits for the approval of an administrator. Whether it is there only Microsoft can say, and only to the browser in
 * which the person signed in: a page there goes to Microsoft now and then and comes back with the answer.
 */
export class ApprovalWait implements Approval, ApprovalRoomOwner, Disposable {
  /** How the sign-in ended by way of the approval. Stays open when it ends otherwise. */
  readonly outcome: Promise<SignInOutcome>;
  need: ApprovalNeed | undefined;
  lastLook: string | undefined;
  private readonly ended = Promise.withResolvers<SignInOutcome>();
  private readonly judged = Promise.withResolvers<boolean>();
  private readonly stop = new AbortController();
  private readonly times: LookTimes;
  private readonly tab: WaitingTab;
  private readonly listeners = new Set<() => void>();
  private readonly linkState = crypto.randomUUID();
  private room: ApprovalRoom | undefined;
  private look: (Look & { readonly state: string }) | undefined;
  /** Only a person can look: this browser has nobody signed in any more whom the practice's address names. */
  private isByHand = false;

  readonly onDidChange: Event<void> = (listener): Subscription => {
    const call = () => {
      listener();
    };
    this.listeners.add(call);
    return { dispose: () => this.listeners.delete(call) };
  };

  constructor(
    private readonly parts: ApprovalWaitParts,
    /** The practice's address: it names the organisation, and mostly who signed in. */
    private readonly address: string,
  ) {
    this.outcome = this.ended.promise;
    this.times = new LookTimes(parts.clock);
    this.tab = new WaitingTab(parts.clock, this.stop.signal, () => {
      this.changed();
    });
  }

  get page(): string {
    return this.room?.url ?? '';
  }

  get watch(): ApprovalWatch {
    const { where } = this.tab;
    if (where === 'at-microsoft') return where;
    if (where === 'closed') return 'page-closed';
    return this.isByHand ? 'by-hand' : 'looking';
  }

  /** Makes the waiting page ready, before anybody is sent there. Gives its address. */
  async open(): Promise<string> {
    const { ApprovalRoom } = await import('./approval-room.js');
    this.room = await ApprovalRoom.open(this);
    if (this.stop.signal.aborted) this.room[Symbol.dispose]();
    return this.page;
  }

  /** Microsoft has ended the sign-in because an approval is missing. */
  async begin(correlationId: string | undefined): Promise<void> {
    await this.noteNeed(correlationId);
    this.judged.resolve(true);
    this.times.begin();
    this.tab.comesBack();
    this.changed();
  }

  async ask(): Promise<void> {
    if (this.need || !this.room || this.stop.signal.aborted) return;
    await this.noteNeed(undefined);
    this.changed();
  }

  async lookNow(): Promise<void> {
    if (!this.need || this.stop.signal.aborted) return;
    const how = this.isByHand ? 'sign-in' : 'look';
    if (this.tab.tell(how)) return;
    try {
      await this.parts.openBrowser(this.page + how);
    } catch (error) {
      this.parts.logger.warn('sign-in.browser-not-opened', { reason: reasonOf(error) });
      // The wizard then has a link to the waiting page.
      this.tab.isLost();
    }
  }

  [Symbol.dispose](): void {
    this.stop.abort();
    this.judged.resolve(false);
    this.listeners.clear();
    this.room?.[Symbol.dispose]();
  }

  show(): Standing {
    if (!this.need || this.stop.signal.aborted) return 'over';
    this.tab.comesBack();
    if (this.isByHand) return 'by-hand';
    return this.lastLook === undefined ? 'looking' : 'not-yet';
  }

  waits(): Promise<boolean> {
    return this.judged.promise;
  }

  async next(left: AbortSignal): Promise<NextStep> {
    if (!this.need) return 'over';
    return this.tab.asks(this.isByHand ? Infinity : this.times.untilNext(), 'look', left);
  }

  async leave(how: 'look' | 'sign-in'): Promise<string> {
    if (!this.need || !this.room || this.stop.signal.aborted) return this.page;
    const refusal = await this.parts.refusal();
    if (refusal) {
      this.ended.resolve(refusal);
      return this.page;
    }
    const state = crypto.randomUUID();
    const loginHint = how === 'look' ? this.address : undefined;
    try {
      const look = await this.parts.look({ loginHint, redirectUri: this.room.redirectUri, state });
      this.look = { ...look, state };
      if (how === 'look') this.tab.comesBack();
      else this.tab.leaves();
      return look.url;
    } catch (error) {
      // Microsoft may be out of reach just now: the page looks again later.
      this.fault(error);
      this.times.looked();
      return this.page;
    }
  }

  fault(error: unknown): void {
    this.parts.logger.warn('sign-in.look-failed', { reason: reasonOf(error) });
  }

  async take(answer: URLSearchParams): Promise<Standing | undefined> {
    const { look } = this;
    if (!look || answer.get('state') !== look.state) return undefined;
    this.look = undefined;
    this.times.looked();
    const { readLook } = await import('./approval-answer.js');
    const found = readLook(answer);
    switch (found.kind) {
      case 'code':
        return this.redeem(look, found.code);
      case 'refused': {
        const { signInRefused } = await import('../microsoft-failures.js');
        this.ended.resolve({ kind: 'failed', failure: signInRefused(found.words) });
        return 'over';
      }
      case 'by-hand':
      case 'not-yet':
        this.isByHand ||= found.kind === 'by-hand';
        return this.notYet();
    }
  }

  approvalAnswered(answer: URLSearchParams): 'approved' | 'declined' | undefined {
    if (!this.need || answer.get('state') !== this.linkState) return undefined;
    // Whether it is true shows when Microsoft is asked.
    return answer.has('error') ? 'declined' : 'approved';
  }

  private async redeem(look: Look, code: string): Promise<Standing> {
    const outcome = await look.finish(code);
    if (outcome.kind === 'not-yet') return this.notYet();
    // Approved, but Microsoft could not be reached a moment later: no reason to give up.
    if (outcome.kind === 'failed' && outcome.failure.retry.kind === 'backoff') return this.show();
    this.ended.resolve(outcome);
    return outcome.kind === 'signed-in' ? 'signed-in' : 'over';
  }

  private notYet(): Standing {
    this.lastLook = timeOfDay(this.parts.clock);
    this.changed();
    return this.show();
  }

  private async noteNeed(correlationId: string | undefined): Promise<void> {
    const [services, { approvalLink }] = await Promise.all([this.parts.services(), import('./approval-link.js')]);
    const { clock, logger } = this.parts;
    const redirectUri = this.room?.redirectUri ?? '';
    if (!this.need) {
      logger.info('sign-in.approval-needed');
      void this.watchTime();
    }
    this.need = {
      link: approvalLink(services, { address: this.address, redirectUri, state: this.linkState }),
      clientId: services.clientId,
      at: clock.now(),
      ...(correlationId !== undefined && { correlationId }),
    };
  }

  private async watchTime(): Promise<void> {
    if (!(await passed(this.parts.clock, LIMIT_MS, this.stop.signal))) return;
    const { approvalNotGiven } = await import('./approval-failures.js');
    this.ended.resolve({ kind: 'failed', failure: approvalNotGiven() });
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function reasonOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error);
}

function timeOfDay(clock: Clock): string {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: clock.timeZone() } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(clock.now());
}
