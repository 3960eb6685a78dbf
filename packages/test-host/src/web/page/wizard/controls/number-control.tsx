import type { JsonValue } from '@exact/host-contracts';
import { useId } from 'react';
import { useSentValue } from '../use-sent-value.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function NumberView({ control, wizard }: ControlProps<'number'>) {
  const id = useId();
  const ids = useNoteIds(control);
  const field = useSentValue(wizard, control, format, read);
  return (
    <div className="field">
      <label htmlFor={id}>{control.text}</label>
      <input
        type="number"
        id={id}
        value={field.text}
        min={control.minimum}
        max={control.maximum}
        disabled={control.enabled === false}
        aria-invalid={control.problem !== undefined}
        aria-describedby={ids.describedBy}
        onChange={(event) => {
          field.change(event.target.value);
        }}
        onBlur={field.send}
      />
      <Notes control={control} ids={ids} />
    </div>
  );
}

function format(value: JsonValue): string {
  return typeof value === 'number' ? value.toString() : '';
}

/** What is not a number is `null`. */
function read(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
