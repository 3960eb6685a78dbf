import type { Address, AttachmentIndex, MessageIndex } from '@exact/host-contracts';
import PostalMime, {
  type Address as ParsedAddress,
  type Attachment,
  type Email,
  type PostalMimeOptions,
} from 'postal-mime';
import { leafOf } from './leaf-mark.js';
import type { MessageSkeleton } from './message-skeleton.js';
import type { ShownTexts } from './message-texts.js';

/** How deep messages within messages are shown: each level is kept once more while the message is parsed. */
const NESTED_MESSAGES_LIMIT = 3;
/** Characters of a text in which its first words are looked for. */
const PREVIEW_SOURCE = 800;

const OPTIONS: PostalMimeOptions = { attachmentEncoding: 'arraybuffer', maxRfc822NestingDepth: NESTED_MESSAGES_LIMIT };

/**
 * The index of a message from its skeleton, as long as it comes. Throws what postal-mime throws for a message over its limits.
 * @param sizes bytes of each leaf part after decoding
 */
export async function parseMessage(skeleton: MessageSkeleton, sizes: readonly number[]): Promise<MessageIndex> {
  const { texts } = skeleton;
  const bytes = skeleton.bytes();
  const email = await PostalMime.parse(bytes, OPTIONS);
  return indexOf(email, texts.fill(email) ?? (await PostalMime.parse(texts.within(bytes), OPTIONS)), sizes);
}

/** The index of a message of which nothing but its header can be read. */
export async function parseHeader(header: Uint8Array): Promise<MessageIndex> {
  const email = await PostalMime.parse(header, OPTIONS);
  return indexOf(email, email, []);
}

function indexOf(email: Email, { text, html }: ShownTexts, sizes: readonly number[]): MessageIndex {
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
    references: email.references?.match(/<[^<>\s]+>/g) ?? [],
    subject: email.subject ?? '',
    to: addresses(email.to),
    cc: addresses(email.cc),
    preview: (text ?? withoutTags(html ?? '')).trimStart().slice(0, PREVIEW_SOURCE),
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
    .map(({ address, name }) => (name === '' ? { address } : { address, name }));
}

function attachment(found: Attachment, position: number, sizes: readonly number[]): AttachmentIndex {
  const { filename, mimeType: contentType, contentId } = found;
  const content = new Uint8Array(found.content as ArrayBuffer);
  const size = sizes[leafOf(content) ?? -1] ?? content.byteLength;
  const id = contentId?.replace(/^<|>$/g, '');
  return { name: filename ?? '', contentType, size, position, ...(id && { contentId: id }) };
}

function withoutTags(html: string): string {
  const body = html.slice(0, 20_000).replace(/<(style|script|head)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ');
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&amp;/gi, '&');
}
