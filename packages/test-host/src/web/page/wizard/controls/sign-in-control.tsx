import { useState } from 'react';
import { Button } from '../../common/button.js';
import { useReport } from '../../common/reports.js';
import { signInWithModule } from '../browser-sign-in.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

export function SignInView({ control, wizard }: ControlProps<'signIn'>) {
  const ids = useNoteIds(control);
  const report = useReport();
  const [isRunning, setIsRunning] = useState(false);
  const { open } = control;

  const signIn = async (): Promise<void> => {
    if (wizard.signInModule === undefined) return wizard.press(control.id);
    setIsRunning(true);
    try {
      await wizard.settled();
      await signInWithModule(wizard.signInModule, wizard);
    } catch (error) {
      report(error);
    } finally {
      setIsRunning(false);
    }
  };

  return (
    <div className="field">
      <div className="button-row">
        <Button
          look="main"
          disabled={control.enabled === false || (isRunning && open !== undefined)}
          describedBy={ids.describedBy}
          onPress={() => {
            void signIn();
          }}
        >
          {control.text}
        </Button>
        {open && (
          <>
            <a href={open.url} target="_blank" rel="noopener noreferrer">
              Open the sign-in page
            </a>
            <Button
              onPress={() => {
                void wizard.press(open.cancel);
              }}
            >
              Cancel sign-in
            </Button>
          </>
        )}
      </div>
      <Notes control={control} ids={ids} />
    </div>
  );
}
