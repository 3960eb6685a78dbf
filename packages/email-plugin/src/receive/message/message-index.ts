import type { AttachmentIndex, MessageIndex } from '@exact/host-contracts';
import { withinLimits } from './index-limits.js';
import type { MessageSkeleton } from './message-skeleton.js';
import type { HeaderFields } from './mime-header.js';
import { readHeader, readStructure, readTexts } from './postal-mime.adapter.js';

/** Characters of a text in which its first words are looked for. */
const PREVIEW_SOURCE = 800;

/**
 * The index of a message as far as it can be read; broken MIME is normal input. Never throws.
 * @param sizes bytes of each leaf part after decoding
 */
export async function indexMessage(
  header: HeaderFields,
  skeleton: MessageSkeleton,
  sizes: readonly number[],
): Promise<MessageIndex> {
  let index: MessageIndex = NOTHING_READ;
  try {
    index = { ...index, ...readHeader(header) };
    index = { ...index, ...(await indexBody(skeleton, sizes)) };
    if (skeleton.isCut) index = { ...index, problems: ['Only the beginning of this message is shown.'] };
  } catch (error) {
    const problem = `This message could not be read: ${Error.isError(error) ? error.message : String(error)}`;
    index = { ...index, problems: [problem] };
  }
  return withinLimits(index);
}

const NOTHING_READ: MessageIndex = {
  references: [],
  subject: '',
  to: [],
  cc: [],
  preview: '',
  attachments: [],
  problems: [],
};

type BodyIndex = Pick<MessageIndex, 'text' | 'html' | 'preview' | 'attachments'>;

/** What the index says of the parts of a message. */
async function indexBody(skeleton: MessageSkeleton, sizes: readonly number[]): Promise<BodyIndex> {
  const { texts } = skeleton;
  const structure = await readStructure(skeleton.all());
  const { text, html } = texts.fill(structure) ?? (await readTexts(texts.within(skeleton.all())));
  return {
    ...(text !== undefined && { text }),
    ...(html !== undefined && { html }),
    preview: (text ?? withoutTags(html ?? '')).trimStart().slice(0, PREVIEW_SOURCE),
    attachments: structure.attachments.map(({ leaf, ...found }, position): AttachmentIndex => {
      return { ...found, size: sizes[leaf ?? -1] ?? found.size, position };
    }),
  };
}

function withoutTags(html: string): string {
  const body = html.slice(0, 20_000).replace(/<(style|script|head)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ');
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&amp;/gi, '&');
}
