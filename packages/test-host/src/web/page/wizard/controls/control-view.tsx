import type { Control } from '@exact/host-contracts';
import type { WizardSession } from '../wizard-session.js';
import { ButtonView } from './button-control.js';
import { CheckboxView } from './checkbox-control.js';
import { HelpView } from './help-control.js';
import { KeyValuesView } from './key-values-control.js';
import { NoticeView } from './notice-control.js';
import { NumberView } from './number-control.js';
import { ProgressView } from './progress-control.js';
import { RadioView } from './radio-control.js';
import { SignInView } from './sign-in-control.js';
import { StatusView } from './status-control.js';
import { TextView } from './text-control.js';
import { TextFieldView } from './text-field-control.js';
import { TimesOfDayView } from './times-of-day-control.js';
import { WeeklyTimesView } from './weekly-times-control.js';

/** Draws a control of any kind; of a kind that this host does not know, its text. */
export function ControlView({ control, wizard }: { control: Control; wizard: WizardSession }) {
  switch (control.kind) {
    case 'text':
      return <TextView control={control} />;
    case 'notice':
      return <NoticeView control={control} />;
    case 'radio':
      return <RadioView control={control} wizard={wizard} />;
    case 'textField':
      return <TextFieldView control={control} wizard={wizard} />;
    case 'checkbox':
      return <CheckboxView control={control} wizard={wizard} />;
    case 'number':
      return <NumberView control={control} wizard={wizard} />;
    case 'weeklyTimes':
      return <WeeklyTimesView control={control} wizard={wizard} />;
    case 'timesOfDay':
      return <TimesOfDayView control={control} wizard={wizard} />;
    case 'button':
      return <ButtonView control={control} wizard={wizard} />;
    case 'help':
      return <HelpView control={control} wizard={wizard} />;
    case 'signIn':
      return <SignInView control={control} wizard={wizard} />;
    case 'status':
      return <StatusView control={control} />;
    case 'progress':
      return <ProgressView control={control} />;
    case 'keyValues':
      return <KeyValuesView control={control} />;
    default:
      return <p>{(control satisfies never as Control).text}</p>;
  }
}
