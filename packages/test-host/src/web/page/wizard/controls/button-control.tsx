import { Button } from '../../common/button.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function ButtonView({ control, wizard }: ControlProps<'button'>) {
  const ids = useNoteIds(control);
  return (
    <div className="field">
      <Button
        disabled={control.enabled === false}
        describedBy={ids.describedBy}
        onPress={() => {
          void wizard.press(control.id);
        }}
      >
        {control.text}
      </Button>
      <Notes control={control} ids={ids} />
    </div>
  );
}
