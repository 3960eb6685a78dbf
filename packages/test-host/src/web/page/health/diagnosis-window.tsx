import type { HealthReport } from '@exact/host-contracts';
import type { EmailService } from '../../api/host-types.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { FailureCard } from '../common/failure-card.js';
import { formatCount, formatTime } from '../common/format.js';
import { useCommand } from '../common/use-command.js';
import { CommandMessage } from '../common/command-message.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';

/** How the email service fares, and what any user can do about it. */
export function DiagnosisWindow({ service, onClose }: { service: EmailService; onClose: () => void }) {
  const hostVersion = useLive('panel', {}, ['panel'])?.hostVersion ?? '';
  const command = useCommand();
  return (
    <Window title="Email service" size="medium" onClose={onClose}>
      <div className="window-body">
        <p className="service-state">
          <span className={`light ${service.state.replace(' ', '-')}`} aria-hidden="true" /> {SENTENCES[service.state]}
        </p>
        <Reasons reports={service.reports} />
        <dl className="key-values">
          {rows(service, hostVersion).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <CommandMessage outcome={command.outcome} />
      </div>
      <WindowButtons>
        <Button
          disabled={command.busy}
          onPress={() => {
            command.run('email.send-receive');
          }}
        >
          Send/Receive
        </Button>
        <Button
          disabled={command.busy}
          onPress={() => {
            command.run('email.restart');
          }}
        >
          Restart email service
        </Button>
        <Button onPress={onClose}>Close</Button>
      </WindowButtons>
    </Window>
  );
}

const SENTENCES: Readonly<Record<EmailService['state'], string>> = {
  working: 'The email service works.',
  off: 'Email is off. It is set up under Configure > Email and SMS Setup.',
  'needs attention': 'The email service needs attention.',
  'sign-in required': 'Somebody has to sign in to Microsoft again. Until then email waits; none is lost.',
};

/** Each failure once: both halves of the service often have the same. */
function Reasons({ reports }: { reports: readonly HealthReport[] }) {
  const failures = reports.map(({ failure }) => failure).filter((failure) => failure !== undefined);
  const different = [...new Map(failures.map((failure) => [failure.code, failure])).values()];
  return different.map((failure) => <FailureCard key={failure.code} failure={failure} severity="warning" />);
}

type Row = readonly [name: string, value: string | undefined];

/** What is not known is left out. */
function rows({ address, reports }: EmailService, hostVersion: string): readonly (readonly [string, string])[] {
  const receive = reports.find(({ part }) => part === 'receive');
  const send = reports.find(({ part }) => part === 'send');
  const activities = reports.map(({ activity }) => activity).filter((activity) => activity !== undefined);
  const throttledUntil = Math.max(...reports.map((report) => report.throttledUntil ?? 0));
  const all: readonly Row[] = [
    ['Address', address],
    ['Signed in as', reports.find(({ signedInAs }) => signedInAs !== undefined)?.signedInAs],
    ['Last received', time(receive?.lastAt)],
    ['Last sent', time(send?.lastAt)],
    ['Now', activities.length > 0 ? activities.join(' · ') : undefined],
    ...outgoing(send),
    ['Could not be received yet', emails(receive?.setAside)],
    ['Asked by Microsoft to wait until', throttledUntil > 0 ? formatTime(throttledUntil) : undefined],
    ['Host version', hostVersion],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function outgoing(send: HealthReport | undefined): readonly Row[] {
  return [
    ['Waiting to be sent', emails(send?.waiting)],
    ['Held', emails(send?.held)],
    ['Failed', emails(send?.failed)],
    ['Unclear whether they arrived', emails(send?.uncertain)],
  ];
}

function time(at: number | undefined): string {
  return at === undefined ? 'not yet' : formatTime(at);
}

function emails(count: number | undefined): string | undefined {
  return count === undefined ? undefined : formatCount(count, 'email', 'emails');
}
