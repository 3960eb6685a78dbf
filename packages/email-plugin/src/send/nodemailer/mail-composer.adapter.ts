import type { Address, NewAttachment, NewEmail } from '@exact/host-contracts';
import MailComposer from 'nodemailer/lib/mail-composer';

/** What a message is built from. */
export interface MessageParts {
  readonly email: NewEmail;
  /** The practice's address with the name that patients see. */
  readonly from: Address;
  /** With angle brackets. */
  readonly messageId: string;
  /** Epoch ms. */
  readonly date: number;
  readonly headers: Readonly<Record<string, string>>;
}

const LINE_END = '\r\n';
/** RFC 6838 section 4.2. */
const CONTENT_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
/** May not be encoded (RFC 2046 sections 5.1 and 5.2.1), so that transport could change the bytes. */
const UNENCODABLE = /^(?:message|multipart)\//i;

/**
 * Builds the message (RFC 5322, MIME): 7-bit, all line ends CRLF, so that what is stored is byte for byte what DATA carries.
 * Bcc is in the envelope only.
 */
export async function buildMessage({ email, from, messageId, date, headers }: MessageParts): Promise<Uint8Array> {
  const { html, inReplyTo } = email;
  const composer = new MailComposer({
    from: mailbox(from),
    to: email.to.map(mailbox),
    cc: (email.cc ?? []).map(mailbox),
    subject: oneLine(email.subject),
    text: withLineEnds(email.text),
    ...(html !== undefined && { html: withLineEnds(html) }),
    messageId,
    date: new Date(date),
    ...(inReplyTo !== undefined && { inReplyTo: messageIds([inReplyTo]).join(' ') }),
    references: [...messageIds(email.references ?? [])],
    attachments: email.attachments.map(attachment),
    headers: { ...headers },
    // What staff wrote is content, never a path or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function mailbox({ address, name }: Address): { name: string; address: string } {
  return { name: oneLine(name ?? ''), address: oneLine(address) };
}

function attachment({ name, contentType, content }: NewAttachment) {
  return {
    // What stands before a slash is a folder of whoever attached it.
    filename: oneLine(name.split(/[/\\]/).at(-1) ?? '') || 'attachment',
    contentType:
      CONTENT_TYPE.test(contentType) && !UNENCODABLE.test(contentType) ? contentType : 'application/octet-stream',
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  };
}

/** A header is one line: nothing that somebody typed begins another one. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** A lone CR or LF must not reach SMTP (RFC 5321 section 2.3.8). */
function withLineEnds(text: string): string {
  return text.toWellFormed().replace(/\r\n|\r|\n/g, LINE_END);
}

/** Only what is a Message-ID, with its brackets. */
function messageIds(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.match(/<[^<>\s\p{Cc}]+>/gu) ?? []);
}
