import type { Severity, StepState } from '@exact/host-contracts';
import { FailureCard } from '../../common/failure-card.js';
import { triedByYou } from '../../common/tried-again.js';
import { formatDuration } from '../../common/format.js';
import { SeverityMark } from '../../common/severity-mark.js';
import type { ControlProps } from './control-props.js';

const WORDS: Readonly<Record<StepState, string>> = {
  waiting: 'Waiting',
  running: 'Running',
  passed: 'Passed',
  failed: 'Failed',
};
const MARKS: Partial<Readonly<Record<StepState, Severity>>> = { passed: 'success', failed: 'error' };

export function ProgressView({ control }: Pick<ControlProps<'progress'>, 'control'>) {
  return (
    <ul className="steps" aria-label={control.text}>
      {control.steps.map(({ text, state, took, note, failure }) => {
        const mark = MARKS[state];
        return (
          <li key={text} className={state}>
            <span className="step-name">{text}</span>{' '}
            <span className="step-state">
              {mark ? <SeverityMark severity={mark} /> : <span className={`light ${state}`} aria-hidden="true" />}
              {WORDS[state]}
            </span>{' '}
            {took !== undefined && <span className="step-took">{formatDuration(took)}</span>}
            {note !== undefined && <p className="hint">{note}</p>}
            {failure && <FailureCard failure={failure} again={triedByYou(failure.retry)} />}
          </li>
        );
      })}
    </ul>
  );
}
