import type { EmailService } from '../../api/host-types.js';
import { DiagnosisWindow } from '../health/diagnosis-window.js';
import { AboutWindow } from '../help/about-window.js';
import { ChangeHistoryWindow } from '../history/change-history-window.js';
import { EmailWindow } from '../mail/email-window.js';
import { PracticeInformationWindow } from '../practice/practice-information-window.js';
import { WizardWindow } from '../wizard/wizard-window.js';
import type { OpenWindows } from './use-open-windows.js';

/** The open windows, each over those that were opened before. */
export function MainWindows({ windows, service }: { windows: OpenWindows; service: EmailService | undefined }) {
  const { open, hide, wizard } = windows;
  return (
    <>
      {open.includes('email') && (
        <EmailWindow
          service={service}
          onClose={() => {
            hide('email');
          }}
        />
      )}
      {open.includes('practice') && (
        <PracticeInformationWindow
          onClose={() => {
            hide('practice');
          }}
        />
      )}
      {open.includes('history') && (
        <ChangeHistoryWindow
          onClose={() => {
            hide('history');
          }}
        />
      )}
      {open.includes('about') && (
        <AboutWindow
          onClose={() => {
            hide('about');
          }}
        />
      )}
      {open.includes('diagnosis') && service && (
        <DiagnosisWindow
          service={service}
          onClose={() => {
            hide('diagnosis');
          }}
        />
      )}
      {wizard && <WizardWindow key={wizard.id} wizard={wizard} onClosed={windows.wizardClosed} />}
    </>
  );
}
