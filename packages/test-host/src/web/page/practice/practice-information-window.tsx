import type { Practice } from '@exact/host-contracts';
import { useId, useState, type KeyboardEvent } from 'react';
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
  const id = useId();

  const saveAndClose = async (): Promise<void> => {
    if (typed === undefined || typed === practice.emailAddress) {
      onClose();
      return;
    }
    const saved = await host.call('practice.update-address', { address: typed });
    setProblem(saved.problem);
    if (saved.problem === undefined) onClose();
  };
  const saveOnEnter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') run(saveAndClose);
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
        <div className="field">
          <label htmlFor={id}>Email address</label>
          <input
            type="text"
            inputMode="email"
            id={id}
            value={typed ?? practice.emailAddress}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}hint${problem === undefined ? '' : ` ${id}problem`}`}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
            onKeyDown={saveOnEnter}
          />
          <div aria-live="polite">
            {problem !== undefined && (
              <p className="problem" id={`${id}problem`}>
                {problem}
              </p>
            )}
          </div>
          <p className="hint" id={`${id}hint`}>
            Letters and reminders to patients print it. A change is saved with Close; Escape leaves it as it was.
          </p>
        </div>
      </div>
      <WindowButtons>
        <Button
          look="main"
          disabled={busy}
          onPress={() => {
            run(saveAndClose);
          }}
        >
          Close
        </Button>
      </WindowButtons>
    </Window>
  );
}
