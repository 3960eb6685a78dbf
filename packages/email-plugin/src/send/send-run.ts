import type { Clock, HealthReport, OutboxStore, ServiceHealth } from '@exact/host-contracts';
import { nextPresetTime } from '../settings/schedule.js';
import type { EmailSender } from './email-sender.js';
import { mayLeaveAt } from './pacing.js';
import type { RunEnd, SendContext } from './send-context.js';
import type { SubmissionKeeper } from './submission-keeper.js';
import type { UncertainResolver } from './uncertain-resolver.js';
import type { WakeUp } from './wake-up.js';

const DAY_MS = 24 * 60 * 60_000;
/** Well within the 30 seconds that the lease asks for. */
const HEARTBEAT_MS = 15_000;

/** The parts of a run, made by the job. */
export interface SendRunParts {
  readonly outbox: OutboxStore;
  readonly health: ServiceHealth;
  readonly clock: Clock;
  readonly sender: EmailSender;
  readonly keeper: SubmissionKeeper;
  readonly resolver: UncertainResolver;
  readonly wakeUp: WakeUp;
}

/** One run: empties the Outbox when it may, and waits in between. */
export class SendRun {
  /** Send/Receive was pressed: at once, without the delay between emails. */
  private isManual = false;
  private presetAt: number | undefined;

  constructor(
    private readonly context: SendContext,
    private readonly parts: SendRunParts,
  ) {
    this.presetAt = this.nextPreset();
  }

  /** Until something ends it. */
  async go(): Promise<RunEnd> {
    const { run } = this.context;
    while (!run.signal.aborted) {
      await run.heartbeat();
      await this.parts.resolver.look();
      if (this.mayDrain()) {
        const end = await this.drain();
        if (end) return end;
      }
      await this.report();
      await this.parts.keeper.closeWhenIdle();
      if ((await this.parts.wakeUp.wait(await this.nextLookAround())) === 'stopped') break;
    }
    return { kind: 'stopped' };
  }

  private mayDrain(): boolean {
    const isPreset = this.presetAt !== undefined && this.parts.clock.now() >= this.presetAt;
    if (isPreset) this.presetAt = this.nextPreset();
    this.isManual = this.parts.wakeUp.takeRequest();
    return this.context.schedule.sendImmediately || this.isManual || isPreset;
  }

  /** Sends until nothing is due. */
  private async drain(): Promise<RunEnd | undefined> {
    const { outbox, clock, sender } = this.parts;
    const { account, fence, run } = this.context;
    while (!run.signal.aborted) {
      const { nextAt } = await outbox.counts(account.key);
      if (nextAt === undefined || nextAt > clock.now()) return undefined;
      if (!(await this.waitForTurn())) return { kind: 'stopped' };
      const email = await outbox.claim({ account: account.key, fence, now: clock.now() });
      if (!email) return undefined;
      const end = await sender.send(email);
      if (end) return end;
      await run.heartbeat();
      await this.report();
    }
    return { kind: 'stopped' };
  }

  /** `false` when the run has to stop. */
  private async waitForTurn(): Promise<boolean> {
    const { outbox, clock, wakeUp } = this.parts;
    const { account, schedule, microsoft, run } = this.context;
    for (;;) {
      const now = clock.now();
      const past = await outbox.sentSince(account.key, now - DAY_MS);
      const delay = this.isManual ? 0 : schedule.delayBetweenEmailsSeconds * 1000;
      const at = mayLeaveAt(past, microsoft.limits, delay, now);
      if (at <= now) return true;
      if ((await wakeUp.wait(Math.min(at, now + HEARTBEAT_MS))) === 'stopped') return false;
      if (wakeUp.takeRequest()) this.isManual = true;
      await run.heartbeat();
    }
  }

  private async nextLookAround(): Promise<number> {
    const now = this.parts.clock.now();
    const { nextAt } = await this.parts.outbox.counts(this.context.account.key);
    // Without a permission to drain, mail that is due is no reason to wake up.
    const mailAt = this.context.schedule.sendImmediately ? nextAt : undefined;
    const times = [mailAt, this.presetAt, this.parts.resolver.nextLook(), now + HEARTBEAT_MS];
    return Math.min(...times.filter((time) => time !== undefined));
  }

  private nextPreset(): number | undefined {
    const { clock } = this.parts;
    return nextPresetTime(this.context.schedule, clock.now(), clock.timeZone());
  }

  private async report(): Promise<void> {
    const { waiting, held, failed, uncertain, lastSentAt } = await this.parts.outbox.counts(this.context.account.key);
    const report: HealthReport = {
      part: 'send',
      state: held + uncertain > 0 ? 'needs attention' : 'working',
      waiting,
      held,
      failed,
      uncertain,
      signedInAs: this.context.account.signedIn.username,
      ...(lastSentAt !== undefined && { lastAt: lastSentAt }),
      ...(waiting > 0 && { activity: `Sending: ${String(waiting)} waiting` }),
    };
    await this.parts.health.report(report, this.context.fence);
  }
}
