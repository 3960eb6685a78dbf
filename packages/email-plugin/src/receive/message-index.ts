import type { MessageIndex } from '@exact/host-contracts';

/** Only the beginning of a message is indexed; the raw bytes are the truth. */
export const INDEXED_BYTES = 8 * 1024 * 1024;

/** The index of a message as far as it can be read; broken MIME is normal input. Never throws. */
export async function indexMessage(beginning: Uint8Array, isWhole: boolean): Promise<MessageIndex> {
  try {
    const { parseMessage } = await import('./postal-mime.adapter.js');
    const index = await parseMessage(beginning);
    return isWhole
      ? index
      : { ...index, problems: [...index.problems, 'Only the beginning of this message is shown.'] };
  } catch (error) {
    const reason = Error.isError(error) ? error.message : String(error);
    return {
      references: [],
      subject: '',
      to: [],
      cc: [],
      preview: '',
      attachments: [],
      problems: [`This message could not be read: ${reason}`],
    };
  }
}
