import { useId } from 'react';
import { useAction } from '../common/use-action.js';

/** Something that is on or off. */
export function Switch(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => Promise<null>;
}) {
  const id = useId();
  const { run } = useAction();
  return (
    <div className="choice">
      <input
        type="checkbox"
        id={id}
        checked={props.on}
        onChange={(event) => {
          const on = event.target.checked;
          run(async () => {
            await props.onSwitch(on);
          });
        }}
      />
      <label htmlFor={id}>{props.label}</label>
    </div>
  );
}
