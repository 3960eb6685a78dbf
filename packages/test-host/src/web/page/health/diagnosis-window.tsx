import type { SupportFact } from '@exact/host-contracts';
import { useState } from 'react';
import type { EmailService } from '../../api/host-types.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { CommandMessage } from '../common/command-message.js';
import { formatSize } from '../common/format.js';
import { useCommand } from '../common/use-command.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';
import { DownloadBar } from './download-bar.js';
import { healthRows } from './health-rows.js';
import { InboxReasons, OutboxReasons, ServiceReasons } from './reasons.js';
import { isSignInWanted } from './sign-in-wanted.js';
import { SupportFileWindow } from './support-file-window.js';

const SENTENCES: Readonly<Record<EmailService['state'], string>> = {
  working: 'The email service works.',
  off: 'Email is off. It is set up under Configure > Email and SMS Setup.',
  'needs attention': 'The email service needs attention.',
  'sign-in required': 'Somebody has to sign in to Microsoft again. Until then email waits; none is lost.',
};

const NO_FACTS: readonly SupportFact[] = [];

/** How the email service fares, and what any user can do about it. */
export function DiagnosisWindow({ service, onClose }: { service: EmailService; onClose: () => void }) {
  const { hostVersion, mayConfigure = false } = useLive('panel', {}, ['panel']) ?? {};
  const facts = useLive('support.facts', {}, ['health']) ?? NO_FACTS;
  const command = useCommand();
  const [isSupportOpen, setIsSupportOpen] = useState(false);
  return (
    <Window title="Email service" size="medium" onClose={onClose}>
      <div className="window-body">
        <p className="service-state">
          <span className={`light ${service.state.replace(' ', '-')}`} aria-hidden="true" /> {SENTENCES[service.state]}
        </p>
        <Download service={service} command={command} />
        <ServiceReasons reports={service.reports} />
        <dl className="key-values">
          {[...healthRows(service), ...facts.map(({ name, value }) => [name, value] as const)].map(([name, value]) => (
            <Row key={name} name={name} value={value} />
          ))}
          {hostVersion !== undefined && <Row name="Version of EXACT" value={hostVersion} />}
        </dl>
        <InboxReasons setAside={service.setAside} />
        <OutboxReasons />
        <CommandMessage outcome={command.outcome} />
      </div>
      <ServiceButtons
        canSignIn={mayConfigure && isSignInWanted(service)}
        command={command}
        onClose={onClose}
        onSupportFile={() => {
          setIsSupportOpen(true);
        }}
      />
      {isSupportOpen && (
        <SupportFileWindow
          onClose={() => {
            setIsSupportOpen(false);
          }}
        />
      )}
    </Window>
  );
}

/** Mail that comes in meanwhile waits at Microsoft; nobody has to wonder. */
function Download({ service, command }: { service: EmailService; command: ReturnType<typeof useCommand> }) {
  const download = service.reports.find((report) => report.download)?.download;
  if (!download) return null;
  return (
    <section aria-label="Download">
      <DownloadBar download={download} busy={command.busy} run={command.run} />
      <p className="hint">
        {download.paused
          ? 'New email waits at Microsoft until somebody presses Continue; none is lost. Sending goes on.'
          : 'Email that comes in meanwhile follows at the end; sending goes on. After a restart the download goes on where it was.'}
        {download.bytesPerSecond !== undefined && ` ${formatSize(download.bytesPerSecond)} a second.`}
      </p>
    </section>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function ServiceButtons(props: {
  readonly canSignIn: boolean;
  readonly command: ReturnType<typeof useCommand>;
  readonly onSupportFile: () => void;
  readonly onClose: () => void;
}) {
  const { busy, run } = props.command;
  const commands = [
    ...(props.canSignIn ? [['Re-authenticate Now', 'email.reauthenticate'] as const] : []),
    ['Send/Receive', 'email.send-receive'] as const,
    ['Restart email service', 'email.restart'] as const,
  ];
  return (
    <WindowButtons>
      {commands.map(([text, command]) => (
        <Button
          key={command}
          disabled={busy}
          onPress={() => {
            run(command);
          }}
        >
          {text}
        </Button>
      ))}
      <Button onPress={props.onSupportFile}>Support file</Button>
      <Button onPress={props.onClose}>Close</Button>
    </WindowButtons>
  );
}
