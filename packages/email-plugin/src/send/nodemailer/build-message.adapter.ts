import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Address, NewAttachment, NewEmail } from '@exact/host-contracts';
import * as base64 from 'nodemailer/lib/base64';
import { buildHeaderValue } from 'nodemailer/lib/mime-funcs';
import * as quotedPrintable from 'nodemailer/lib/qp';
import {
  addressField,
  messageIdField,
  oneLine,
  parameterField,
  plainField,
  textField,
} from './header-fields.adapter.js';

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

/** A message or a part of one (RFC 2045 section 2.4): the fields about what it holds, and that, in 7 bits. */
interface Entity {
  readonly fields: string;
  /** In pieces: an attachment is not held as one text, too. */
  readonly body: readonly Buffer[];
}

const LINE_END = '\r\n';
const LF = 0x0a;
const LINE_LENGTH = 76;
/** What Windows and others let a file be named. */
const FILE_NAME_LIMIT = 200;
/** Whole lines of base64, and no longer than the host can wait for. */
const SLICE_BYTES = 57 * 4096;
/** RFC 6838 section 4.2. */
const CONTENT_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
/** May not be encoded (RFC 2046 sections 5.1 and 5.2.1), so that transport could change the bytes. */
const UNENCODABLE = /^(?:message|multipart)\//i;

/**
 * Builds the message (RFC 5322, MIME): 7-bit, all line ends CRLF, so that what is stored is byte for byte what DATA carries.
 * Bcc is in the envelope only. The encodings are nodemailer's; its composer leads the shortest text through four streams,
 * which is a third of what the host's main thread has to do to send it.
 */
export async function buildMessage({ email, from, messageId, date, headers }: MessageParts): Promise<Uint8Array> {
  const { to, cc = [], subject, inReplyTo, references = [] } = email;
  const { fields, body } = await contentOf(email);
  const header = [
    addressField('From', [from]),
    addressField('To', to),
    addressField('Cc', cc),
    textField('Subject', subject),
    messageIdField('In-Reply-To', inReplyTo === undefined ? [] : [inReplyTo]),
    messageIdField('References', references),
    ...Object.entries(headers).map(([name, value]) => plainField(name, value)),
    plainField('Message-ID', messageId),
    plainField('Date', new Date(date).toUTCString().replace('GMT', '+0000')),
    plainField('MIME-Version', '1.0'),
  ];
  const end = body.at(-1)?.at(-1) === LF ? '' : LINE_END;
  return Buffer.concat([ascii(`${header.join('')}${fields}${LINE_END}`), ...body, ascii(end)]);
}

async function contentOf({ text, html, attachments }: NewEmail): Promise<Entity> {
  const plain = textPart('plain', text);
  const said = html === undefined ? plain : multipart('alternative', [plain, textPart('html', html)]);
  if (attachments.length === 0) return said;
  const parts = [said];
  for (const attachment of attachments) parts.push(await attachmentPart(attachment));
  return multipart('mixed', parts);
}

/** RFC 2046 section 5.1. Nobody guesses the boundary, and no encoded line holds its `=_`. */
function multipart(kind: 'alternative' | 'mixed', parts: readonly Entity[]): Entity {
  const boundary = `=_${randomUUID()}`;
  const delimited = parts.flatMap(({ fields, body }) => [
    ascii(`--${boundary}\r\n${fields}\r\n`),
    ...body,
    ascii(LINE_END),
  ]);
  return {
    fields: parameterField('Content-Type', `multipart/${kind}; boundary="${boundary}"`),
    body: [...delimited, ascii(`--${boundary}--\r\n`)],
  };
}

/** In the shortest encoding, roughly. */
function textPart(kind: 'plain' | 'html', content: string): Entity {
  const text = withLineEnds(content);
  const type = plainField('Content-Type', `text/${kind}; charset=utf-8`);
  if (isSevenBit(text)) return encoded(type, '7bit', [ascii(text)]);
  const isMostlyForeign = Buffer.byteLength(text) > text.length * 1.25;
  return isMostlyForeign
    ? encoded(type, 'base64', [ascii(base64.wrap(base64.encode(text), LINE_LENGTH))])
    : encoded(type, 'quoted-printable', [ascii(quotedPrintable.wrap(quotedPrintable.encode(text), LINE_LENGTH))]);
}

/** May stand as it is: what a keyboard types in English, in short lines. */
function isSevenBit(text: string): boolean {
  return !/[^\t\r\n\x20-\x7e]/.test(text) && text.split(LINE_END).every((line) => line.length <= LINE_LENGTH);
}

async function attachmentPart({ name, contentType, content }: NewAttachment): Promise<Entity> {
  const isPlain = CONTENT_TYPE.test(contentType) && !UNENCODABLE.test(contentType);
  const disposition = buildHeaderValue({ value: 'attachment', params: { filename: fileName(name) } });
  const fields =
    plainField('Content-Type', isPlain ? contentType : 'application/octet-stream') +
    parameterField('Content-Disposition', disposition);
  return encoded(fields, 'base64', await base64Lines(content));
}

async function base64Lines({ buffer, byteOffset, byteLength }: Uint8Array): Promise<readonly Buffer[]> {
  const slices: Buffer[] = [];
  for (let start = 0; start < byteLength; start += SLICE_BYTES) {
    if (start > 0) await setImmediate();
    const slice = Buffer.from(buffer, byteOffset + start, Math.min(SLICE_BYTES, byteLength - start));
    slices.push(ascii((start > 0 ? LINE_END : '') + base64.wrap(base64.encode(slice), LINE_LENGTH)));
  }
  return slices;
}

function encoded(fields: string, encoding: '7bit' | 'base64' | 'quoted-printable', body: readonly Buffer[]): Entity {
  return { fields: fields + plainField('Content-Transfer-Encoding', encoding), body };
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
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
