import { useId, useState } from 'react';
import type { PanelState } from '../../api/host-types.js';
import { useHost } from '../api/host-context.js';
import type { HostConnection } from '../api/host-connection.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';

type PanelPatient = PanelState['patients'][number];

/** A button of the panel; `act` answers with what to tell. */
interface Tool {
  readonly label: string;
  readonly act: (host: HostConnection, patient: PanelPatient) => Promise<string>;
}

const TOOLS: readonly Tool[] = [
  {
    label: 'Send appointment reminder',
    async act(host, { id }) {
      const { kind } = await host.call('panel.send-reminder', { patient: id });
      return kind === 'queued' ? 'The reminder is in the Outbox.' : 'Email is off: the reminder was not written.';
    },
  },
  {
    label: 'Patient writes an email',
    async act(host, { id, name }) {
      await host.call('panel.write-as-patient', { patient: id });
      return `${name} has written to the practice’s mailbox.`;
    },
  },
  {
    label: 'Patient answers',
    async act(host, { id, name }) {
      const { kind } = await host.call('panel.answer-as-patient', { patient: id });
      return kind === 'answered' ? `${name} has answered.` : `${name} has got no email to answer yet.`;
    },
  },
];

/** What patients do by themselves, and the host's sample letter to them. */
export function PatientTools({ patients }: { patients: PanelState['patients'] }) {
  const host = useHost();
  const { busy, run } = useAction();
  const [chosen, setChosen] = useState<string>();
  const [message, setMessage] = useState('');
  const patient = patients.find((each) => each.id === chosen) ?? patients[0];
  if (!patient) return null;
  return (
    <section>
      <h3>Patients</h3>
      <PatientChoice patients={patients} value={patient.id} onChoose={setChosen} />
      <div className="panel-buttons">
        {TOOLS.map(({ label, act }) => (
          <Button key={label} disabled={busy} onPress={() => run(async () => setMessage(await act(host, patient)))}>
            {label}
          </Button>
        ))}
      </div>
      <p className="hint" aria-live="polite">
        {message}
      </p>
    </section>
  );
}

function PatientChoice(props: {
  readonly patients: PanelState['patients'];
  readonly value: string;
  readonly onChoose: (id: string) => void;
}) {
  const id = useId();
  const addresses = props.patients.map(({ address }) => address);
  const failing = useLive('address.failing', { addresses }, ['outbox']) ?? [];
  const marks = new Map(failing.map(({ address }) => [address, ', email does not arrive']));
  return (
    <div className="field">
      <label htmlFor={id}>Patient</label>
      <select id={id} value={props.value} onChange={(event) => props.onChoose(event.target.value)}>
        {props.patients.map((patient) => (
          <option key={patient.id} value={patient.id}>
            {`${patient.name} (${patient.address}${marks.get(patient.address) ?? ''})`}
          </option>
        ))}
      </select>
    </div>
  );
}
