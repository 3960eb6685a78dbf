import type { Address, NewAttachment, NewEmail } from '@exact/host-contracts';
import MailComposer from 'nodemailer/lib/mail-composer';
import { addressField, messageIdField, oneLine, plainField, textField } from './header-fields.adapter.js';

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
/** What Windows and others let a file be named. */
const FILE_NAME_LIMIT = 200;
/** RFC 6838 section 4.2. */
const CONTENT_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
/** May not be encoded (RFC 2046 sections 5.1 and 5.2.1), so that transport could change the bytes. */
const UNENCODABLE = /^(?:message|multipart)\//i;

/**
 * Builds the message (RFC 5322, MIME): 7-bit, all line ends CRLF, so that what is stored is byte for byte what DATA carries.
 * Bcc is in the envelope only. The parts are nodemailer's, and the header fields that hold what somebody typed our own: it
 * takes a subject that looks like an encoded word for one, and leaves long words and letters outside ASCII as they are.
 */
export async function buildMessage(parts: MessageParts): Promise<Uint8Array> {
  const { email, messageId, date } = parts;
  const composer = new MailComposer({
    text: withLineEnds(email.text),
    ...(email.html !== undefined && { html: withLineEnds(email.html) }),
    messageId,
    date: new Date(date),
    attachments: email.attachments.map(attachment),
    // What staff wrote is content, never a path or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return Buffer.concat([Buffer.from(headerOf(parts), 'ascii'), await composer.compile().build()]);
}

/** What stands before the fields that nodemailer writes: Message-ID, Date and those of MIME. */
function headerOf({ email, from, headers }: MessageParts): string {
  const { to, cc = [], subject, inReplyTo, references = [] } = email;
  return [
    addressField('From', [from]),
    addressField('To', to),
    addressField('Cc', cc),
    textField('Subject', subject),
    messageIdField('In-Reply-To', inReplyTo === undefined ? [] : [inReplyTo]),
    messageIdField('References', references),
    ...Object.entries(headers).map(([name, value]) => plainField(name, value)),
  ].join('');
}

function attachment({ name, contentType, content }: NewAttachment) {
  return {
    // With `filename`, nodemailer would write the name into Content-Type, too, as an encoded word (against RFC 2047 section 5).
    filename: false as const,
    contentDisposition: disposition(fileName(name)),
    contentType:
      CONTENT_TYPE.test(contentType) && !UNENCODABLE.test(contentType) ? contentType : 'application/octet-stream',
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  };
}

/** nodemailer encodes and divides the name (RFC 2231). */
function disposition(name: string): 'attachment' {
  return `attachment; filename="${name}"` as 'attachment';
}

/**
 * What stands before a slash is a folder of whoever attached it. Without what Windows takes in no file name: some programs
 * misread it here, too. A long name is cut in its middle: the ending says what it is.
 */
function fileName(path: string): string {
  const name = oneLine(path.split(/[/\\]/).at(-1) ?? '').replace(/[<>:"|?*]/g, '_');
  if (name.length <= FILE_NAME_LIMIT) return name || 'attachment';
  return `${name.slice(0, FILE_NAME_LIMIT - 20)}…${name.slice(-19)}`.toWellFormed();
}

/** A lone CR or LF must not reach SMTP (RFC 5321 section 2.3.8). */
function withLineEnds(text: string): string {
  return text.toWellFormed().replace(/\r\n|\r|\n/g, LINE_END);
}
