import { describe, expect, test } from '@jest/globals';
import { mayLeaveAt } from './pacing.js';

const NOW = 1_000_000;
const LIMITS = { messagesPerMinute: 3, recipientsPerDay: 10 };

/** Milliseconds from now that the next email has to wait. */
function wait(times: readonly number[], delay: number, recipients = 0): number {
  const past = { recipients, times: times.map((ago) => NOW - ago) };
  return Math.max(0, mayLeaveAt(past, LIMITS, delay, NOW) - NOW);
}

describe('the next email', () => {
  test.each<[string, number[], number, number]>([
    ['leaves at once after none', [], 2000, 0],
    ['waits for the delay', [500], 2000, 1500],
    ['leaves at once when the delay is over', [2000], 2000, 0],
    ['leaves at once without a delay', [500], 0, 0],
    ['leaves at once while the minute is not full', [1000, 2000], 0, 0],
    ['waits until the oldest of a full minute is over', [50_000, 40_000, 1000], 0, 10_000],
    ['leaves when it is over to the millisecond', [60_000, 40_000, 1000], 0, 0],
    ['waits for the newest three, in any order', [1000, 70_000, 55_000, 40_000], 0, 5000],
    ['takes the longer of both', [59_000, 40_000, 0], 5000, 5000],
  ])('%s', (_what, times, delay, expected) => {
    expect(wait(times, delay)).toBe(expected);
  });

  test.each([
    [9, true],
    [10, false],
    [11, false],
  ])('with %d of 10 recipients a day used up leaves at once: %p', (recipients, leaves) => {
    expect(wait([], 0, recipients) === 0).toBe(leaves);
  });

  test('never is the fourth within 60 seconds, however they come', () => {
    const sent: number[] = [];
    for (let now = NOW; sent.length < 50; now += 700) {
      if (mayLeaveAt({ recipients: 0, times: sent }, LIMITS, 0, now) <= now) sent.push(now);
    }
    const spans = sent.slice(3).map((time, index) => time - (sent[index] ?? 0));
    expect(Math.min(...spans)).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...spans)).toBeLessThan(60_700);
  });
});
