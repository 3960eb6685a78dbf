import { useId, useState } from 'react';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';

/** A value of the host with the button that sets it. */
export function SettingLine(props: {
  readonly label: string;
  readonly value: string;
  readonly button: string;
  readonly onSet: (value: string) => Promise<void>;
}) {
  const id = useId();
  const { busy, run } = useAction();
  const [typed, setTyped] = useState<string>();
  const set = (): void => {
    run(async () => {
      await props.onSet(typed ?? props.value);
      setTyped(undefined);
    });
  };
  return (
    <form
      className="field"
      onSubmit={(event) => {
        event.preventDefault();
        set();
      }}
    >
      <label htmlFor={id}>{props.label}</label>
      <div className="setting-line">
        <input
          type="text"
          id={id}
          value={typed ?? props.value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
        <Button disabled={busy} onPress={set}>
          {props.button}
        </Button>
      </div>
    </form>
  );
}
