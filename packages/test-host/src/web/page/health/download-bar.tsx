import type { DownloadProgress } from '@exact/host-contracts';
import { Button } from '../common/button.js';
import { formatCount, formatNumber, formatSize, formatTimeLeft } from '../common/format.js';

/** How far a long download is, with the button that pauses it or goes on with it, for any user. */
export function DownloadBar(props: {
  readonly download: DownloadProgress;
  readonly busy: boolean;
  readonly run: (command: string) => void;
}) {
  const { download, busy, run } = props;
  const words = wordsOf(download);
  return (
    <div className={download.paused ? 'download paused' : 'download'}>
      <progress aria-label="Download" aria-valuetext={words} value={shareOf(download)} />
      <span className="download-words">{words}</span>
      <Button
        disabled={busy}
        onPress={() => {
          run(download.paused ? 'email.continue-download' : 'email.pause-download');
        }}
      >
        {download.paused ? 'Continue' : 'Pause'}
      </Button>
    </div>
  );
}

/** Never all of it: then there is no download any more. */
function shareOf({ bytesDone, bytesTotal }: DownloadProgress): number {
  return bytesTotal === 0 ? 0 : Math.min(bytesDone / bytesTotal, 0.999);
}

function wordsOf({
  messagesDone,
  messagesTotal,
  bytesDone,
  bytesTotal,
  paused,
  secondsLeft,
}: DownloadProgress): string {
  const messages = `${formatNumber(messagesDone)} of ${formatCount(messagesTotal, 'message', 'messages')}`;
  const done = `${messages} (${formatSize(bytesDone)} of ${formatSize(bytesTotal)})`;
  if (paused) return `Receiving is paused: ${done}`;
  return secondsLeft === undefined ? `Downloading ${done}` : `Downloading ${done}, ${formatTimeLeft(secondsLeft)}`;
}
