import { TextDecoder } from 'node:util';
import { decodeText } from './charsets.js';

const ENCODED_WORD = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi;
/** White space between encoded words is none of the text (RFC 2047 section 6.2). */
const BETWEEN_WORDS = /(\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi;
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });
const WINDOWS = new TextDecoder('windows-1252');

/** A header value as a person reads it: encoded words (RFC 2047) and 8-bit text decoded, white space folded to single blanks. */
export function headerText(value: string): string {
  const decoded = value.includes('=?')
    ? decodeWords(eightBitText(value.replace(BETWEEN_WORDS, '$1')))
    : eightBitText(value);
  return OTHER_SPACE.test(decoded) ? decoded.replace(/\s+/g, ' ').trim() : decoded;
}

/** More than single blanks between words. */
const OTHER_SPACE = /[^\S ]| {2}|^ | $/;

/** Words of one charset that follow each other are decoded together: some programs cut a character in two. */
function decodeWords(text: string): string {
  let decoded = '';
  let at = 0;
  let open: { readonly charset: string; readonly bytes: Buffer[] } | undefined;
  const close = (): void => {
    if (open) decoded += decodeText(open.charset, Buffer.concat(open.bytes));
    open = undefined;
  };
  for (const { index, 0: word, 1: label = '', 2: encoding = '', 3: content = '' } of text.matchAll(ENCODED_WORD)) {
    const charset = label.toLowerCase();
    if (index > at || open?.charset !== charset) close();
    decoded += text.slice(at, index);
    open ??= { charset, bytes: [] };
    open.bytes.push(wordBytes(encoding, content));
    at = index + word.length;
  }
  close();
  return decoded + text.slice(at);
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(text, 'base64');
  const unescaped = text
    .replace(/_/g, ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(unescaped, 'latin1');
}

/** Text in which raw bytes above 127 are UTF-8 (RFC 6532) when they can be, else Windows-1252. */
export function eightBitText(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  try {
    return STRICT_UTF8.decode(Buffer.from(value, 'latin1'));
  } catch {
    return WINDOWS.decode(Buffer.from(value, 'latin1'));
  }
}
