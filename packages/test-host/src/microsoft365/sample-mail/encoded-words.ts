import { encodeText, type Charset } from './charset-encoder.js';

/** Characters of one encoded word; together with its frame below the 75 that RFC 2047 section 2 allows. */
const CHARACTERS = 12;
const ASCII = /^[\x20-\x7e]*$/;
const MOSTLY_LATIN: ReadonlySet<Charset> = new Set(['iso-8859-1', 'iso-8859-15', 'windows-1252']);

/** Text for a header: as it is when it is ASCII, else as encoded words, folded. RFC 2047. */
export function encodeWords(text: string, charset: Charset): string {
  if (ASCII.test(text)) return text;
  const graphemes = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const words: string[] = [];
  for (let start = 0; start < graphemes.length; start += CHARACTERS) {
    const bytes = encodeText(graphemes.slice(start, start + CHARACTERS).join(''), charset);
    words.push(MOSTLY_LATIN.has(charset) ? qWord(bytes, charset) : `=?${charset}?B?${bytes.toString('base64')}?=`);
  }
  return words.join('\r\n ');
}

function qWord(bytes: Buffer, charset: Charset): string {
  const text = bytes
    .toString('latin1')
    .replaceAll(/[^A-Za-z0-9 ]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replaceAll(' ', '_');
  return `=?${charset}?Q?${text}?=`;
}

/** A person with an address, for From and To. */
export function encodeMailbox(name: string, address: string, charset: Charset = 'utf-8'): string {
  if (name === '') return address;
  if (!ASCII.test(name)) return `${encodeWords(name, charset)} <${address}>`;
  return /^[A-Za-z0-9 ]*$/.test(name) ? `${name} <${address}>` : `"${name}" <${address}>`;
}
