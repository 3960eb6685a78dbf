import { Button } from '../../common/button.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';
import { useCopy } from '../../common/use-copy.js';

export function CopyView({ control }: Pick<ControlProps<'copy'>, 'control'>) {
  const ids = useNoteIds(control);
  const { copy, said, box } = useCopy(control.value);
  const shown = { ref: box, readOnly: true, 'aria-label': `${control.text}: the text`, value: control.value };
  return (
    <div className="field">
      {control.look === 'code' ? (
        <input type="text" className="code" size={control.value.length + 2} {...shown} />
      ) : (
        <textarea className="hand-on" rows={Math.min(control.value.split('\n').length, 8)} {...shown} />
      )}
      <div className="button-row">
        <Button describedBy={ids.describedBy} onPress={copy}>
          {control.text}
        </Button>
        <span aria-live="polite">{said}</span>
      </div>
      <Notes control={control} ids={ids} />
    </div>
  );
}
