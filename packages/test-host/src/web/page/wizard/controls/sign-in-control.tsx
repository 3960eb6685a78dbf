import { Button } from '../../common/button.js';
import { useReport } from '../../common/reports.js';
import { signInWithModule } from '../browser-sign-in.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';
import { useCopy } from './use-copy.js';

export function SignInView({ control, wizard }: ControlProps<'signIn'>) {
  const ids = useNoteIds(control);
  const report = useReport();
  const { open } = control;
  const { copy, said, isByHand, box } = useCopy(open?.url ?? '');

  const signIn = async (): Promise<void> => {
    if (wizard.signInModule === undefined) return wizard.press(control.id);
    try {
      await wizard.settled();
      await signInWithModule(wizard.signInModule, wizard);
    } catch (error) {
      report(error);
    }
  };

  return (
    <div className="field">
      <div className="button-row">
        <Button
          look="main"
          disabled={control.enabled === false}
          describedBy={ids.describedBy}
          onPress={() => {
            void signIn();
          }}
        >
          {control.text}
        </Button>
        {open?.url !== undefined && (
          <>
            <a href={open.url} target="_blank" rel="noopener noreferrer">
              Open the sign-in page
            </a>
            <Button onPress={copy}>Copy link</Button>
          </>
        )}
        {open && (
          <Button
            onPress={() => {
              void wizard.press(open.cancel);
            }}
          >
            Cancel sign-in
          </Button>
        )}
        <span aria-live="polite">{said}</span>
      </div>
      {isByHand && (
        <input type="text" readOnly ref={box} aria-label="Link to the sign-in page" value={open?.url ?? ''} />
      )}
      <Notes control={control} ids={ids} />
    </div>
  );
}
