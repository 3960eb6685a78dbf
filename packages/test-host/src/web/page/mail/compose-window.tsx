import type { FailingAddress } from '@exact/host-contracts';
import { useState } from 'react';
import type { SendAnswer } from '../../api/answers.js';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';
import { AttachButton, AttachedFiles } from './attached-files.js';
import { ComposeField } from './compose-field.js';
import type { Draft } from './draft.js';
import { FailingAddresses } from './failing-addresses.js';
import { useAttachments } from './use-attachments.js';

/** Writing an email. What was written stays in the window until it is queued. */
export function ComposeWindow({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const host = useHost();
  const { busy, run } = useAction();
  const [written, setWritten] = useState(draft);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [failing, setFailing] = useState<readonly FailingAddress[]>([]);
  const attachments = useAttachments();

  const send = async (): Promise<void> => {
    const { references, ...rest } = written;
    const ids = attachments.list.map(({ id }) => id);
    const answer = await host.call('email.send', {
      ...rest,
      attachments: ids,
      despiteFailing: failing.length > 0,
      ...(references && { references: [...references] }),
    });
    if (answer.kind === 'queued') onClose();
    else setProblems(problemsOf(answer));
    setFailing(answer.kind === 'failing-addresses' ? answer.addresses : []);
    if (answer.kind === 'attachments-gone') attachments.forget();
  };
  const cancel = (): void => {
    run(() => attachments.discard());
    onClose();
  };
  const change = (part: Partial<Draft>): void => setWritten({ ...written, ...part });

  return (
    <Window title="New email" size="medium" onClose={cancel}>
      <div className="window-body compose">
        <Objections
          problems={problems}
          failing={failing}
          onTrusted={(address) => setFailing(failing.filter((each) => each.address !== address))}
        />
        <ComposeField
          label="To"
          value={written.to}
          onChange={(to) => {
            change({ to });
            setFailing([]);
          }}
        />
        <ComposeField label="Subject" value={written.subject} onChange={(subject) => change({ subject })} />
        <ComposeField label="Message" isLong value={written.message} onChange={(message) => change({ message })} />
        <AttachedFiles list={attachments.list} onRemove={(id) => run(() => attachments.remove(id))} />
      </div>
      <WindowButtons>
        <AttachButton disabled={busy} onPick={(files) => run(() => attachments.add(files))} />
        <Button look="main" disabled={busy} onPress={() => run(send)}>
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

function problemsOf(answer: Exclude<SendAnswer, { readonly kind: 'queued' }>): readonly string[] {
  switch (answer.kind) {
    case 'bad-addresses':
      return answer.problems;
    case 'failing-addresses':
      return [];
    case 'attachments-gone':
      return ['The attachments were lost on the way. Attach them again, then press Send.'];
    case 'off':
      return [
        'Email is off, so this was not sent. Set email up under Configure > Email and SMS Setup. Copy the text first: it is kept only while this window is open.',
      ];
  }
}
