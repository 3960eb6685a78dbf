import { describe, expect, test } from '@jest/globals';
import { backoffMs } from './backoff.js';

describe('an email whose attempt failed', () => {
  test.each([
    [1, 0, 10_000],
    [2, 0, 20_000],
    [5, 0, 160_000],
    [8, 0, 1_280_000],
    [9, 0, 1_800_000],
    [5000, 0, 1_800_000],
    [1, 0.5, 11_000],
    [9, 0.999_999, 2_160_000],
  ])('waits after attempt %d with %d of chance for %d ms', (attempts, chance, expected) => {
    expect(backoffMs(attempts, () => chance)).toBe(expected);
  });
});
