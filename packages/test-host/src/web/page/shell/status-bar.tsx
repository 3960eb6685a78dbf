import type { Prompt } from '@exact/host-contracts';
import type { EmailService } from '../../api/host-types.js';
import { Button } from '../common/button.js';
import { useCommand } from '../common/use-command.js';
import { DownloadBar } from '../health/download-bar.js';
import type { WindowName } from './use-open-windows.js';

/** Whether the email service works, on every workstation; a press shows the diagnosis. */
export function StatusBar(props: {
  readonly service: EmailService | undefined;
  readonly notices: readonly Prompt[];
  readonly onDiagnosis: (name: WindowName) => void;
}) {
  const state = props.service?.state ?? 'off';
  const reports = props.service?.reports ?? [];
  const download = reports.find((report) => report.download)?.download;
  // The bar says it with more.
  const activity = reports.flatMap((report) => (report.download ? [] : (report.activity ?? [])));
  const { busy, run, outcome } = useCommand();
  return (
    <footer className="status-bar">
      <span className={`light ${state.replace(' ', '-')}`} aria-hidden="true" />
      <Button
        look="quiet"
        onPress={() => {
          props.onDiagnosis('diagnosis');
        }}
      >
        {`Email service: ${state}`}
      </Button>
      <span className="notices" aria-live="polite">
        {props.notices.map(({ text }) => text).join(' ')}
      </span>
      <span className="activity">{activity.join(' · ')}</span>
      {download && <DownloadBar download={download} busy={busy} run={run} />}
      {outcome?.done === false && <span role="alert">{outcome.failure.sentence}</span>}
    </footer>
  );
}
