/** What an email is made of, in bytes. */
export interface EmailParts {
  /** Text, and HTML where there is some, together. */
  readonly text: number;
  /** Each attachment as it lies on the disk. */
  readonly attachments: readonly number[];
}

/** A line of base64 carries 57 bytes in 76 characters and a line end (RFC 2045 section 6.8). */
const BYTES_PER_LINE = 57;
const LINE_BYTES = 78;
/** Header of the message with hundreds of recipients, and of each part with the longest of names. */
const HEADER_BYTES = 128 * 1024;
const PART_BYTES = 2_048;

/**
 * How many bytes the email has on its way, a little more rather than less: attachments grow by more than a third, because
 * they travel as text. To be compared with `ProviderLimits.messageBytes` while somebody attaches, before anything is sent.
 */
export function bytesOnTheWay({ text, attachments }: EmailParts): number {
  // Text in quoted-printable may have three characters for a byte (RFC 2045 section 6.7).
  const parts = [3 * text, ...attachments].map((bytes) => Math.ceil(bytes / BYTES_PER_LINE) * LINE_BYTES + PART_BYTES);
  return parts.reduce((sum, bytes) => sum + bytes, HEADER_BYTES);
}
