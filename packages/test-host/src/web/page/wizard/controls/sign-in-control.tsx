import { Button } from '../../common/button.js';
import { useReport } from '../../common/reports.js';
import { SignInLink } from '../../common/sign-in-link.js';
import { signInWithModule } from '../browser-sign-in.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

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
        {open && (
          <Button
            onPress={() => {
              void wizard.press(open.cancel);
            }}
          >
            Cancel sign-in
          </Button>
        )}
        {open?.url !== undefined && <SignInLink url={open.url} />}
      </div>
      <Notes control={control} ids={ids} />
    </div>
  );
}
