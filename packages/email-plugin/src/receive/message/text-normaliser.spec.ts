import { describe, expect, test } from '@jest/globals';
import { TextNormaliser } from './text-normaliser.js';

const PIECES = ['a', 'b', ' ', ' ', '\t', '\u00a0', '\n', '\n', '\r\n'];

/** Line by line, and all at once. */
function simply(text: string): string {
  const lines = text.replaceAll('\r', '').split('\n');
  const trimmed = lines.map((line) => line.replace(/[ \t\u00a0]+$/, '')).join('\n');
  return trimmed.replace(/^\n+|\n+$/g, '');
}

function normalised(pieces: readonly string[]): string {
  let text = '';
  const normaliser = new TextNormaliser((piece) => {
    text += piece;
  });
  for (const piece of pieces) normaliser.write(piece);
  return text;
}

/** All texts of so many pieces. */
function* textsOf(length: number): Generator<readonly string[]> {
  if (length === 0) yield [];
  else for (const text of textsOf(length - 1)) for (const piece of PIECES) yield [...text, piece];
}

describe('a text without what transport changes', () => {
  test.each([1, 2, 3, 4, 5])('is as simply made, whole and in pieces: texts of %i', (length) => {
    for (const pieces of textsOf(length)) {
      const text = pieces.join('');
      const half = Math.floor(length / 2);
      const halves = [pieces.slice(0, half).join(''), pieces.slice(half).join('')];
      expect([text, normalised([text]), normalised(pieces), normalised(halves)]).toEqual([
        text,
        ...Array.from({ length: 3 }, () => simply(text)),
      ]);
    }
  });
});
