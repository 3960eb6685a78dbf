import type { MessageIndex } from '@exact/host-contracts';
import type { MessageSkeleton } from './message-skeleton.js';

/**
 * The index of a message as far as it can be read; broken MIME is normal input. Never throws.
 * @param sizes bytes of each leaf part after decoding
 */
export async function indexMessage(skeleton: MessageSkeleton, sizes: readonly number[]): Promise<MessageIndex> {
  const { parseMessage } = await import('./postal-mime.adapter.js');
  const bytes = skeleton.bytes();
  const cut = skeleton.isCut ? ['Only the beginning of this message is shown.'] : [];
  return parseMessage(bytes, sizes)
    .then((index) => ({ ...index, problems: cut }))
    .catch(async (error: unknown) => ({
      ...(await parseMessage(headerOf(bytes), []).catch(() => NOTHING_READ)),
      problems: [`This message could not be read: ${Error.isError(error) ? error.message : String(error)}`],
    }));
}

const NOTHING_READ = { references: [], subject: '', to: [], cc: [], preview: '', attachments: [] };

/** The header of the message, as one without a body. */
function headerOf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const header = text.slice(0, /\r?\n\r?\n/.exec(text)?.index ?? HEADER_LIMIT).slice(0, HEADER_LIMIT);
  return Buffer.from(header.replace(/^content-[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n)?/gim, ''), 'latin1');
}

const HEADER_LIMIT = 256 * 1024;
