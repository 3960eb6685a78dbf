import type { Clock, OutboxStore } from '@exact/host-contracts';
import { nextPresetTime } from '../settings/schedule.js';
import type { EmailSender } from './email-sender.js';
import { mayLeaveAt, PutBackClock } from './pacing.js';
import type { RunEnd, SendContext, SendMemory } from './send-context.js';
import type { SendHealth } from './send-health.js';
import type { SubmissionKeeper } from './submission-keeper.js';
import type { UncertainResolver } from './uncertain-resolver.js';
import type { WakeUp } from './wake-up.js';

const DAY_MS = 24 * 60 * 60_000;
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

  /** Sends until nothing is due. What has to be tried again stays owed. */
  private async drain(): Promise<RunEnd | undefined> {
    const { clock, outbox, sender } = this.parts;
    const { account, fence } = this.context;
    for (;;) {
      const { nextAt } = await outbox.counts(account.key);
      if (nextAt === undefined || nextAt > clock.now()) break;
      if (!(await this.waitForTurn())) return { kind: 'stopped' };
      const email = await outbox.claim({ account: account.key, fence, now: clock.now() });
      if (!email) break;
      const end = await sender.send(email);
      if (end) return end;
      await this.report();
    }
    this.isManual = false;
    this.memory.isOwed = sender.givenBack.size > 0;
    return undefined;
  }

  /** `false` when the run has to stop. */
  private async waitForTurn(): Promise<boolean> {
    const { outbox, clock, wakeUp, sender, health } = this.parts;
    const { account, schedule, limits, run } = this.context;
    while (!run.signal.aborted) {
      this.isManual = wakeUp.takeRequest() || this.isManual;
      const now = clock.now();
      const past = await outbox.sentSince(account.key, now - DAY_MS);
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
    const { waiting } = await this.parts.outbox.counts(this.context.account.key);
    if (this.memory.failuresInRow === 0 || waiting === 0) await this.parts.health.working();
  }

  private nextPreset(): number | undefined {
    const { clock } = this.parts;
    return nextPresetTime(this.context.schedule, clock.now(), clock.timeZone());
  }
}
