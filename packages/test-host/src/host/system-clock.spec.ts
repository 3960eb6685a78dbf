import { describe, expect, test } from '@jest/globals';
import { SystemClock } from './system-clock.js';

describe('the machine’s clock', () => {
  test('tells the practice’s time zone', () => {
    expect(new SystemClock('Europe/London').timeZone()).toBe('Europe/London');
    expect(new SystemClock().timeZone()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  test.each([1, 60 * 60_000, 90 * 24 * 60 * 60_000])(
    'ends a sleep of %i ms with its abort and the reason',
    async (time) => {
      const reason = new Error('enough');
      const controller = new AbortController();
      const sleeping = new SystemClock().sleep(time, controller.signal);
      controller.abort(reason);
      await expect(sleeping).rejects.toBe(reason);
    },
  );

  test('lets a sleep of no time pass', async () => {
    await expect(new SystemClock().sleep(0)).resolves.toBeUndefined();
  });
});
