import { describe, expect, test } from '@jest/globals';
import { backoff } from './backoff.js';

describe('a back-off', () => {
  test.each([
    [1, 5_000, 10_000],
    [2, 10_000, 20_000],
    [5, 80_000, 160_000],
    [8, 600_000, 600_000],
    [1_000, 600_000, 600_000],
  ])('after %i failures lasts between %i and %i ms', (failures, shortest, longest) => {
    expect(backoff(failures, () => 0)).toBe(shortest);
    expect(backoff(failures, () => 1)).toBe(longest);
  });
});
