import { draftAnswer, formatAddress, type AnswerKind, type InboxMessage, type Patient } from '@exact/host-contracts';
import { formatTime } from '../common/format.js';
import { htmlToText } from './html-cleaner.adapter.js';
import { unreadWarning } from './unread-warning.js';

/** An email that is being written, as it is typed. */
export interface Draft {
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  readonly subject: string;
  readonly message: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly patient?: Patient;
}

/** With what New email opens. */
export interface DraftOpening {
  readonly draft: Draft;
  /** Why an answer may not be read: said before somebody writes it. */
  readonly warning?: string;
  /** The received message whose attachments go with it. */
  readonly attachmentsOf?: number;
}

export const EMPTY_DRAFT: DraftOpening = {
  draft: { to: '', cc: '', bcc: '', subject: '', message: '', references: [] },
};

/** An answer to a received message, or the message handed on, with its text below. `own`: the practice's addresses. */
export function openAnswer(message: InboxMessage, kind: AnswerKind, own: readonly string[]): DraftOpening {
  const { index, arrivedAt, patient } = message;
  const text = index.text ?? (index.html === undefined ? '' : htmlToText(index.html));
  const answer = draftAnswer({ kind, message: { ...index, text }, arrivedAt, own, formatTime });
  const { to, cc, subject, quote, inReplyTo, references, unread } = answer;
  const draft = {
    to: to.map(formatAddress).join(', '),
    cc: cc.map(formatAddress).join(', '),
    bcc: '',
    subject,
    message: quote === '' ? '' : `\n\n${quote}`,
    references,
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(patient && kind !== 'forward' && { patient }),
  };
  const takesAttachments = kind === 'forward' && index.attachments.length > 0;
  return {
    draft,
    ...(unread && { warning: unreadWarning(unread, to) }),
    ...(takesAttachments && { attachmentsOf: message.id }),
  };
}

/** Whether **Reply all** reaches anybody whom **Reply** does not. */
export function reachesMore({ index, arrivedAt }: InboxMessage, own: readonly string[]): boolean {
  const request = { message: index, arrivedAt, own, formatTime };
  const all = draftAnswer({ ...request, kind: 'reply-all' });
  return all.to.length + all.cc.length > draftAnswer({ ...request, kind: 'reply' }).to.length;
}
