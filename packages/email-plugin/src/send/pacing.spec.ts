import { describe, expect, test } from '@jest/globals';
import { mayLeaveAt } from './pacing.js';

const limits = { messagesPerMinute: 3, recipientsPerDay: 10 };
const now = 1_000_000;

describe('the next email', () => {
  test.each<[string, number[], number, number]>([
    ['leaves at once after none', [], 2000, 0],
    ['waits for the delay', [now - 500], 2000, now + 1500],
    ['leaves at once without a delay', [now - 500], 0, now - 500],
    ['waits until the oldest of a full minute is over', [now - 50_000, now - 40_000, now - 1000], 0, now + 10_000],
    ['counts the newest only', [now - 90_000, now - 80_000, now - 70_000], 0, now - 30_000 + 0],
    ['takes the longer of both', [now - 59_000, now - 40_000, now], 5000, now + 5000],
  ])('%s', (_what, times, delay, expected) => {
    expect(mayLeaveAt({ recipients: 0, times }, limits, delay, now)).toBe(expected);
  });

  test('waits when the day’s recipients are used up', () => {
    expect(mayLeaveAt({ recipients: 10, times: [] }, limits, 0, now)).toBeGreaterThan(now);
  });
});
