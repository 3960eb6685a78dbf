import { useId, type ChangeEvent } from 'react';

/** A line, or the text, of an email that is being written. */
export function ComposeField(props: {
  readonly label: string;
  readonly value: string;
  readonly isLong?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const field = {
    id,
    value: props.value,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => props.onChange(event.target.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.isLong ? <textarea rows={12} {...field} /> : <input type="text" autoComplete="off" {...field} />}
    </div>
  );
}
