import type { Address, AttachmentIndex, MessageIndex } from '@exact/host-contracts';

/** As the contract has them, see `MessageIndex`. Characters. */
const TEXT_LIMIT = 1024 * 1024;
const SUBJECT_LIMIT = 1000;
const IDENTIFIER_LIMIT = 998;
const PREVIEW_LIMIT = 200;
const PROBLEM_LIMIT = 500;
const NAME_LIMIT = 200;
const LONG_NAME = 10 * NAME_LIMIT;
const ADDRESS_LIMIT = 320;
const CONTENT_TYPE_LIMIT = 100;

/** How many entries of a list, and characters in all of them. */
interface ListLimit {
  readonly entries: number;
  readonly characters: number;
}

const RECIPIENTS: ListLimit = { entries: 100, characters: 10_000 };
const REFERENCES: ListLimit = { entries: 100, characters: 10_000 };
const ATTACHMENTS: ListLimit = { entries: 200, characters: 20_000 };

/** Direction marks turn the reading around: `gpj.exe` shown as `exe.jpg`. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FIRST_DATE = 0;
const LAST_DATE = Date.UTC(9999, 11, 31, 23, 59, 59);

/** An index that any store can keep and any list can load, whatever the message: without NUL, well-formed, of bounded size. */
export function withinLimits(index: MessageIndex): MessageIndex {
  const to = first(index.to, RECIPIENTS, address, lengthOfAddress);
  const cc = first(index.cc, RECIPIENTS, address, lengthOfAddress);
  const attachments = first(index.attachments, ATTACHMENTS, attachment, lengthOfAttachment);
  const { messageId, inReplyTo, from, replyTo, date, text, html } = index;
  const hasAllRecipients = to.length === index.to.length && cc.length === index.cc.length;
  const problems = [
    ...index.problems,
    ...(hasAllRecipients ? [] : ['Only the first recipients are listed.']),
    ...(attachments.length === index.attachments.length ? [] : ['Only the first attachments are listed.']),
  ];
  return {
    ...(messageId !== undefined && { messageId: line(messageId, IDENTIFIER_LIMIT) }),
    ...(inReplyTo !== undefined && { inReplyTo: line(inReplyTo, IDENTIFIER_LIMIT) }),
    references: newest(index.references),
    subject: line(index.subject, SUBJECT_LIMIT),
    ...(from && { from: address(from) }),
    ...(replyTo && { replyTo: address(replyTo) }),
    to,
    cc,
    ...(date !== undefined && date >= FIRST_DATE && date <= LAST_DATE && { date }),
    ...(text !== undefined && { text: storable(text, TEXT_LIMIT) }),
    ...(html !== undefined && { html: storable(html, TEXT_LIMIT) }),
    preview: line(index.preview, PREVIEW_LIMIT),
    attachments,
    problems: problems.map((problem) => line(problem, PROBLEM_LIMIT)),
  };
}

/** Not every store keeps NUL, or half a character. */
function storable(text: string, limit: number): string {
  return text.slice(0, limit).replaceAll('\0', '').toWellFormed();
}

function line(text: string, limit: number): string {
  const short = text.slice(0, 4 * limit);
  const clean = NO_PLAIN_LINE.test(short) ? short.replace(SPACE, ' ').trim() : short;
  return clean.slice(0, limit).toWellFormed();
}

const SPACE = /[\p{Cc}\s]+/gu;
/** Most lines hold single blanks and nothing else that is to be cleaned. */
const NO_PLAIN_LINE = /^\s|\s$|[^\S ]|[^ -~\xa0-\uffff]| {2}/;

function address({ address: spec, name }: Address): Address {
  const known = { address: line(spec, ADDRESS_LIMIT) };
  return name === undefined ? known : { ...known, name: line(name.replace(DIRECTION_MARKS, ''), NAME_LIMIT) };
}

function attachment({ name, contentType, contentId, ...also }: AttachmentIndex): AttachmentIndex {
  return {
    ...also,
    name: fileName(name),
    contentType: line(contentType, CONTENT_TYPE_LIMIT),
    ...(contentId !== undefined && { contentId: line(contentId, NAME_LIMIT) }),
  };
}

/** Without any path, so that saving it can't leave the folder; a long one keeps its ending. */
function fileName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  // Beginning and end are enough, however long it is.
  const short = last.length <= LONG_NAME ? last : last.slice(0, NAME_LIMIT) + last.slice(-NAME_LIMIT);
  const clean = short
    .replace(/\p{Cc}/gu, '')
    .replace(DIRECTION_MARKS, '')
    .trim();
  if (clean.length <= NAME_LIMIT) return clean.toWellFormed();
  const ending = /\.[^.\s]{1,10}$/.exec(clean)?.[0] ?? '';
  return `${clean.slice(0, NAME_LIMIT - ending.length)}${ending}`.toWellFormed();
}

function lengthOfAddress({ address: spec, name = '' }: Address): number {
  return spec.length + name.length;
}

function lengthOfAttachment({ name, contentType, contentId = '' }: AttachmentIndex): number {
  return name.length + contentType.length + contentId.length;
}

/** As many as have room, each within its own limits. */
function first<T>(
  list: readonly T[],
  { entries, characters }: ListLimit,
  limited: (entry: T) => T,
  lengthOf: (entry: T) => number,
): readonly T[] {
  let left = characters;
  const kept = list.slice(0, entries).map(limited);
  return kept.filter((entry) => {
    left -= lengthOf(entry);
    return left >= 0;
  });
}

function newest(references: readonly string[]): readonly string[] {
  const limited = (id: string): string => line(id, IDENTIFIER_LIMIT);
  return first(references.toReversed(), REFERENCES, limited, ({ length }) => length).toReversed();
}
