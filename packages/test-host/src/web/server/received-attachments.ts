import type { InboxStore, NewAttachment } from '@exact/host-contracts';
import { safeFileName } from '../api/safe-file-name.js';
import { attachmentsOf } from './mail-parser.adapter.js';
import { readRaw } from './raw-message.js';

/** The attachments of a received message, to go with another email; `undefined` when it is gone or too large to take apart. */
export async function receivedAttachments(
  inbox: Pick<InboxStore, 'raw'>,
  id: number,
): Promise<readonly NewAttachment[] | undefined> {
  const raw = await readRaw(inbox, id);
  const parts = raw && (await attachmentsOf(raw));
  return parts?.map(({ name, contentType, content }, position) => ({
    name: safeFileName(
      name,
      contentType === 'message/rfc822' ? 'message.eml' : `attachment ${(position + 1).toString()}`,
    ),
    contentType,
    content,
  }));
}
