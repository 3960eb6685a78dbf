import type { Address } from './account.js';
import type { MessageIndex } from './message.js';

/** What a person does with a received message. */
export type AnswerKind = 'reply' | 'reply-all' | 'forward';

/** With what the window for a new email opens. */
export interface AnswerDraft {
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly subject: string;
  /** The message that is answered, to stand below what the person writes. Lines end in `\n`. */
  readonly quote: string;
  /** For `NewEmail`; a forwarded message begins a thread of its own. */
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  /** Why nobody may read the answer; `undefined` = somebody will. */
  readonly unread?: UnreadReason;
}

/**
 * Why an answer may not be read: the message was written by a program (`MessageIndex.automatic`), its address says that
 * nobody reads what comes there, or it names no sender. Say it before the person writes; they may go on.
 */
export type UnreadReason = NonNullable<MessageIndex['automatic']> | 'no-reply-address' | 'no-sender';

/** How the draft of an answer is made. */
export interface AnswerRequest {
  readonly kind: AnswerKind;
  readonly message: MessageIndex;
  /** When it arrived, epoch ms: for a message without a date. */
  readonly arrivedAt: number;
  /** The practice's own addresses: it does not write to itself. */
  readonly own: readonly string[];
  /** A point in time (epoch ms) as the host writes it. */
  readonly formatTime: (at: number) => string;
}

/** What every host's window needs to answer or forward a received message. Never throws. */
export function draftAnswer(request: AnswerRequest): AnswerDraft {
  const { kind, message } = request;
  const subject = `${kind === 'forward' ? 'Fwd' : 'Re'}: ${baseSubject(message.subject)}`.trim();
  if (kind === 'forward') return { to: [], cc: [], subject, quote: forwarded(request), references: [] };
  const { to, cc } = recipientsOf(request);
  const unread = unreadReason(message, to);
  return { to, cc, subject, quote: quoted(request), ...threadOf(message), ...(unread && { unread }) };
}

/** How programs in many languages mark an answered or forwarded subject, also `Re[2]:` and with a wide colon. */
const PREFIXES =
  /^(?:(?:re|aw|antw|antwort|sv|vs|odp|ynt|yanıt|rif|res|bls|atb|vá|απ|回复|答复|回覆|返信|回信|fwd?|wg|tr|rv|vb|vl|enc|doorst|pd|i̇lt|ilt|továbbítás|转发|轉寄|転送)\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*)+/iu;

/** The subject without what answers and forwards put before it. */
function baseSubject(subject: string): string {
  return subject.trim().replace(PREFIXES, '');
}

/** Who is answered (RFC 5322 section 3.6.2): Reply-To before From; for all, everybody who got it. One's own email is answered to those who got it. */
function recipientsOf({ kind, message, own }: AnswerRequest): Pick<AnswerDraft, 'to' | 'cc'> {
  const { from, replyTo, to, cc } = message;
  const isOwn = (address: Address): boolean => own.some((each) => isSame(each, address.address));
  const senders = [replyTo ?? from].filter((address) => address !== undefined);
  const isOwnMessage = from !== undefined && isOwn(from) && to.some((address) => !isOwn(address));
  const main = isOwnMessage ? to : kind === 'reply-all' ? [...senders, ...to] : senders;
  const answered = once(main).filter((address) => !isOwn(address));
  const copied = kind === 'reply-all' ? once(cc).filter((address) => !isOwn(address)) : [];
  return {
    // Whoever answers only themselves means it.
    to: answered.length > 0 || copied.length > 0 ? answered : once(senders),
    cc: copied.filter(({ address }) => !answered.some((each) => isSame(each.address, address))),
  };
}

function once(addresses: readonly Address[]): readonly Address[] {
  return addresses.filter((address, at) => addresses.findIndex((each) => isSame(each.address, address.address)) === at);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** RFC 5322 section 3.6.4: what the message refers to, or else answers, then the message itself. */
function threadOf({ messageId, inReplyTo, references }: MessageIndex): Pick<AnswerDraft, 'inReplyTo' | 'references'> {
  const answered = inReplyTo?.match(/<[^<>\s]+>/g) ?? [];
  const before = references.length > 0 ? references : answered.length === 1 ? answered : [];
  if (messageId === undefined) return { references: before };
  return { inReplyTo: messageId, references: [...before.filter((each) => each !== messageId), messageId] };
}

/** Local parts that say of themselves that nobody reads what comes there. */
const NO_REPLY =
  /(?:^|[._+-])(?:no|not|non|do-?not|dont|ne-?pas)[._-]?(?:reply|responder?|repondre|antworten)(?:$|[._+@-])|^(?:nicht|keine)[._-]?antwort|^(?:noreply|donotreply|mailer-daemon)/i;

function unreadReason({ automatic }: MessageIndex, to: readonly Address[]): UnreadReason | undefined {
  if (automatic !== undefined) return automatic;
  if (to.length === 0) return 'no-sender';
  return to.every(({ address }) => NO_REPLY.test(address.slice(0, address.lastIndexOf('@'))))
    ? 'no-reply-address'
    : undefined;
}

/** Characters of the answered message that are quoted; of a forwarded one that are handed on. */
const QUOTE_LIMIT = 20_000;
const FORWARD_LIMIT = 500_000;
const REST_LEFT_OUT = '[The rest is left out.]';

function quoted({ message, arrivedAt, formatTime }: AnswerRequest): string {
  const text = shortened(message.text ?? '', QUOTE_LIMIT);
  if (text === '') return '';
  const who = message.from?.name ?? message.from?.address ?? 'Somebody';
  const lines = text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`));
  return [`${who} wrote on ${formatTime(message.date ?? arrivedAt)}:`, ...lines, ''].join('\n');
}

function forwarded({ message, arrivedAt, formatTime }: AnswerRequest): string {
  const { from, to, cc, date, subject, text = '' } = message;
  const header = [
    '-------- Forwarded message --------',
    ...(from ? [`From: ${formatAddress(from)}`] : []),
    `Date: ${formatTime(date ?? arrivedAt)}`,
    `Subject: ${subject}`,
    `To: ${to.map(formatAddress).join(', ')}`,
    ...(cc.length > 0 ? [`Cc: ${cc.map(formatAddress).join(', ')}`] : []),
  ];
  return [...header, '', shortened(text, FORWARD_LIMIT), ''].join('\n');
}

function shortened(text: string, limit: number): string {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd();
  return lines.length <= limit ? lines : `${lines.slice(0, limit)}\n${REST_LEFT_OUT}`;
}

/** As a person reads it, and as a line of recipients is typed: `"Lee, Ann" <ann@patients.example>`. */
export function formatAddress({ name = '', address }: Address): string {
  if (name === '') return address;
  return `${/^[\p{L}\p{M}\p{N} '’-]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, '')}"`} <${address}>`;
}
