import type { Practice } from '@exact/host-contracts';
import { useId, useState } from 'react';
import { useHost } from '../api/host-context.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';

/** Configure > Practice Information: the address that letters and reminders print. */
export function PracticeInformationWindow({ onClose }: { onClose: () => void }) {
  const practice = useLive('practice', {}, ['practice']);
  return practice && <PracticeForm practice={practice} onClose={onClose} />;
}

function PracticeForm({ practice, onClose }: { practice: Practice; onClose: () => void }) {
  const host = useHost();
  const { busy, run } = useAction();
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const saveAndClose = async (): Promise<void> => {
    const isChanged = typed !== undefined && typed !== practice.emailAddress;
    const saved = isChanged ? await host.call('practice.update-address', { address: typed }) : {};
    setProblem(saved.problem);
    if (saved.problem === undefined) onClose();
  };

  return (
    <Window title="Practice Information" size="small" onClose={onClose}>
      <div className="window-body">
        <dl className="key-values">
          <div>
            <dt>Practice</dt>
            <dd>{practice.name}</dd>
          </div>
        </dl>
        <AddressField
          value={typed ?? practice.emailAddress}
          problem={problem}
          onChange={setTyped}
          onEnter={() => run(saveAndClose)}
        />
      </div>
      <WindowButtons>
        <Button look="main" disabled={busy} onPress={() => run(saveAndClose)}>
          Close
        </Button>
      </WindowButtons>
    </Window>
  );
}

function AddressField(props: {
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Email address</label>
      <input
        type="text"
        inputMode="email"
        id={id}
        value={props.value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={props.problem !== undefined}
        aria-describedby={`${id}hint ${id}problem`}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') props.onEnter();
        }}
      />
      <p className="problem" id={`${id}problem`} aria-live="polite">
        {props.problem}
      </p>
      <p className="hint" id={`${id}hint`}>
        Letters and reminders to patients print it. A change is saved with Close; Escape leaves it as it was.
      </p>
    </div>
  );
}
