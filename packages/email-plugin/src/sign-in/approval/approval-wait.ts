import { randomUUID } from 'node:crypto';
import type { Clock, Event, Logger, MicrosoftServices, Subscription } from '@exact/host-contracts';
import type { Approval, ApprovalNeed, ApprovalWatch, SignInOutcome } from '../sign-in.js';
import type { Standing } from './approval-pages.js';
import type { ApprovalRoom, ApprovalRoomOwner, NextStep } from './approval-room.js';
import { LookTimes } from './look-times.js';

/** An administrator who has not approved by then will not do it today, milliseconds. */
const LIMIT_MS = 60 * 60_000;
/** A page in the browser that has not been heard of for so long is closed. */
const SILENCE_MS = 30_000;
/** Browsers give up a request that stays without an answer for five minutes. */
const LONGEST_REQUEST_MS = 4 * 60_000;

/** A sign-in at Microsoft without questions, or with the account picker, that comes back to the waiting page. */
export interface Look {
  readonly url: string;
  /** Redeems the code; `not-yet` when Microsoft has an approval missing after all, or can't be reached. */
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
  private readonly ended = Promise.withResolvers<SignInOutcome>();
  private readonly judged = Promise.withResolvers<boolean>();
  private readonly stop = new AbortController();
  private readonly times: LookTimes;
  private readonly listeners = new Set<() => void>();
  private readonly linkState = randomUUID();
  private room: ApprovalRoom | undefined;
  private look: (Look & { readonly state: string }) | undefined;
  private poll: PromiseWithResolvers<NextStep> | undefined;
  private silence = new AbortController();
  private where: 'at-microsoft' | 'waiting-page' | 'nowhere' = 'at-microsoft';
  private isByHand = false;
  private isSignedIn = false;

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
  }

  get page(): string {
    return this.room?.url ?? '';
  }

  get watch(): ApprovalWatch {
    if (this.where === 'at-microsoft') return 'at-microsoft';
    if (this.where === 'nowhere') return 'page-closed';
    return this.isByHand ? 'by-hand' : 'looking';
  }

  /** Makes the waiting page ready, before anybody is sent there. */
  async open(): Promise<string> {
    const { ApprovalRoom } = await import('./approval-room.js');
    this.room = await ApprovalRoom.open(this);
    if (this.stop.signal.aborted) this.room[Symbol.dispose]();
    return this.page;
  }

  /** Microsoft has ended the sign-in because an approval is missing. */
  async begin(correlationId: string | undefined): Promise<void> {
    await this.needNow(correlationId);
    this.where = 'waiting-page';
    this.judged.resolve(true);
    this.times.begin();
    this.watchSilence();
    this.changed();
  }

  async ask(): Promise<void> {
    if (this.need || !this.room || this.stop.signal.aborted) return;
    await this.needNow(undefined);
    this.changed();
  }

  async lookNow(): Promise<void> {
    if (!this.need || this.stop.signal.aborted) return;
    const how = this.isByHand ? 'sign-in' : 'look';
    if (this.poll) this.poll.resolve(how);
    else await this.parts.openBrowser(this.page + how);
  }

  [Symbol.dispose](): void {
    this.stop.abort();
    this.judged.resolve(false);
    this.poll?.resolve('over');
    this.listeners.clear();
    this.room?.[Symbol.dispose]();
  }

  standing(): Standing {
    if (this.isSignedIn) return 'signed-in';
    if (!this.need || this.stop.signal.aborted) return 'over';
    this.heardOf();
    return this.isByHand ? 'by-hand' : 'looking';
  }

  waits(): Promise<boolean> {
    return this.judged.promise;
  }

  async next(left: AbortSignal): Promise<NextStep> {
    if (!this.need || this.stop.signal.aborted) return 'over';
    this.poll?.resolve('elsewhere');
    const poll = Promise.withResolvers<NextStep>();
    this.poll = poll;
    this.silence.abort();
    this.heardOf();
    left.addEventListener('abort', () => {
      poll.resolve('again');
    });
    const answered = new AbortController();
    void this.resolveWhenDue(poll, answered.signal);
    const step = await poll.promise;
    answered.abort();
    if (this.poll === poll) {
      this.poll = undefined;
      this.watchSilence();
    }
    return step;
  }

  async leave(how: 'look' | 'sign-in'): Promise<string> {
    if (!this.need || !this.room || this.stop.signal.aborted) return this.page;
    const state = randomUUID();
    const loginHint = how === 'look' ? this.address : undefined;
    const look = await this.parts.look({ loginHint, redirectUri: this.room.redirectUri, state });
    this.look = { ...look, state };
    if (how === 'look') this.watchSilence();
    else this.goneToMicrosoft();
    return look.url;
  }

  async take(answer: URLSearchParams): Promise<Standing | undefined> {
    const { look } = this;
    if (!look || answer.get('state') !== look.state) return undefined;
    this.look = undefined;
    this.where = 'waiting-page';
    const { readLook } = await import('./approval-answer.js');
    const found = readLook(answer);
    this.times.looked();
    if (found.kind === 'refused') {
      const { signInRefused } = await import('../microsoft-failures.js');
      this.ended.resolve({ kind: 'failed', failure: signInRefused(found.words) });
      return 'over';
    }
    if (found.kind === 'code') return this.redeem(look, found.code);
    if (found.kind === 'by-hand') this.isByHand = true;
    this.watchSilence();
    this.changed();
    return this.standing();
  }

  approvalAnswered(answer: URLSearchParams): 'approved' | 'declined' | undefined {
    if (!this.need || answer.get('state') !== this.linkState) return undefined;
    // Whether it is true shows when Microsoft is asked.
    return answer.has('error') ? 'declined' : 'approved';
  }

  private async redeem(look: Look, code: string): Promise<Standing> {
    const outcome = (await this.parts.refusal()) ?? (await look.finish(code));
    if (outcome.kind === 'not-yet') return this.standing();
    this.isSignedIn = outcome.kind === 'signed-in';
    this.ended.resolve(outcome);
    return this.isSignedIn ? 'signed-in' : 'over';
  }

  private async needNow(correlationId: string | undefined): Promise<void> {
    const [services, { approvalLink }] = await Promise.all([this.parts.services(), import('./approval-link.js')]);
    const { clock, logger } = this.parts;
    const redirectUri = this.room?.redirectUri ?? '';
    const isFirst = this.need === undefined;
    this.need = {
      link: approvalLink(services, { address: this.address, redirectUri, state: this.linkState }),
      clientId: services.clientId,
      at: clock.now(),
      ...(correlationId !== undefined && { correlationId }),
    };
    if (isFirst) {
      logger.info('sign-in.approval-needed');
      void this.watchTime();
    }
  }

  private async watchTime(): Promise<void> {
    if (!(await this.passed(LIMIT_MS, this.stop.signal))) return;
    const { approvalNotGiven } = await import('./approval-failures.js');
    this.ended.resolve({ kind: 'failed', failure: approvalNotGiven() });
  }

  private async resolveWhenDue(poll: PromiseWithResolvers<NextStep>, signal: AbortSignal): Promise<void> {
    const wait = this.isByHand ? LONGEST_REQUEST_MS : this.times.untilNext();
    if (await this.passed(Math.min(wait, LONGEST_REQUEST_MS), signal)) poll.resolve(this.isByHand ? 'again' : 'look');
  }

  /** Says that the page was closed when nothing is heard of it for a while. */
  private watchSilence(): void {
    this.silence.abort();
    const silence = new AbortController();
    this.silence = silence;
    void this.passed(SILENCE_MS, AbortSignal.any([silence.signal, this.stop.signal])).then((isSilent) => {
      if (!isSilent) return;
      this.where = 'nowhere';
      this.changed();
    });
  }

  private heardOf(): void {
    if (this.where === 'waiting-page') return;
    this.where = 'waiting-page';
    this.changed();
  }

  private goneToMicrosoft(): void {
    this.silence.abort();
    this.where = 'at-microsoft';
    this.changed();
  }

  /** Whether the time has passed rather than been cut short. */
  private async passed(time: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.parts.clock.sleep(time, signal);
      return true;
    } catch {
      return false;
    }
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
