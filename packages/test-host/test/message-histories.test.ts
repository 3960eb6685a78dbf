import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { histories } from './history/history-steps.js';
import { PracticeHistory } from './history/practice-history.js';

/** As `npm run fuzz` sets it. */
const { EXACT_FUZZ_ROUNDS, EXACT_FUZZ_SEED } = process.env;
const ROUNDS = Number(EXACT_FUZZ_ROUNDS ?? 20);
const SEED = EXACT_FUZZ_SEED === undefined ? {} : { seed: Number(EXACT_FUZZ_SEED) };

describe('a mailbox with whatever history', () => {
  test(
    'is in EXACT with each of its messages once, with nothing lost, brought back or unlinked',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (steps) => {
          await using history = await PracticeHistory.open();
          for (const step of steps) await history.play(step);
          expect(await history.brokenPromises()).toEqual([]);
        }),
        { numRuns: ROUNDS, endOnFailure: false, ...SEED },
      );
    },
    120_000 + ROUNDS * 5_000,
  );
});
