import PostalMime from 'postal-mime';

/** A part of a raw message that is not its text. */
export interface MailPart {
  readonly name: string;
  readonly contentType: string;
  /** Content-ID without brackets. */
  readonly contentId?: string;
  readonly content: Uint8Array;
}

/**
 * The attachments of a raw message (RFC 2045 ff.), in the order in which they stand. What is broken is read as far as it
 * goes. Throws an `Error` when parts are nested deeper than 256 or the headers are larger than 2 MiB.
 */
export async function attachmentsOf(raw: Uint8Array): Promise<readonly MailPart[]> {
  const { attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
  return attachments.map(({ filename, mimeType, contentId, content }) => ({
    name: filename ?? '',
    contentType: mimeType,
    ...(contentId !== undefined && { contentId: contentId.replace(/^<|>$/g, '') }),
    content: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
  }));
}
