import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { BytesDigest } from './content-digest.js';
import { TextHash } from './text-hash.js';

const PIECES = [
  [],
  ['ä'],
  ['ä', '€'.repeat(100), 'z'],
  Array.from({ length: 9 }, (_, piece) => `${piece}é`.repeat(9000)),
];

describe('a hash', () => {
  test.each(PIECES)('is SHA-256 of all that came, little or much', (...pieces) => {
    const expected = createHash('sha256').update(pieces.join('')).digest('hex');
    const [ofText, ofBytes] = [new TextHash(), new BytesDigest()];
    for (const piece of pieces) {
      ofText.update(piece);
      ofBytes.write(Buffer.from(piece));
    }
    expect(ofText.digest()).toBe(expected);
    expect(ofBytes.end()).toBe(expected);
  });
});
