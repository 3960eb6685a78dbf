import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function LinkView({ control }: Pick<ControlProps<'link'>, 'control'>) {
  const ids = useNoteIds(control);
  return (
    <div className="field">
      <a href={control.url} target="_blank" rel="noopener noreferrer" aria-describedby={ids.describedBy}>
        {control.text}
      </a>
      <Notes control={control} ids={ids} />
    </div>
  );
}
