import { describe, expect, test } from '@jest/globals';
import { transferDecoder } from './transfer-decoder.js';

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Pieces of bodies as programs write them, and as they should not. */
const PIECES: Readonly<Record<string, readonly string[]>> = {
  base64: [
    'QUJDREVGR0g=',
    'QUJD'.repeat(19) + '\r\n',
    'QUI',
    '=',
    '==',
    '\r\n',
    '\n',
    ' ',
    '-_',
    'QU-D'.repeat(3) + '\r\n',
    '!',
    '\u00e9',
    'QQ',
  ],
  'quoted-printable': [
    'a line\r\n',
    'soft=\r\n',
    'soft=\n',
    '=C3=A9',
    '=4',
    '=',
    '=zz',
    ' \t',
    '\r',
    '\n',
    '=20\r\n',
    '.',
  ],
  '8bit': ['a line\r\n', 'bare\n', '\r', '\r\r\n', '\u00e9', '\n\n', ' '],
};

/** RFC 2045 section 6 byte by byte, as simple as it can be said. */
const SIMPLE: Readonly<Record<string, (body: string) => string>> = {
  base64: (body) =>
    body
      .replace(/[^A-Za-z0-9+/=]/g, '')
      .split('=')
      .map((group) => Buffer.from(group, 'base64').toString('latin1'))
      .join(''),
  'quoted-printable': (body) =>
    body.replace(/=[ \t\r]*\n|=[0-9A-Fa-f]{2}|[ \t\r]*\n|[ \t\r]+$/g, (found) => {
      if (/^=.*[^\n]$/.test(found)) return String.fromCharCode(parseInt(found.slice(1), 16));
      return found.endsWith('\n') && !found.startsWith('=') ? '\r\n' : '';
    }),
  '8bit': (body) => body.replace(/\r?\n/g, '\r\n'),
};

function decode(encoding: string, chunks: readonly Buffer[]): string {
  const decoder = transferDecoder(encoding);
  const decoded = chunks.map((chunk) => Buffer.from(decoder.write(chunk)).toString('latin1'));
  return decoded.join('') + Buffer.from(decoder.end()).toString('latin1');
}

function cut(body: Buffer, random: (below: number) => number): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let from = 0; from < body.byteLength;) {
    const length = 1 + random(random(4) === 0 ? 400 : 9);
    chunks.push(body.subarray(from, from + length));
    from += length;
  }
  return chunks;
}

describe('a body without its transfer encoding', () => {
  test.each(Object.keys(PIECES))('%s is the same however it comes in, and as simply decoded', (encoding) => {
    const random = randomOf(7);
    const pieces = PIECES[encoding] ?? [];
    for (let round = 0; round < 2000; round += 1) {
      const body = Array.from({ length: random(30) }, () => pieces[random(pieces.length)] ?? '').join('');
      const bytes = Buffer.from(body, 'latin1');
      const whole = decode(encoding, [bytes]);
      expect([body, decode(encoding, cut(bytes, random))]).toEqual([body, whole]);
      expect([body, whole]).toEqual([body, SIMPLE[encoding]?.(body)]);
    }
  });
});
