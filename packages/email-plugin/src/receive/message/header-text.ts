import { TextDecoder } from 'node:util';

const ENCODED_WORD = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi;

/** A header value as a person reads it: encoded words (RFC 2047) and 8-bit text decoded, white space folded to single blanks. */
export function headerText(value: string): string {
  const joined = value.replace(/(\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1');
  return eightBit(joined)
    .replace(
      ENCODED_WORD,
      (word, charset: string, encoding: string, text: string) => decodeWord(charset, encoding, text) ?? word,
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text in a charset; one that is not known is read as Windows-1252, which every byte is something in. */
export function textDecoder(charset: string | undefined): TextDecoder {
  // RFC 2231 section 5 lets a language stand behind the charset.
  const label = (charset ?? 'utf-8').replace(/\*.*$/, '');
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder('windows-1252');
  }
}

function decodeWord(charset: string, encoding: string, text: string): string | undefined {
  const bytes =
    encoding.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64')
      : Buffer.from(
          text
            .replace(/_/g, ' ')
            .replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        );
  return textDecoder(charset).decode(bytes);
}

/** Raw bytes above 127 are UTF-8 (RFC 6532) when they can be, else Latin-1. */
function eightBit(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}
