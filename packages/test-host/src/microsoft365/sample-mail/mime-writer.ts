import { encodeText, type Charset } from './charset-encoder.js';
import { encodeWords } from './encoded-words.js';
import type { Random } from './random.js';

/** A part of a message, or its whole content: header lines without line end, and a body. */
export interface Entity {
  readonly header: readonly string[];
  readonly body: Buffer;
}

export type TransferEncoding = '7bit' | '8bit' | 'quoted-printable' | 'base64';

export interface TextOptions {
  /** Default: plain. */
  readonly subtype?: 'plain' | 'html' | 'calendar';
  readonly charset: Charset;
  readonly encoding: TransferEncoding;
  /** More parameters of Content-Type, e.g. `format=flowed`. */
  readonly parameters?: readonly string[];
  /** What Content-Type says; default: the charset that it is in. */
  readonly label?: string;
}

/** Text in a charset and transfer encoding. Line ends may be `\n`; they go out as CRLF. */
export function textPart(text: string, options: TextOptions): Entity {
  const { subtype = 'plain', charset, encoding, parameters = [], label = charset } = options;
  const bytes = encodeText(text.replaceAll(/\r?\n/g, '\r\n'), charset);
  return {
    header: [
      [`Content-Type: text/${subtype}; charset="${label}"`, ...parameters].join('; '),
      `Content-Transfer-Encoding: ${encoding}`,
    ],
    body: transferEncode(bytes, encoding),
  };
}

export interface FileOptions {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
  /** How the name is written when it is not ASCII. Default: rfc2231, as the standard has it. */
  readonly nameAs?: 'rfc2231' | 'encoded-word';
  /** Content-ID without angle brackets; makes it an inline part. */
  readonly cid?: string;
}

/** A file as an attachment, or as an inline part when it has a Content-ID. */
export function filePart({ name, type, content, nameAs = 'rfc2231', cid }: FileOptions): Entity {
  const disposition = cid === undefined ? 'attachment' : 'inline';
  return {
    header: [
      `Content-Type: ${type};\r\n ${parameter('name', name, nameAs)}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${disposition};\r\n ${parameter('filename', name, nameAs)}`,
      ...(cid === undefined ? [] : [`Content-ID: <${cid}>`]),
    ],
    body: transferEncode(content, 'base64'),
  };
}

function parameter(name: string, value: string, as: 'rfc2231' | 'encoded-word'): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `${name}="${value}"`;
  return as === 'rfc2231' ? `${name}*=UTF-8''${encodeURIComponent(value)}` : `${name}="${encodeWords(value, 'utf-8')}"`;
}

/** A message as a part, RFC 2046 section 5.2.1. */
export function messagePart(message: Buffer): Entity {
  return { header: ['Content-Type: message/rfc822', 'Content-Disposition: attachment'], body: message };
}

export interface MultipartOptions {
  /** More parameters of Content-Type, e.g. `report-type=delivery-status`. */
  readonly parameters?: readonly string[];
  /** Default: true. */
  readonly hasEnd?: boolean;
}

export function multipart(
  subtype: string,
  parts: readonly Entity[],
  random: Random,
  { parameters = [], hasEnd = true }: MultipartOptions = {},
): Entity {
  const boundary = `_000_${random.hex(24)}_`;
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${part.header.join('\r\n')}\r\n\r\n`),
    part.body,
    Buffer.from('\r\n'),
  ]);
  const end = Buffer.from(hasEnd ? `--${boundary}--\r\n` : '');
  return {
    header: [[`Content-Type: multipart/${subtype}`, ...parameters, `boundary="${boundary}"`].join(';\r\n ')],
    body: Buffer.concat([Buffer.from('This is a multi-part message in MIME format.\r\n'), ...pieces, end]),
  };
}

/** Header lines and content as one message. Header lines are ASCII, or bytes as latin1. */
export function writeMessage(header: readonly string[], content: Entity): Buffer {
  const lines = [...header, 'MIME-Version: 1.0', ...content.header, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(lines, 'latin1'), content.body]);
}

function transferEncode(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return Buffer.from(inLines(bytes.toString('base64')));
  return encoding === 'quoted-printable' ? quotedPrintable(bytes) : bytes;
}

function inLines(base64: string): string {
  return (base64.match(/.{1,76}/g) ?? []).map((line) => `${line}\r\n`).join('');
}

/** RFC 2045 section 6.7. */
function quotedPrintable(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split('\r\n').map(quotedPrintableLine);
  return Buffer.from(lines.join('\r\n'));
}

/** Soft line breaks so that no line is longer than 76 characters. */
function quotedPrintableLine(line: string): string {
  const escaped = line.replaceAll(/[^\t\x20-\x3c\x3e-\x7e]|[\t ]$/g, escapeByte);
  return escaped.match(/.{1,76}$|.{1,75}(?<!=)(?<!=[0-9A-F])/g)?.join('=\r\n') ?? '';
}

function escapeByte(character: string): string {
  return `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
