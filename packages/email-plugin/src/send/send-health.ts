import type { Failure, HealthReport, OutboxStore, ServiceHealth } from '@exact/host-contracts';
import type { SendContext } from './send-context.js';

/** Tells the host how sending fares, when something changed. */
export class SendHealth {
  private last = '';

  constructor(
    private readonly health: ServiceHealth,
    private readonly outbox: OutboxStore,
    private readonly context: SendContext,
  ) {}

  /** Held and uncertain emails wait for a person; failed ones say so themselves and stop nothing. */
  async working(): Promise<void> {
    const { held, uncertain } = await this.outbox.counts(this.context.account.key);
    await this.report(held + uncertain > 0 ? 'needs attention' : 'working', {});
  }

  needsAttention(failure: Failure): Promise<void> {
    return this.report('needs attention', { failure });
  }

  signInRequired(failure: Failure): Promise<void> {
    return this.report('sign-in required', { failure });
  }

  /** What waits has changed; how it fares stands as it was told. */
  async asBefore(): Promise<void> {
    const told = (await this.health.read()).find(({ part }) => part === 'send');
    const { state, failure } = told ?? {};
    if (state === undefined || state === 'off') return this.report('working', {});
    return this.report(state, failure ? { failure } : {});
  }

  /** Until when the provider's limits keep everything back, epoch ms. */
  throttled(until: number): Promise<void> {
    return this.report('working', { throttledUntil: until });
  }

  private async report(state: HealthReport['state'], details: Partial<HealthReport>): Promise<void> {
    const { account, fence, schedule } = this.context;
    const { waiting, held, failed, uncertain, lastSentAt } = await this.outbox.counts(account.key);
    const report: HealthReport = {
      ...details,
      part: 'send',
      state,
      waiting,
      held,
      failed,
      uncertain,
      signedInAs: account.signedIn.username,
      ...(lastSentAt !== undefined && { lastAt: lastSentAt }),
      ...(waiting > 0 && { activity: activityOf(waiting, schedule.sendImmediately && state === 'working') }),
    };
    const asText = JSON.stringify(report);
    if (asText === this.last) return;
    this.last = asText;
    await this.health.report(report, fence);
  }
}

function activityOf(waiting: number, isSending: boolean): string {
  const emails = `${waiting.toLocaleString('en')} ${waiting === 1 ? 'email' : 'emails'}`;
  return isSending ? `Sending: ${emails} to go` : `In the Outbox: ${emails}`;
}
