import type { Control } from '@exact/host-contracts';
import type { ComponentType } from 'react';
import { ButtonView } from './button-control.js';
import { CheckboxView } from './checkbox-control.js';
import type { ControlProps } from './control-props.js';
import { CopyView } from './copy-control.js';
import { HelpView } from './help-control.js';
import { KeyValuesView } from './key-values-control.js';
import { LinkView } from './link-control.js';
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

type Views = { readonly [Kind in Control['kind']]: ComponentType<ControlProps<Kind>> };

const VIEWS: Views = {
  text: TextView,
  notice: NoticeView,
  radio: RadioView,
  textField: TextFieldView,
  checkbox: CheckboxView,
  number: NumberView,
  weeklyTimes: WeeklyTimesView,
  timesOfDay: TimesOfDayView,
  button: ButtonView,
  link: LinkView,
  copy: CopyView,
  help: HelpView,
  signIn: SignInView,
  status: StatusView,
  progress: ProgressView,
  keyValues: KeyValuesView,
};

/** Draws a control of any kind; of a kind that this host does not know, its text. */
export function ControlView({ control, wizard }: ControlProps<Control['kind']>) {
  if (!Object.hasOwn(VIEWS, control.kind)) return <p>{control.text}</p>;
  // The table pairs each kind with its view; the compiler can't follow that through the union.
  const View = VIEWS[control.kind] as ComponentType<ControlProps<Control['kind']>>;
  return <View control={control} wizard={wizard} />;
}
