import type { InboxMessage } from '@exact/host-contracts';
import { useHost } from '../api/host-context.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';
import { AttachmentList } from './attachment-list.js';
import { replyTo, type Draft } from './draft.js';
import { HtmlFrame } from './html-frame.js';
import { MessageHeader } from './message-header.js';
import { PatientLink } from './patient-link.js';
import { ReportNotice } from './report-notice.js';
import { saveDownload } from '../common/save-download.js';

/** A received message, to read and to act on. */
export function InboxReader(props: {
  readonly id: number;
  readonly onReply: (draft: Draft) => void;
  readonly onShowSent: (email: number) => void;
  readonly onGone: () => void;
}) {
  const message = useLive('inbox.read', { id: props.id }, ['inbox', 'outbox']);
  if (message === undefined) return null;
  if (message === null) return <p className="empty">This message is not there any more.</p>;
  return (
    <article className="reader" aria-label="Message">
      <MessageHeader index={message.index} arrivedAt={message.arrivedAt} />
      {!message.index.deliveryReport && <PatientLink message={message} />}
      <ReportNotice message={message} onShow={props.onShowSent} />
      <Actions message={message} onReply={props.onReply} onGone={props.onGone} />
      {message.index.problems.length > 0 && (
        <p className="card warning">
          Not all of this message can be shown here; Save as file gives all of it. {message.index.problems.join(' ')}
        </p>
      )}
      <MessageText message={message} />
      <AttachmentList message={message} />
    </article>
  );
}

function Actions(props: {
  readonly message: InboxMessage;
  readonly onReply: (draft: Draft) => void;
  readonly onGone: () => void;
}) {
  const { message, onReply, onGone } = props;
  const host = useHost();
  const { busy, run } = useAction();
  const isDeleted = message.folder === 'deleted';
  const move = async (): Promise<void> => {
    await host.call('inbox.move', { ids: [message.id], folder: isDeleted ? 'inbox' : 'deleted' });
    onGone();
  };
  return (
    <div className="button-row">
      <Button
        onPress={() => {
          onReply(replyTo(message));
        }}
      >
        Reply
      </Button>
      <Button
        disabled={busy}
        onPress={() => {
          run(move);
        }}
      >
        {isDeleted ? 'Restore' : 'Delete'}
      </Button>
      <Button
        look="quiet"
        disabled={busy}
        onPress={() => {
          run(() =>
            saveDownload(host, `/api/inbox/${message.id.toString()}/raw`, `message-${message.id.toString()}.eml`),
          );
        }}
      >
        Save as file
      </Button>
    </div>
  );
}

function MessageText({ message }: { message: InboxMessage }) {
  const { html, text } = message.index;
  if (html !== undefined) return <HtmlText id={message.id} html={html} />;
  return <pre className="plain-text">{text ?? ''}</pre>;
}

function HtmlText({ id, html }: { id: number; html: string }) {
  const hasPictures = /cid:/i.test(html);
  return hasPictures ? <HtmlWithPictures id={id} html={html} /> : <HtmlFrame html={html} pictures={undefined} />;
}

function HtmlWithPictures({ id, html }: { id: number; html: string }) {
  return <HtmlFrame html={html} pictures={useLive('inbox.pictures', { id }, [])} />;
}
