import { useRef } from 'react';
import type { UploadedAttachment } from '../../api/answers.js';
import { Button } from '../common/button.js';
import { formatSize } from '../common/format.js';

/** The files that go with an email that is being written. */
export function AttachedFiles(props: {
  readonly list: readonly UploadedAttachment[];
  readonly onRemove: (id: string) => void;
}) {
  if (props.list.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {props.list.map(({ id, name, size }) => (
        <li key={id}>
          {name} <span className="hint">{formatSize(size)}</span>
          <Button look="quiet" label={`Remove ${name}`} onPress={() => props.onRemove(id)}>
            Remove
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Opens the system's dialog for files. */
export function AttachButton(props: { readonly disabled: boolean; readonly onPick: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          props.onPick([...(event.target.files ?? [])]);
          // The same file can be picked again.
          event.target.value = '';
        }}
      />
      <Button disabled={props.disabled} onPress={() => input.current?.click()}>
        Attach
      </Button>
    </>
  );
}
