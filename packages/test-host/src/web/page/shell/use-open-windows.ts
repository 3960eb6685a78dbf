import { useCallback, useMemo, useState } from 'react';
import { CallError } from '../api/host-connection.js';
import { useHost } from '../api/host-context.js';
import { useReport } from '../common/reports.js';
import { WizardSession } from '../wizard/wizard-session.js';

/** The windows that a menu or the status bar opens, one of each. */
export type WindowName = 'email' | 'practice' | 'about' | 'history' | 'diagnosis';

export interface OpenWindows {
  readonly open: readonly WindowName[];
  readonly wizard: WizardSession | undefined;
  readonly show: (name: WindowName) => void;
  readonly hide: (name: WindowName) => void;
  readonly openWizard: (menuEntry: string) => void;
  readonly wizardClosed: () => void;
  /** The host was started anew and has ended the wizard. */
  readonly hostRestarted: () => void;
}

/** Which windows of the desktop are open. */
export function useOpenWindows(): OpenWindows {
  const host = useHost();
  const report = useReport();
  const [open, setOpen] = useState<readonly WindowName[]>([]);
  const [wizard, setWizard] = useState<WizardSession>();

  const show = useCallback((name: WindowName) => {
    setOpen((names) => (names.includes(name) ? names : [...names, name]));
  }, []);
  const hide = useCallback((name: WindowName) => {
    setOpen((names) => names.filter((each) => each !== name));
  }, []);
  const openWizard = useCallback(
    (menuEntry: string) => {
      host.call('wizard.open', { menuEntry }).then((opened) => {
        setWizard(new WizardSession(host, opened, report));
      }, report);
    },
    [host, report],
  );
  const wizardClosed = useCallback(() => {
    setWizard(undefined);
  }, []);
  const hostRestarted = useCallback(() => {
    if (wizard)
      report(new CallError('The test host was started anew. The set-up was cancelled; nothing of it was saved.'));
    setWizard(undefined);
  }, [wizard, report]);
  return useMemo(
    () => ({ open, wizard, show, hide, openWizard, wizardClosed, hostRestarted }),
    [open, wizard, show, hide, openWizard, wizardClosed, hostRestarted],
  );
}
