import { useId, useState } from 'react';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function CheckboxView({ control, wizard }: ControlProps<'checkbox'>) {
  const id = useId();
  const ids = useNoteIds(control);
  const [pressed, setPressed] = useState<boolean>();
  const toggle = (value: boolean): void => {
    setPressed(value);
    void wizard.change(control.id, value).then(() => {
      setPressed((now) => (now === value ? undefined : now));
    });
  };
  return (
    <div className="choice">
      <input
        type="checkbox"
        id={id}
        checked={pressed ?? control.value}
        disabled={control.enabled === false}
        onChange={(event) => {
          toggle(event.target.checked);
        }}
        aria-describedby={ids.describedBy}
      />
      <label htmlFor={id}>{control.text}</label>
      <Notes control={control} ids={ids} />
    </div>
  );
}
