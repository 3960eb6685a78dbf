import { useId } from 'react';

/** A line of an email that is being written. */
export function ComposeField(props: {
  readonly label: string;
  readonly value: string;
  /** A sentence under the label. */
  readonly hint?: string;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.hint !== undefined && (
        <span className="hint" id={hintId}>
          {props.hint}
        </span>
      )}
      <input
        id={id}
        type="text"
        autoComplete="off"
        autoFocus={props.autoFocus}
        aria-describedby={props.hint === undefined ? undefined : hintId}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}
