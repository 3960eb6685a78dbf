import type { InboxStore } from '@exact/host-contracts';
import { attachmentsOf } from './mail-parser.adapter.js';
import { readRaw } from './raw-message.js';

/** SVG is left out: it is a document with scripts, not only a picture. */
const PICTURE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);
/** Bytes of all pictures of one message together; those beyond are not shown. */
const PICTURES_LIMIT = 10_000_000;

/** `data:` URLs (RFC 2397) of the pictures that the HTML of a message may refer to, by Content-ID. */
export async function inlinePictures(
  inbox: Pick<InboxStore, 'raw'>,
  id: number,
): Promise<Readonly<Record<string, string>>> {
  const raw = await readRaw(inbox, id);
  const pictures: Record<string, string> = {};
  let size = 0;
  const parts = raw ? await attachmentsOf(raw).catch(() => []) : [];
  for (const { contentId, contentType, content } of parts) {
    if (contentId === undefined || !PICTURE_TYPES.has(contentType)) continue;
    size += content.byteLength;
    if (size > PICTURES_LIMIT) break;
    pictures[contentId] = `data:${contentType};base64,${Buffer.from(content).toString('base64')}`;
  }
  return pictures;
}
