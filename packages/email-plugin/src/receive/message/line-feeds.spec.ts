import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LineFeeds } from './line-feeds.js';

describe('lines of a text', () => {
  test('end with line feeds alone, wherever it is taken apart, and other carriage returns stay', () => {
    const unit = fc.constantFrom('\r', '\n', 'a', '\r'.repeat(499), '\r'.repeat(1001));
    const piece = fc.string({ maxLength: 8, unit });
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const lineFeeds = new LineFeeds();
        const lines = pieces.map((each) => lineFeeds.write(each)).join('') + lineFeeds.end();
        expect(lines).toBe(pieces.join('').replace(/(?<!\r)\r{1,1000}\n/g, '\n'));
      }),
      { numRuns: 500 },
    );
  });

  test('keep no more than a few carriage returns waiting, however many come', () => {
    const lineFeeds = new LineFeeds();
    const run = '\r'.repeat(50_000);
    const handedOn = Array.from({ length: 20 }, () => lineFeeds.write(run).length);
    expect(handedOn.at(-1)).toBe(run.length);
    expect(lineFeeds.end().length).toBeLessThan(2000);
  });
});
