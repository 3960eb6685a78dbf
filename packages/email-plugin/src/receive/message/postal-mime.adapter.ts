import type { Address, AttachmentIndex, MessageIndex } from '@exact/host-contracts';
import PostalMime, { type Address as ParsedAddress, type Attachment } from 'postal-mime';
import { leafOf } from './message-skeleton.js';

const HEADERS_LIMIT = 2 * 1024 * 1024;
const PREVIEW_LENGTH = 200;
/** Recipients and references that are indexed; a message may name a million. */
const LIST_LIMIT = 500;
const TEXT_LIMIT = 2 * 1024 * 1024;

/**
 * The index of a message from its skeleton. Throws what postal-mime throws for a message over its limits.
 * @param sizes bytes of each leaf part after decoding
 */
export async function parseMessage(skeleton: Uint8Array, sizes: readonly number[]): Promise<MessageIndex> {
  const email = await PostalMime.parse(skeleton, {
    attachmentEncoding: 'arraybuffer',
    maxHeadersSize: HEADERS_LIMIT,
  });
  const text = email.text?.slice(0, TEXT_LIMIT);
  const html = email.html?.slice(0, TEXT_LIMIT);
  const date = Date.parse(email.date ?? '');
  return {
    ...optional({
      messageId: email.messageId,
      inReplyTo: email.inReplyTo,
      from: addresses([email.from ?? email.sender])[0],
      replyTo: addresses(email.replyTo)[0],
      date: Number.isNaN(date) ? undefined : date,
      text,
      html,
    }),
    references: (email.references?.match(/<[^<>\s]+>/g) ?? []).slice(0, LIST_LIMIT),
    subject: email.subject ?? '',
    to: addresses(email.to),
    cc: addresses(email.cc),
    preview: preview(text ?? withoutTags(html ?? '')),
    attachments: email.attachments.map((found, position) => attachment(found, position, sizes)),
    problems: [],
  };
}

/** Without the keys that have no value. */
function optional<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled) as { [K in keyof T]?: NonNullable<T[K]> };
}

function addresses(parsed: readonly (ParsedAddress | undefined)[] = []): readonly Address[] {
  return parsed
    .filter((entry) => entry !== undefined)
    .flatMap((entry) => entry.group ?? [entry])
    .filter(({ address }) => address !== '')
    .slice(0, LIST_LIMIT)
    .map(({ address, name }) => (name === '' ? { address } : { address, name }));
}

function attachment(found: Attachment, position: number, sizes: readonly number[]): AttachmentIndex {
  const { filename, mimeType: contentType, contentId } = found;
  const content = new Uint8Array(found.content as ArrayBuffer);
  const size = sizes[leafOf(contentType, content) ?? -1] ?? content.byteLength;
  const id = contentId?.replace(/^<|>$/g, '');
  return { name: fileName(filename ?? ''), contentType, size, position, ...(id && { contentId: id }) };
}

/** Without any path, so that saving it can't leave the folder. */
function fileName(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').trim();
}

function withoutTags(html: string): string {
  const body = html.slice(0, 20_000).replace(/<(style|script|head)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ');
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&amp;/gi, '&');
}

function preview(text: string): string {
  return text
    .slice(0, 4 * PREVIEW_LENGTH)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, PREVIEW_LENGTH);
}
