import { FailureCard } from '../../common/failure-card.js';
import type { ControlProps } from './control-props.js';

export function NoticeView({ control }: Pick<ControlProps<'notice'>, 'control'>) {
  if (control.failure) return <FailureCard failure={control.failure} severity={control.severity} />;
  return <p className={`card ${control.severity}`}>{control.text}</p>;
}
