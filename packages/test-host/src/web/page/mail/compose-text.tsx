import { useEffect, useId, type RefObject } from 'react';

/** The text of an email that is being written. One writes above what is quoted. */
export function ComposeText(props: {
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const { ref } = props;
  useEffect(() => {
    ref.current?.setSelectionRange(0, 0);
  }, [ref]);
  return (
    <div className="field">
      <label htmlFor={id}>Message</label>
      <textarea
        id={id}
        ref={ref}
        rows={12}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}
