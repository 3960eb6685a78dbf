import type { InboxMessage } from '@exact/host-contracts';
import { useHost } from '../api/host-context.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';
import { FailingAddresses } from './failing-addresses.js';

/** Whose message it is, and whether email to them arrives. */
export function PatientLink({ message }: { message: InboxMessage }) {
  const { from } = message.index;
  const failing = useLive('address.failing', { addresses: from ? [from.address] : [] }, ['outbox']);
  return (
    <>
      <LinkedPatient message={message} />
      <FailingAddresses addresses={failing ?? []} />
    </>
  );
}

/** When several patients share the sender's address, a person chooses. */
function LinkedPatient({ message }: { message: InboxMessage }) {
  const host = useHost();
  const { busy, run } = useAction();
  const { id, patient, suggested } = message;
  const link = (chosen: (typeof suggested)[number] | null): void => {
    run(async () => {
      await host.call('inbox.link', { id, patient: chosen && { id: chosen.id, name: chosen.name } });
    });
  };
  if (patient) {
    return (
      <div className="patient-link">
        <span>Patient: {patient.name}</span>
        <Button
          look="quiet"
          disabled={busy}
          onPress={() => {
            link(null);
          }}
        >
          Not this patient
        </Button>
      </div>
    );
  }
  if (suggested.length === 0) return <p className="patient-link hint">No patient has this address.</p>;
  return (
    <div className="patient-link" role="group" aria-label="Whose message is it?">
      <span>Several patients have this address. Whose message is it?</span>
      {suggested.map((each) => (
        <Button
          key={each.id}
          disabled={busy}
          onPress={() => {
            link(each);
          }}
        >
          {each.name}
        </Button>
      ))}
    </div>
  );
}
