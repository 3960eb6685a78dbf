import { FailureCard } from '../../common/failure-card.js';
import { triedByYou } from '../../common/tried-again.js';
import type { ControlProps } from './control-props.js';

export function NoticeView({ control }: Pick<ControlProps<'notice'>, 'control'>) {
  const { failure, severity } = control;
  if (failure) return <FailureCard failure={failure} severity={severity} again={triedByYou(failure.retry)} />;
  return <p className={`card ${control.severity}`}>{control.text}</p>;
}
