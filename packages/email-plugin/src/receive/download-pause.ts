import type { Fence, InboxStore, JobRequest, ReceiveOutcome } from '@exact/host-contracts';

/** The job that downloads. */
export const RECEIVE_JOB = 'email.receive';

/** What a person asks of it, by the name of the request. */
export const PAUSE_DOWNLOAD = 'pause-download';
export const CONTINUE_DOWNLOAD = 'continue-download';

/** What a person asked of the download. */
export type DownloadWish = typeof PAUSE_DOWNLOAD | typeof CONTINUE_DOWNLOAD;

const INBOX = 'INBOX';

/** `undefined`: the request is about something else. */
export function wishOf({ name }: JobRequest): DownloadWish | undefined {
  return name === PAUSE_DOWNLOAD || name === CONTINUE_DOWNLOAD ? name : undefined;
}

/** The pause of an account's download: it stands in the store with the download, so that a restart does not end it. */
export class DownloadPause {
  constructor(
    private readonly inbox: InboxStore,
    private readonly account: string,
    private readonly fence: Fence,
  ) {}

  async isOn(): Promise<boolean> {
    return (await this.inbox.download(this.account, INBOX))?.paused === true;
  }

  /** The last wish counts. Without a download there is nothing to pause: it may have ended before the person pressed. */
  async heed(requests: readonly JobRequest[]): Promise<ReceiveOutcome | undefined> {
    const wish = requests.findLast((request) => wishOf(request) !== undefined);
    return wish && this.set(wishOf(wish) === PAUSE_DOWNLOAD);
  }

  private async set(paused: boolean): Promise<ReceiveOutcome | undefined> {
    const { inbox, account, fence } = this;
    const [cursor, download] = [await inbox.cursor(account, INBOX), await inbox.download(account, INBOX)];
    if (!cursor || !download) return undefined;
    const where = { account, fence, mailbox: INBOX, expected: cursor, next: cursor };
    return inbox.receive({ ...where, messages: [], setAside: [], download: { ...download, paused } });
  }
}
