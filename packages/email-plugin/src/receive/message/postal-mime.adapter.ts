import type { Address, AttachmentIndex, MessageSummary } from '@exact/host-contracts';
import PostalMime, {
  addressParser,
  decodeWords,
  type Address as ParsedAddress,
  type Attachment,
  type Email,
  type PostalMimeOptions,
} from 'postal-mime';
import { eightBitText } from './header-text.js';
import { KeptResults } from './kept-results.js';
import { LEAF_MARKS, leafOf } from './leaf-mark.js';
import type { ShownTexts } from './message-texts.js';
import { fieldOf, type HeaderFields } from './mime-header.js';

/** How deep messages within messages are shown: each level is kept once more while the message is parsed. */
const NESTED_MESSAGES_LIMIT = 3;

const OPTIONS: PostalMimeOptions = { attachmentEncoding: 'arraybuffer', maxRfc822NestingDepth: NESTED_MESSAGES_LIMIT };

/** What the index says of a message by its header alone. */
export type HeaderIndex = Pick<
  MessageSummary,
  'messageId' | 'inReplyTo' | 'references' | 'subject' | 'from' | 'replyTo' | 'to' | 'cc' | 'date'
>;

/** Reads a header, as long as it comes. */
export function readHeader(fields: HeaderFields): HeaderIndex {
  const one = (name: string): string | undefined => written(fieldOf(fields, name)) || undefined;
  const people = (name: string): readonly Address[] =>
    fields.filter(([found]) => found === name).flatMap(([, value]) => addressesIn(written(value)));
  const words = (name: string): string | undefined => decoded(one(name) ?? '') || undefined;
  const [messageId, inReplyTo] = [words('message-id'), words('in-reply-to')];
  const [from] = ['from', 'sender'].flatMap((name) => addressesIn(one(name) ?? ''));
  const [replyTo] = people('reply-to');
  const date = Date.parse(one('date') ?? '');
  return {
    ...(messageId !== undefined && { messageId }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(from && { from }),
    ...(replyTo && { replyTo }),
    ...(!Number.isNaN(date) && { date }),
    references: words('references')?.match(/<[^<>\s]+>/g) ?? [],
    subject: words('subject') ?? '',
    to: people('to'),
    cc: people('cc'),
  };
}

/** A value as its author wrote it, in one line. */
function written(value = ''): string {
  const text = eightBitText(value);
  return text.includes('\r') ? text.replace(/\r+/g, ' ') : text;
}

function decoded(text: string): string {
  return text.includes('=?') ? decodeWords(text) : text;
}

function addressesIn(value: string): readonly Address[] {
  return KEPT_ADDRESSES.get(value) ?? KEPT_ADDRESSES.keep(value, addresses(addressParser(value)));
}

const KEPT_ADDRESSES = new KeptResults<readonly Address[]>(200);

function addresses(parsed: readonly ParsedAddress[]): readonly Address[] {
  return parsed
    .flatMap((entry) => entry.group ?? [entry])
    .filter(({ address }) => address !== '')
    .map(({ address, name }) => (name === '' ? { address } : { address, name }));
}

/** What a message shows, and in which order. */
export interface MessageStructure {
  readonly text: MarkedText;
  readonly html: MarkedText;
  readonly attachments: readonly FoundAttachment[];
}

/** A text at its even places; at the odd ones the numbers of leaf parts, whose texts belong there. */
export type MarkedText = readonly string[];

interface FoundAttachment extends Omit<AttachmentIndex, 'position'> {
  /** The number of the leaf part that it is; `undefined` within a message within the message. */
  readonly leaf: number | undefined;
}

/**
 * The structure of a message from its skeleton. Ordinary messages have one of a few, which are kept. Throws what postal-mime
 * throws for a message over its limits.
 */
export async function readStructure(skeleton: string): Promise<MessageStructure> {
  const known = KEPT_STRUCTURES.get(skeleton);
  if (known) return known;
  const { text, html, attachments } = await parse(skeleton);
  const structure = { text: marked(text), html: marked(html), attachments: attachments.map(foundAttachment) };
  return KEPT_STRUCTURES.keep(skeleton, structure);
}

const KEPT_STRUCTURES = new KeptResults<MessageStructure>(4096);

/** The texts of a message whose skeleton holds them, each turned into the other kind where that is missing. */
export async function readTexts(skeleton: string): Promise<ShownTexts> {
  const { text, html } = await parse(skeleton);
  return { text, html };
}

/** @param skeleton bytes as Latin-1 */
function parse(skeleton: string): Promise<Email> {
  return PostalMime.parse(Buffer.from(skeleton, 'latin1'), OPTIONS);
}

function marked(text: string | undefined): MarkedText {
  return text === undefined ? [] : text.split(LEAF_MARKS);
}

function foundAttachment({ filename, mimeType: contentType, contentId, content }: Attachment): FoundAttachment {
  const bytes = new Uint8Array(content as ArrayBuffer);
  const id = contentId?.replace(/^<|>$/g, '');
  return {
    ...{ name: filename ?? '', contentType, size: bytes.byteLength, leaf: leafOf(bytes) },
    ...(id && { contentId: id }),
  };
}
