import { Button } from '../../common/button.js';
import { useListDraft } from '../use-list-draft.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function TimesOfDayView({ control, wizard }: ControlProps<'timesOfDay'>) {
  const ids = useNoteIds(control);
  const { rows, set } = useListDraft<string>(wizard, control, (time) => /^\d\d:\d\d$/.test(time));
  const disabled = control.enabled === false;
  return (
    <fieldset className="times" aria-describedby={ids.describedBy} disabled={disabled}>
      <legend>{control.text}</legend>
      <ul className="time-rows">
        {rows.map((time, index) => (
          // The place in the list is what a row is: two rows may hold the same time while one is being typed.
          <li key={index}>
            <input
              type="time"
              aria-label={`Time ${(index + 1).toString()}`}
              value={time}
              onChange={(event) => {
                set(rows.with(index, event.target.value));
              }}
            />
            <Button
              look="quiet"
              disabled={disabled}
              label={`Remove time ${(index + 1).toString()}`}
              onPress={() => {
                set(rows.toSpliced(index, 1));
              }}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <Button
        disabled={disabled}
        onPress={() => {
          set([...rows, rows.includes('12:00') ? '' : '12:00']);
        }}
      >
        Add a time of day
      </Button>
      <Notes control={control} ids={ids} />
    </fieldset>
  );
}
