import type { Control } from '@exact/host-contracts';
import type { NoteIds } from './control-props.js';

/** What is wrong with a control's value, and its hint. The problem is read out when it comes up. */
export function Notes({ control, ids }: { control: Pick<Control, 'hint' | 'problem'>; ids: NoteIds }) {
  return (
    <>
      <div aria-live="polite">
        {control.problem !== undefined && (
          <p className="problem" id={ids.problem}>
            {control.problem}
          </p>
        )}
      </div>
      {control.hint !== undefined && (
        <p className="hint" id={ids.hint}>
          {control.hint}
        </p>
      )}
    </>
  );
}
