import type { AnswerKind, InboxMessage } from '@exact/host-contracts';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { saveDownload } from '../common/save-download.js';
import { useAction } from '../common/use-action.js';
import { openAnswer, reachesMore, type DraftOpening } from './draft.js';

/** What can be done with a received message. **Reply all** is there when it reaches more people than **Reply**. */
export function InboxActions(props: {
  readonly message: InboxMessage;
  readonly own: readonly string[] | undefined;
  readonly onAnswer: (opening: DraftOpening) => void;
  readonly onGone: () => void;
}) {
  const { message, own, onAnswer, onGone } = props;
  const host = useHost();
  const { busy, run } = useAction();
  const isDeleted = message.folder === 'deleted';
  const move = async (): Promise<void> => {
    await host.call('inbox.move', { ids: [message.id], folder: isDeleted ? 'inbox' : 'deleted' });
    onGone();
  };
  const save = (): Promise<void> => {
    const id = message.id.toString();
    return saveDownload(host, `/api/inbox/${id}/raw`, `message-${id}.eml`);
  };
  const answer = (kind: AnswerKind) => (): void => onAnswer(openAnswer(message, kind, own ?? []));
  return (
    <div className="button-row">
      <Button onPress={answer('reply')}>Reply</Button>
      {own && reachesMore(message, own) && <Button onPress={answer('reply-all')}>Reply all</Button>}
      <Button onPress={answer('forward')}>Forward</Button>
      <Button disabled={busy} onPress={() => run(move)}>
        {isDeleted ? 'Restore' : 'Delete'}
      </Button>
      <Button look="quiet" disabled={busy} onPress={() => run(save)}>
        Save as file
      </Button>
    </div>
  );
}
