import { useId } from 'react';
import { useSentValue } from '../use-sent-value.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function TextFieldView({ control, wizard }: ControlProps<'textField'>) {
  const id = useId();
  const ids = useNoteIds(control);
  const field = useSentValue(wizard, control, String, (text) => text);
  return (
    <div className="field">
      <label htmlFor={id}>{control.text}</label>
      <input
        type="text"
        id={id}
        value={field.text}
        placeholder={control.placeholder}
        disabled={control.enabled === false}
        autoComplete="off"
        spellCheck={false}
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
