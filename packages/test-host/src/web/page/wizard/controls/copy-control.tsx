import { useRef, useState } from 'react';
import { Button } from '../../common/button.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

/** Where the browser refuses its clipboard, the text is selected, so that the keyboard copies it. */
export function CopyView({ control }: Pick<ControlProps<'copy'>, 'control'>) {
  const ids = useNoteIds(control);
  const box = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(control.value);
      setSaid('Copied.');
    } catch {
      box.current?.select();
      setSaid('The text is selected: press Ctrl+C to copy it.');
    }
  };
  return (
    <div className="field">
      <textarea
        ref={box}
        className="hand-on"
        readOnly
        rows={Math.min(control.value.split('\n').length, 12)}
        aria-label={`${control.text}: the text`}
        value={control.value}
      />
      <div className="button-row">
        <Button
          describedBy={ids.describedBy}
          onPress={() => {
            void copy();
          }}
        >
          {control.text}
        </Button>
        <span aria-live="polite">{said}</span>
      </div>
      <Notes control={control} ids={ids} />
    </div>
  );
}
