import type { InboxMessage } from '@exact/host-contracts';
import { useLive } from '../api/use-live.js';
import { AttachmentList } from './attachment-list.js';
import type { DraftOpening } from './draft.js';
import { HtmlFrame } from './html-frame.js';
import { InboxActions } from './inbox-actions.js';
import { MessageHeader } from './message-header.js';
import { PatientLink } from './patient-link.js';
import { ReportNotice } from './report-notice.js';

/** A received message, to read and to act on. */
export function InboxReader(props: {
  readonly id: number;
  readonly own: readonly string[] | undefined;
  readonly onAnswer: (opening: DraftOpening) => void;
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
      <InboxActions message={message} own={props.own} onAnswer={props.onAnswer} onGone={props.onGone} />
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
