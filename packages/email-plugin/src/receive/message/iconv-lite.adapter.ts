import iconv from 'iconv-lite';
import type { CharsetDecoder } from './charsets.js';

/** What of the library is a charset of mail: it has encodings that are none, e.g. `hex`. */
const CHARSET = /^(?:utf7|utf32(?:[bl]e)?|ucs4|koi8t|(?:cp|ibm|dos)\d{3,4})$/;

/** Whether the library knows the charset, its name being without hyphens. */
export function hasEncoding(name: string): boolean {
  return CHARSET.test(name) && iconv.encodingExists(name.replace(/^dos/, 'cp'));
}

export function decodingStream(name: string): CharsetDecoder {
  const decoder = iconv.getDecoder(name.replace(/^dos/, 'cp'));
  return {
    decode(bytes, { stream = false } = {}) {
      const text = bytes ? decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) : '';
      return stream ? text : text + (decoder.end() ?? '');
    },
  };
}
