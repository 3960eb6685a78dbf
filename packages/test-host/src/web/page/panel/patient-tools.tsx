import { useId, useState } from 'react';
import type { PanelState } from '../../../host/host.js';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';

/** What patients do by themselves, and the host's sample letter to them. */
export function PatientTools({ patients }: { patients: PanelState['patients'] }) {
  const host = useHost();
  const { busy, run } = useAction();
  const [chosen, setChosen] = useState<string>();
  const [message, setMessage] = useState('');
  const id = useId();
  const patient = patients.find((each) => each.id === chosen) ?? patients[0];
  if (!patient) return null;

  const act = (action: () => Promise<string>): void => {
    setMessage('');
    run(async () => {
      setMessage(await action());
    });
  };
  const remind = async (): Promise<string> => {
    const { kind } = await host.call('panel.send-reminder', { patient: patient.id });
    return kind === 'queued' ? 'The reminder is in the Outbox.' : 'Email is off: the reminder was not written.';
  };
  const write = async (): Promise<string> => {
    await host.call('panel.write-as-patient', { patient: patient.id });
    return `${patient.name} has written to the practice’s mailbox.`;
  };
  const answer = async (): Promise<string> => {
    const { kind } = await host.call('panel.answer-as-patient', { patient: patient.id });
    return kind === 'answered' ? `${patient.name} has answered.` : `${patient.name} has got no email to answer yet.`;
  };

  return (
    <section>
      <h3>Patients</h3>
      <div className="field">
        <label htmlFor={id}>Patient</label>
        <select
          id={id}
          value={patient.id}
          onChange={(event) => {
            setChosen(event.target.value);
          }}
        >
          {patients.map(({ id: value, name, address }) => (
            <option key={value} value={value}>
              {`${name} (${address})`}
            </option>
          ))}
        </select>
      </div>
      <div className="panel-buttons">
        <Button
          disabled={busy}
          onPress={() => {
            act(remind);
          }}
        >
          Send appointment reminder
        </Button>
        <Button
          disabled={busy}
          onPress={() => {
            act(write);
          }}
        >
          Patient writes an email
        </Button>
        <Button
          disabled={busy}
          onPress={() => {
            act(answer);
          }}
        >
          Patient answers
        </Button>
      </div>
      <p className="hint" aria-live="polite">
        {message}
      </p>
    </section>
  );
}
