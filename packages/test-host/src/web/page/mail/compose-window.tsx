import type { FailingAddress } from '@exact/host-contracts';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';
import { AttachButton, AttachedFiles } from './attached-files.js';
import { ComposeField } from './compose-field.js';
import { ComposeText } from './compose-text.js';
import type { Draft, DraftOpening } from './draft.js';
import { FailingAddresses } from './failing-addresses.js';
import { RecipientFields } from './recipient-fields.js';
import { useAttachments } from './use-attachments.js';
import { useSending } from './use-sending.js';

/** Writing an email. What was written stays in the window until it is queued. */
export function ComposeWindow({ opening, onClose }: { opening: DraftOpening; onClose: () => void }) {
  const { busy, run } = useAction();
  const [written, setWritten] = useState(opening.draft);
  const attachments = useAttachments();
  const limits = useLive('email.limits', {}, []);
  const message = useRef<HTMLTextAreaElement>(null);
  const sending = useSending();
  const { problems, setProblems, failing, setFailing } = sending;
  useReceivedAttachments(opening.attachmentsOf, (id) =>
    run(async () => setProblems(await attachments.addReceived(id))),
  );

  const submit = async (): Promise<void> => {
    const outcome = await sending.send(written, attachments.ids);
    if (outcome === 'queued') onClose();
    if (outcome === 'attachments-gone') attachments.forget();
  };
  const cancel = (): void => {
    run(() => attachments.discard());
    onClose();
  };
  const change = (part: Partial<Draft>): void => setWritten({ ...written, ...part });
  const readdress = (part: Partial<Draft>): void => {
    change(part);
    setFailing([]);
  };

  const isAnswer = opening.draft.to !== '';
  return (
    <Window title="New email" size="medium" onClose={cancel} initialFocus={isAnswer ? message : undefined}>
      <div className="window-body compose">
        {opening.warning !== undefined && <p className="card warning">{opening.warning}</p>}
        <Objections
          problems={problems}
          failing={failing}
          onTrusted={(address) => setFailing(failing.filter((each) => each.address !== address))}
        />
        <RecipientFields draft={written} onChange={readdress} />
        <ComposeField label="Subject" value={written.subject} onChange={(subject) => change({ subject })} />
        <AttachedFiles
          list={attachments.list}
          text={written.message}
          limits={limits}
          onRemove={(id) => run(() => attachments.remove(id))}
        />
        <ComposeText ref={message} value={written.message} onChange={(text) => change({ message: text })} />
      </div>
      <WindowButtons>
        <AttachButton
          disabled={busy || !limits}
          onPick={(files) => limits && run(async () => setProblems(await attachments.add(files, limits)))}
        />
        <Button look="main" disabled={busy} onPress={() => run(submit)}>
          {failing.length > 0 ? 'Send anyway' : 'Send'}
        </Button>
        <Button onPress={cancel}>Cancel</Button>
      </WindowButtons>
    </Window>
  );
}

/** Why it was not sent: what must be put right, and what a person may overrule. */
function Objections(props: {
  readonly problems: readonly string[];
  readonly failing: readonly FailingAddress[];
  readonly onTrusted: (address: string) => void;
}) {
  return (
    <div role="alert">
      {props.problems.map((problem) => (
        <p className="problem" key={problem}>
          {problem}
        </p>
      ))}
      <FailingAddresses addresses={props.failing} onTrusted={props.onTrusted} />
    </div>
  );
}

/** Asks for the attachments of the message that is forwarded, once. */
function useReceivedAttachments(id: number | undefined, take: (id: number) => void): void {
  const asked = useRef(false);
  useEffect(() => {
    if (id === undefined || asked.current) return;
    asked.current = true;
    take(id);
  });
}
