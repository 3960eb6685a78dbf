import type { Failure, Fence, HealthReport, InboxStore, ServiceHealth } from '@exact/host-contracts';
import type { AccountSettings } from '../settings/settings.js';

/** Tells the host how receiving fares. */
export class ReceiveHealth {
  constructor(
    private readonly health: ServiceHealth,
    private readonly inbox: InboxStore,
    private readonly account: AccountSettings,
    private readonly fence: Fence,
  ) {}

  /** `lastAt` (epoch ms): new messages came. */
  working(details: Pick<HealthReport, 'activity' | 'lastAt' | 'throttledUntil'> = {}): Promise<void> {
    return this.report('working', details);
  }

  /** Says how far a download of several messages is. */
  async downloading(handled: number, total: number): Promise<void> {
    if (handled >= total) return;
    const activity = `Downloading: ${handled.toLocaleString('en')} of ${total.toLocaleString('en')} messages`;
    await this.working({ activity });
  }

  needsAttention(failure: Failure): Promise<void> {
    return this.report('needs attention', { failure });
  }

  signInRequired(failure: Failure): Promise<void> {
    return this.report('sign-in required', { failure });
  }

  private async report(state: HealthReport['state'], details: Partial<HealthReport>): Promise<void> {
    const setAside = (await this.inbox.setAside(this.account.key, 'INBOX')).length;
    const signedInAs = this.account.signedIn.username;
    await this.health.report({ ...details, part: 'receive', state, setAside, signedInAs }, this.fence);
  }
}
