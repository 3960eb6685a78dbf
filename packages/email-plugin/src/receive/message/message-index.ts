import type { MessageIndex } from '@exact/host-contracts';
import { withinLimits } from './index-limits.js';
import type { MessageSkeleton } from './message-skeleton.js';
import { parseHeader, parseMessage } from './postal-mime.adapter.js';

/**
 * The index of a message as far as it can be read; broken MIME is normal input. Never throws.
 * @param sizes bytes of each leaf part after decoding
 */
export async function indexMessage(skeleton: MessageSkeleton, sizes: readonly number[]): Promise<MessageIndex> {
  const cut = skeleton.isCut ? ['Only the beginning of this message is shown.'] : [];
  const index = await parseMessage(skeleton, sizes)
    .then((whole) => ({ ...whole, problems: cut }))
    .catch(async (error: unknown) => ({
      ...(await parseHeader(skeleton.header()).catch(() => NOTHING_READ)),
      problems: [`This message could not be read: ${Error.isError(error) ? error.message : String(error)}`],
    }));
  return withinLimits(index);
}

const NOTHING_READ = { references: [], subject: '', to: [], cc: [], preview: '', attachments: [] };
