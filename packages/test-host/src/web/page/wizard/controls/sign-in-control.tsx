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
        {open?.url !== undefined && <SignInLink url={open.url} />}
        {open && (
          <Button
            onPress={() => {
              void wizard.press(open.cancel);
            }}
          >
            Cancel sign-in
          </Button>
        )}
      </div>
      <Notes control={control} ids={ids} />
    </div>
  );
}

/** The ways to Microsoft's page for a person whose browser did not go there by itself. */
function SignInLink({ url }: { url: string }) {
  const { copy, said, isByHand, box } = useCopy(url);
  return (
    <>
      <a href={url} target="_blank" rel="noopener noreferrer">
        Open the sign-in page
      </a>
      <Button onPress={copy}>Copy link</Button>
      <span aria-live="polite">{said}</span>
      {isByHand && <input type="text" readOnly ref={box} aria-label="Link to the sign-in page" value={url} />}
    </>
  );
}
