import { useId, useRef, useState, type ReactNode } from 'react';
import type { UploadedAttachment } from '../../api/answers.js';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { formatSize } from '../common/format.js';
import { useAction } from '../common/use-action.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';
import type { Draft } from './draft.js';
import { useAttachments } from './use-attachments.js';

/** Writing an email. What was written stays in the window until it is queued. */
export function ComposeWindow({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const host = useHost();
  const { busy, run } = useAction();
  const [written, setWritten] = useState(draft);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const attachments = useAttachments();
  const problemId = useId();

  const send = async (): Promise<void> => {
    const { references, ...rest } = written;
    const answer = await host.call('email.send', {
      ...rest,
      ...(references && { references: [...references] }),
      attachments: attachments.list.map(({ id }) => id),
    });
    if (answer.kind === 'queued') onClose();
    else if (answer.kind === 'bad-addresses') setProblems(answer.problems);
    else
      setProblems([
        'Email is off, so this could not be queued. Set it up under Configure > Email and SMS Setup; copy the text before you close this window.',
      ]);
  };
  const cancel = (): void => {
    run(() => attachments.discard());
    onClose();
  };

  return (
    <Window title="New email" size="medium" onClose={cancel}>
      <div className="window-body compose">
        <div role="alert">
          {problems.map((problem) => (
            <p className="problem" id={problemId} key={problem}>
              {problem}
            </p>
          ))}
        </div>
        <Line
          label="To"
          value={written.to}
          isBad={problems.length > 0}
          onChange={(to) => {
            setWritten({ ...written, to });
          }}
        />
        <Line
          label="Subject"
          value={written.subject}
          onChange={(subject) => {
            setWritten({ ...written, subject });
          }}
        />
        <Line
          label="Message"
          isLong
          value={written.message}
          onChange={(message) => {
            setWritten({ ...written, message });
          }}
        />
        <Attached
          list={attachments.list}
          onRemove={(id) => {
            run(() => attachments.remove(id));
          }}
        />
      </div>
      <WindowButtons>
        <FilePicker
          disabled={busy}
          onPick={(files) => {
            run(() => attachments.add(files));
          }}
        />
        <Button
          look="main"
          disabled={busy}
          onPress={() => {
            run(send);
          }}
        >
          Send
        </Button>
        <Button onPress={cancel}>Cancel</Button>
      </WindowButtons>
    </Window>
  );
}

function Line(props: {
  readonly label: string;
  readonly value: string;
  readonly isLong?: boolean;
  readonly isBad?: boolean;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  const common = {
    id,
    value: props.value,
    onChange: (event: { target: { value: string } }) => {
      props.onChange(event.target.value);
    },
  };
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.isLong ? (
        <textarea rows={12} {...common} />
      ) : (
        <input type="text" autoComplete="off" aria-invalid={props.isBad ?? false} maxLength={20_000} {...common} />
      )}
    </div>
  );
}

function Attached(props: { readonly list: readonly UploadedAttachment[]; readonly onRemove: (id: string) => void }) {
  if (props.list.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {props.list.map(({ id, name, size }) => (
        <li key={id}>
          {name} <span className="hint">{formatSize(size)}</span>
          <Button
            look="quiet"
            label={`Remove ${name}`}
            onPress={() => {
              props.onRemove(id);
            }}
          >
            Remove
          </Button>
        </li>
      ))}
    </ul>
  );
}

function FilePicker({ disabled, onPick }: { disabled: boolean; onPick: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button disabled={disabled} onPress={() => input.current?.click()}>
        Attach
      </Button>
    </>
  );
}
