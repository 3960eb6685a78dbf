import { useId } from 'react';
import { SeverityMark } from '../../common/severity-mark.js';
import type { ControlProps } from './control-props.js';

export function StatusView({ control }: Pick<ControlProps<'status'>, 'control'>) {
  const name = useId();
  return (
    <div className={`status-line ${control.severity}`}>
      <span className="label" id={name}>
        {control.text}
      </span>
      <SeverityMark severity={control.severity} />
      <span role="status" aria-labelledby={name}>
        {control.value}
      </span>
    </div>
  );
}
