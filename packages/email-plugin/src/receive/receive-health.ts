import type { Clock, Download, Failure, Fence, HealthReport, InboxStore, ServiceHealth } from '@exact/host-contracts';
import type { AccountSettings } from '../settings/settings.js';
import { DownloadRate } from './download-rate.js';

/** A download is told of no more often: nobody sees more, and each time costs every workstation a question. */
const REPORT_EVERY_MS = 1_000;

/** Tells the host how receiving fares. */
export class ReceiveHealth {
  private readonly rate = new DownloadRate();
  /** Epoch ms. */
  private toldAt: number | undefined;
  private messagesTold: number | undefined;

  constructor(
    private readonly health: ServiceHealth,
    private readonly inbox: InboxStore,
    private readonly clock: Clock,
    private readonly account: AccountSettings,
    private readonly fence: Fence,
  ) {}

  /** `lastAt` (epoch ms): new messages came. */
  working(details: Pick<HealthReport, 'activity' | 'lastAt'> = {}): Promise<void> {
    return this.report('working', details);
  }

  /** How far a download of many messages is. To be called with each batch: it is told about once a second. */
  async downloading(download: Download): Promise<void> {
    const now = this.clock.now();
    const progress = this.rate.progress(download, now);
    const hasCome = this.messagesTold !== undefined && download.messagesDone > this.messagesTold;
    if (this.toldAt !== undefined && Math.abs(now - this.toldAt) < REPORT_EVERY_MS) return;
    this.toldAt = now;
    this.messagesTold = download.messagesDone;
    const activity = `Downloading: ${messagesOf(download)}`;
    await this.report('working', { activity, download: progress, ...(hasCome && { lastAt: now }) });
  }

  /** The server asked us to wait until then (epoch ms): normal, and shown as such. */
  async throttled(until: number): Promise<void> {
    const download = await this.download();
    await this.report('working', { throttledUntil: until, ...(download && { download }) });
  }

  /** The connection broke, which alarms nobody yet; how long a download takes is not known any more. */
  async standingStill(): Promise<void> {
    const download = await this.download();
    if (download) await this.report('working', { activity: `Downloading: ${messagesOf(download)}`, download });
  }

  /** Nothing is received before a person continues, which nobody should forget. */
  async paused(): Promise<void> {
    const download = await this.download();
    if (!download) return;
    await this.report('needs attention', { activity: `Receiving is paused: ${messagesOf(download)}`, download });
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

  private download(): Promise<Download | undefined> {
    return this.inbox.download(this.account.key, 'INBOX');
  }
}

function messagesOf({ messagesDone, messagesTotal }: Download): string {
  return `${messagesDone.toLocaleString('en')} of ${messagesTotal.toLocaleString('en')} messages`;
}
