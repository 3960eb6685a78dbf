import { useId, useState } from 'react';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function RadioView({ control, wizard }: ControlProps<'radio'>) {
  const name = useId();
  const ids = useNoteIds(control);
  const [chosen, setChosen] = useState<string>();
  const choose = (value: string): void => {
    setChosen(value);
    void wizard.change(control.id, value).then(() => {
      setChosen((now) => (now === value ? undefined : now));
    });
  };
  return (
    <fieldset className="radios" disabled={control.enabled === false} aria-describedby={ids.describedBy}>
      <legend>{control.text}</legend>
      {control.options.map(({ value, text, hint }) => (
        <div className="choice" key={value}>
          <input
            type="radio"
            name={name}
            id={`${name}${value}`}
            value={value}
            checked={(chosen ?? control.value) === value}
            onChange={() => {
              choose(value);
            }}
            aria-describedby={hint === undefined ? undefined : `${name}${value}hint`}
          />
          <label htmlFor={`${name}${value}`}>{text}</label>
          {hint !== undefined && (
            <p className="hint" id={`${name}${value}hint`}>
              {hint}
            </p>
          )}
        </div>
      ))}
      <Notes control={control} ids={ids} />
    </fieldset>
  );
}
