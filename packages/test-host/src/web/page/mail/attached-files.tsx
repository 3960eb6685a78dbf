import type { ProviderLimits } from '@exact/host-contracts';
import { useRef } from 'react';
import type { UploadedAttachment } from '../../api/answers.js';
import { overLimits, spaceUsed } from '../../api/email-limits.js';
import { Button } from '../common/button.js';
import { formatSize } from '../common/format.js';

/** The files that go with an email that is being written, and how full they make it. */
export function AttachedFiles(props: {
  readonly list: readonly UploadedAttachment[];
  /** What is written, which takes space, too. */
  readonly text: string;
  readonly limits: ProviderLimits | undefined;
  readonly onRemove: (id: string) => void;
}) {
  const { list, text, limits } = props;
  if (list.length === 0) return null;
  return (
    <>
      <ul className="attachments" aria-label="Attachments">
        {list.map(({ id, name, size }) => (
          <li key={id}>
            {name} <span className="hint">{formatSize(size)}</span>
            <Button look="quiet" label={`Remove ${name}`} onPress={() => props.onRemove(id)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {limits && <SpaceUsed text={text} sizes={list.map(({ size }) => size)} limits={limits} />}
    </>
  );
}

function SpaceUsed(props: {
  readonly text: string;
  readonly sizes: readonly number[];
  readonly limits: ProviderLimits;
}) {
  const email = { text: new TextEncoder().encode(props.text).byteLength, attachments: props.sizes };
  const [problem] = overLimits({ ...email, recipients: 0 }, props.limits);
  if (problem !== undefined) return <p className="problem">{problem}</p>;
  return (
    <p className="hint" aria-live="polite">
      With its files the email has {spaceUsed(email, props.limits)}. Files grow by about a third on their way.
    </p>
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
