import type { AutomaticKind } from '@exact/host-contracts';
import { headerText } from './header-text.js';
import { fieldOf, mediaTypeOf, parameterOf, type HeaderFields } from './mime-header.js';

/** How mail programs in many languages begin the subject of an automatic reply: a hint, never enough by itself. */
const REPLY_SUBJECT =
  /^(?:auto(?:matic|matische|matisch|matisk)?[ -]?(?:reply|response|antwoord|svar|antwort)|automaattinen vastaus|out of (?:the )?office|auto:|abwesen(?:d|heit)|réponse automatique|absence du bureau|respuesta automática|risposta automatica|resposta automática|fuori sede|afwezig|autosvar|автоответ|автоматический ответ|自動応答|自动答复|自動回覆|otomatik yanıt|odpowiedź automatyczna|automatická odpověď)/iu;

/** Programs that answer put it here; nothing else does. */
const REPLY_FIELDS = ['x-autoreply', 'x-autorespond', 'x-auto-reply'];

const LIST_FIELDS = ['list-id', 'list-unsubscribe', 'list-post', 'x-mailing-list', 'feedback-id'];

/** What kind of program wrote a message, by its header; `undefined` when it may well have been a person. */
export function automaticKind(header: HeaderFields): AutomaticKind | undefined {
  const report = reportType(header);
  if (report === 'delivery-status') return 'delivery-report';
  if (report === 'disposition-notification') return 'receipt';
  if (isReply(header)) return 'reply';
  if (LIST_FIELDS.some((name) => fieldOf(header, name) !== undefined) || precedence(header) === 'list') return 'list';
  const isNotice =
    report !== undefined ||
    isSubmittedByProgram(header) ||
    suppressesAnswers(header) ||
    isWithoutReturnPath(header) ||
    /^(?:bulk|junk)$/.test(precedence(header));
  return isNotice ? 'notice' : undefined;
}

/** RFC 6522: of which kind a multipart/report is. */
function reportType(header: HeaderFields): string | undefined {
  if (mediaTypeOf(header) !== 'multipart/report') return undefined;
  return parameterOf(fieldOf(header, 'content-type'), 'report-type')?.toLowerCase() ?? '';
}

function isReply(header: HeaderFields): boolean {
  if (submitted(header) === 'auto-replied' || precedence(header) === 'auto_reply') return true;
  if (REPLY_FIELDS.some((name) => fieldOf(header, name) !== undefined)) return true;
  // Exchange marks its out-of-office answers as generated, not as replied.
  if (!isSubmittedByProgram(header) && !suppressesAnswers(header) && !isWithoutReturnPath(header)) return false;
  const answers = fieldOf(header, 'in-reply-to') !== undefined || fieldOf(header, 'references') !== undefined;
  return answers || REPLY_SUBJECT.test(headerText(fieldOf(header, 'subject') ?? ''));
}

/** RFC 3834 section 5: the keyword, without what may follow it. */
function submitted(header: HeaderFields): string {
  return /^[a-z-]+/.exec((fieldOf(header, 'auto-submitted') ?? '').toLowerCase())?.[0] ?? '';
}

function isSubmittedByProgram(header: HeaderFields): boolean {
  return submitted(header) !== '' && submitted(header) !== 'no';
}

/** [MS-OXCMAIL] section 2.1.3.2.21: whoever asks for no automatic answers is a program, too; one that only wants no receipts may be a person. */
function suppressesAnswers(header: HeaderFields): boolean {
  return /\b(?:all|oof|autoreply)\b/i.test(fieldOf(header, 'x-auto-response-suppress') ?? '');
}

/** RFC 3834 section 3: the sender to whom nobody can answer. */
function isWithoutReturnPath(header: HeaderFields): boolean {
  return fieldOf(header, 'return-path')?.replace(/\s/g, '') === '<>';
}

function precedence(header: HeaderFields): string {
  return (fieldOf(header, 'precedence') ?? '').trim().toLowerCase();
}
