import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeText, isKnownCharset, textDecoder } from './charsets.js';

const LABELS = [
  ...'utf-8 utf8 ibm866 iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-8-i'.split(
    ' ',
  ),
  ...'iso-8859-9 iso-8859-10 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u macintosh windows-874'.split(
    ' ',
  ),
  ...'windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258'.split(
    ' ',
  ),
  ...'x-mac-cyrillic gbk gb2312 gb18030 big5 euc-jp iso-2022-jp shift_jis euc-kr utf-16be utf-16le x-user-defined'.split(
    ' ',
  ),
  ...'hz-gb-2312 iso-2022-kr iso-2022-cn replacement cp932 x-sjis cp949 cp950 ks_c_5601-1987 us-ascii ansi_x3.110-1983'.split(
    ' ',
  ),
  ...'utf-7 unicode-1-1-utf-7 utf-32 utf-32be cp437 ibm437 dos437 cp850 IBM00858 cp1252 x-cp1251 koi8-t cp1361'.split(
    ' ',
  ),
  ...[
    '',
    ' ',
    'klingon',
    'hex',
    'base64',
    'binary',
    '__proto__',
    'constructor',
    '"utf-8"',
    'utf-8*en',
    'x'.repeat(10_000),
  ],
];

describe('a charset', () => {
  // First: the decoders of some names are kept.
  test.each(['hex', 'base64', 'binary', 'klingon', 'utf-8*en', ''])(
    '%s has none, whatever was decoded as such',
    (label) => {
      decodeText(label, Uint8Array.of(0xe9));
      expect(isKnownCharset(label)).toBe(false);
    },
  );

  test.each(LABELS)('%s is read the same however its bytes come', (label) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 60 }), (bytes, cut) => {
        const decoder = textDecoder(label);
        const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
        const inPieces = pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
        expect(inPieces).toBe(textDecoder(label).decode(bytes));
        expect(decodeText(label, bytes)).toBe(inPieces);
      }),
      { numRuns: 40 },
    );
  });

  test.each('utf-8 us-ascii iso-8859-1 iso-8859-8-i iso-8859-15 windows-1251 koi8-r gbk euc-jp utf-16le'.split(' '))(
    '%s is read as the platform does, also where plain English stands before and behind',
    (label) => {
      const english = fc.string({ maxLength: 20, unit: 'grapheme-ascii' }).map((text) => Buffer.from(text));
      const any = fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constant(Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa4)));
      fc.assert(
        fc.property(fc.array(fc.oneof(english, any), { maxLength: 4 }), (pieces) => {
          const decoder = textDecoder(label);
          const inPieces = pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
          expect(inPieces).toBe(new TextDecoder(label).decode(Buffer.concat(pieces)));
        }),
        { numRuns: 200 },
      );
    },
  );

  test.each([
    ['gb18030', [0x81, 0x30, 0x81]],
    ['gbk', [0x81, 0x30, 0x81]],
    ['euc-jp', [0x8f, 0xc7]],
  ])('%s may break off before a piece of one byte', (label, broken) => {
    const decoder = textDecoder(label);
    const inPieces = [broken, [0x96], [0x0a]].map((piece) => decoder.decode(Uint8Array.from(piece), { stream: true }));
    const whole = textDecoder(label).decode(Uint8Array.from([...broken, 0x96, 0x0a]));
    expect(inPieces.join('') + decoder.decode()).toBe(whole);
  });

  test.each([
    ['cp437', [0x81, 0xe1], 'üß'],
    ['utf-7', [...Buffer.from('+AOQ-')], 'ä'],
    ['cp949', [0xb0, 0xa1], '가'],
    ['x-gbk', [0xd1, 0xc0], '牙'],
    ['klingon', [0xe9], 'é'],
    [undefined, [0xc3, 0xa9], 'é'],
  ])('%s is known', (label, bytes, text) => {
    expect(textDecoder(label).decode(Uint8Array.from(bytes))).toBe(text);
  });

  test.each(['utf-8', ' UTF-8', 'iso-8859-1', 'cp437', 'x-mac-cyrillic'])('%s has a decoder of its own', (label) => {
    expect(isKnownCharset(label)).toBe(true);
  });
});
