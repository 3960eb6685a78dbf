import { IdentityDigest, MimeWalker } from '@exact/email-plugin/testing';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changes, letters, type Letter } from './generated/letter.js';
import { transports } from './generated/transport.js';
import { writeLetter } from './generated/write-letter.js';

/** The identity alone: what a reader makes of the rest is another matter. */
function identityOf(raw: Uint8Array, cuts: readonly number[] = []): string {
  const digest = new IdentityDigest();
  const walker = new MimeWalker(digest);
  let from = 0;
  for (const cut of [...cuts.map((each) => each % (raw.byteLength + 1)), raw.byteLength].toSorted((a, b) => a - b)) {
    walker.write(raw.subarray(from, cut));
    from = cut;
  }
  walker.end();
  return digest.digest();
}

const anyCuts = fc.array(fc.nat({ max: 100_000 }), { maxLength: 20 });
const ROUNDS = { numRuns: 300 };

describe('the identity of whatever somebody writes', () => {
  test('is the same however it is written and whichever way it comes', () => {
    fc.assert(
      fc.property(letters, transports, transports, (letter, one, other) => {
        expect(identityOf(writeLetter(letter, one))).toBe(identityOf(writeLetter(letter, other)));
      }),
      ROUNDS,
    );
  });

  test.each(changes)('is another with another thing written: %s', (_what, change) => {
    fc.assert(
      fc.property(letters, transports, transports, (letter, one, other) => {
        const changed: Letter = change(letter);
        expect(identityOf(writeLetter(changed, other))).not.toBe(identityOf(writeLetter(letter, one)));
      }),
      { numRuns: 60 },
    );
  });

  test('does not depend on the pieces in which it comes', () => {
    fc.assert(
      fc.property(letters, transports, anyCuts, (letter, transport, cuts) => {
        const raw = writeLetter(letter, transport);
        expect(identityOf(raw, cuts)).toBe(identityOf(raw));
      }),
      ROUNDS,
    );
  });
});
