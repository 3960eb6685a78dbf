import type { Clock, OutboxStore } from '@exact/host-contracts';
import { nextPresetTime } from '../settings/schedule.js';
import type { EmailSender } from './email-sender.js';
import { type EmailsAhead, MOST_BEGUN } from './emails-ahead.js';
import { mayLeaveAt, PutBackClock } from './pacing.js';
import type { RunEnd, SendContext, SendMemory } from './send-context.js';
import type { SendHealth } from './send-health.js';
import type { SentLately } from './sent-lately.js';
import type { SubmissionKeeper } from './submission-keeper.js';
import type { UncertainResolver } from './uncertain-resolver.js';
import type { WakeUp } from './wake-up.js';

const MINUTE_MS = 60_000;
/** While many leave one after the other, how far it is. */
const REPORT_EVERY_MS = 1_000;
/** Longer waits are told as a limit of the provider, not as the delay between emails. */
const WORTH_TELLING_MS = 60_000;
/** So that the run notices what nobody tells it. */
const LONGEST_WAIT_MS = 60_000;

/** The parts of a run, made by the job. */
export interface SendRunParts {
  readonly outbox: OutboxStore;
  readonly clock: Clock;
  readonly health: SendHealth;
  readonly sender: EmailSender;
  readonly ahead: EmailsAhead;
  readonly sentLately: SentLately;
  readonly keeper: SubmissionKeeper;
  readonly resolver: UncertainResolver;
  readonly wakeUp: WakeUp;
}

/** One run: empties the Outbox when it may, and waits in between. */
export class SendRun {
  /** Send/Receive was pressed: without the delay between emails. */
  private isManual = false;
  private presetAt: number | undefined;
  private readonly putBack = new PutBackClock();
  /** Epoch ms. */
  private reportedAt = -Infinity;

  constructor(
    private readonly context: SendContext,
    private readonly memory: SendMemory,
    private readonly parts: SendRunParts,
  ) {
    this.presetAt = this.nextPreset();
  }

  /** Until something ends it. */
  async go(): Promise<RunEnd> {
    const { resolver, keeper, wakeUp } = this.parts;
    while (!this.context.run.signal.aborted) {
      await resolver.look();
      if (this.mayDrain()) {
        const end = await this.drain();
        if (end) return end;
      }
      await keeper.closeWhenIdle();
      await this.report();
      if ((await wakeUp.wait(await this.nextLookAround())) === 'stopped') break;
    }
    return { kind: 'stopped' };
  }

  private mayDrain(): boolean {
    if (this.parts.wakeUp.takeRequest()) {
      this.isManual = true;
      this.memory.isOwed = true;
    }
    if (this.presetAt !== undefined && this.parts.clock.now() >= this.presetAt) {
      this.presetAt = this.nextPreset();
      this.memory.isOwed = true;
    }
    return this.context.schedule.sendImmediately || this.memory.isOwed;
  }

  /** Sends what may leave; `undefined` when nothing more may for now. */
  private async drain(): Promise<RunEnd | undefined> {
    const { sender, ahead } = this.parts;
    try {
      for (;;) {
        const end = await this.sendNext();
        if (end === 'empty') break;
        if (end) return end;
        if (this.parts.clock.now() >= this.reportedAt + REPORT_EVERY_MS) await this.report();
      }
    } finally {
      await sender.settled();
      await ahead.putBack();
    }
    this.isManual = false;
    this.memory.isOwed = sender.givenBack.size > 0;
    return undefined;
  }

  private async sendNext(): Promise<RunEnd | 'empty' | undefined> {
    const { sender, ahead } = this.parts;
    const { signal } = this.context.run;
    await ahead.makeReady(await this.room(0));
    const begun = signal.aborted ? undefined : ahead.take();
    if (begun) return this.sendBeside(() => sender.sendBegun(begun));
    const before = await sender.settled();
    if (before) return before;
    if (ahead.isStale || signal.aborted) return { kind: 'stopped' };
    // What has no room yet waits with the others.
    await ahead.putBack();
    return this.claimAndSend();
  }

  private async claimAndSend(): Promise<RunEnd | 'empty' | undefined> {
    const { clock, outbox, sender } = this.parts;
    const { account, fence } = this.context;
    const { nextAt } = await outbox.counts(account.key);
    if (nextAt === undefined || nextAt > clock.now()) return 'empty';
    if (!(await this.waitForTurn())) return { kind: 'stopped' };
    const email = await outbox.claim({ account: account.key, fence, now: clock.now() });
    return email ? this.sendBeside(() => sender.send(email)) : 'empty';
  }

  /** One on the wire, and those behind it made ready meanwhile. */
  private async sendBeside(send: () => Promise<RunEnd | undefined>): Promise<RunEnd | undefined> {
    const { sender, ahead } = this.parts;
    const room = sender.isFlowing ? await this.room(1) : 0;
    const sending = send();
    ahead.advance(room);
    const sent = await sending;
    if (sent) return sent;
    if (ahead.isStale) return { kind: 'stopped' };
    if (!sender.isFlowing) await ahead.putBack();
    return undefined;
  }

  /** How many may leave at once behind so many that are on their way. */
  private async room(onTheWay: number): Promise<number> {
    const { sentLately, clock, sender } = this.parts;
    const { schedule, limits } = this.context;
    if (!this.isManual && schedule.delayBetweenEmailsSeconds > 0) return 0;
    const now = clock.now();
    const past = await sentLately.at(now);
    // Near the end of the day's recipients each email is looked at by itself.
    if (past.recipients + limits.recipientsPerMessage * MOST_BEGUN > limits.recipientsPerDay) return 0;
    const lastMinute = [...past.times, ...sender.fruitless].filter((time) => time > now - MINUTE_MS).length;
    return Math.max(0, limits.messagesPerMinute - lastMinute - onTheWay);
  }

  /** `false` when the run has to stop. */
  private async waitForTurn(): Promise<boolean> {
    const { sentLately, clock, wakeUp, sender, health } = this.parts;
    const { schedule, limits, run } = this.context;
    while (!run.signal.aborted) {
      this.isManual = wakeUp.takeRequest() || this.isManual;
      const now = clock.now();
      const past = await sentLately.at(now);
      const delayMs = this.isManual ? 0 : schedule.delayBetweenEmailsSeconds * 1000;
      const times = this.putBack.adjust([...past.times, ...sender.fruitless], now);
      const at = mayLeaveAt({ ...past, times }, limits, delayMs, now);
      if (at <= now) return true;
      if (at - now > WORTH_TELLING_MS) await health.throttled(at);
      if ((await wakeUp.wait(at)) === 'stopped') return false;
    }
    return false;
  }

  private async nextLookAround(): Promise<number> {
    const { clock, outbox, resolver, keeper } = this.parts;
    const { nextAt } = await outbox.counts(this.context.account.key);
    const mayGo = this.context.schedule.sendImmediately || this.memory.isOwed;
    const times = [mayGo ? nextAt : undefined, this.presetAt, resolver.nextLook(), keeper.closesAt()];
    return Math.min(...times.filter((time) => time !== undefined), clock.now() + LONGEST_WAIT_MS);
  }

  /** A fault that was told stands until an email has left, or none waits. */
  private async report(): Promise<void> {
    this.reportedAt = this.parts.clock.now();
    const { waiting } = await this.parts.outbox.counts(this.context.account.key);
    if (this.memory.failuresInRow === 0 || waiting === 0) await this.parts.health.working();
  }

  private nextPreset(): number | undefined {
    const { clock } = this.parts;
    return nextPresetTime(this.context.schedule, clock.now(), clock.timeZone());
  }
}
