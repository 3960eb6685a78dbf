import type { Download, DownloadProgress } from '@exact/host-contracts';

/** The rate is that of so long, milliseconds: long enough not to jump, short enough to be true. */
const WINDOW_MS = 30_000;
/** Over less time a rate says nothing. */
const LEAST_MS = 2_000;

interface Sample {
  readonly at: number;
  readonly bytesDone: number;
}

/** How fast a download is and how long it may take. */
export class DownloadRate {
  private samples: readonly Sample[] = [];

  /** @param now epoch ms by the host's clock, which may be put back or jump ahead */
  progress(download: Download, now: number): DownloadProgress {
    const recent = this.samples.filter(({ at }) => at <= now && now - at <= WINDOW_MS);
    this.samples = [...recent, { at: now, bytesDone: download.bytesDone }];
    const [first] = recent;
    if (!first || now - first.at < LEAST_MS) return download;
    const bytesPerSecond = Math.round(((download.bytesDone - first.bytesDone) * 1000) / (now - first.at));
    if (bytesPerSecond <= 0) return download;
    const secondsLeft = Math.ceil((download.bytesTotal - download.bytesDone) / bytesPerSecond);
    return { ...download, bytesPerSecond, secondsLeft };
  }
}
