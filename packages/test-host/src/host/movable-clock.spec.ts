import { describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.js';
import { MovableClock } from './movable-clock.js';

const DAY = 24 * 60 * 60_000;

describe('a clock that is put forward', () => {
  test('wakes at once who slept for a shorter time, and lets the others sleep for what is left', async () => {
    const machine = new FakeClock(0);
    const clock = new MovableClock(machine);
    const woken: string[] = [];
    const short = clock.sleep(DAY).then(() => woken.push('short'));
    const long = clock.sleep(3 * DAY).then(() => woken.push('long'));
    clock.putForward(2 * DAY);
    await short;
    expect([clock.now(), woken]).toEqual([2 * DAY, ['short']]);
    await machine.advance(DAY - 1);
    expect(woken).toEqual(['short']);
    await machine.advance(1);
    await long;
    expect([clock.now(), machine.sleepers]).toEqual([3 * DAY, 0]);
  });

  test('ends a sleep with its abort and the reason', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const sleeping = new MovableClock(new FakeClock()).sleep(DAY, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  test('tells the zone of the clock behind it', () => {
    expect(new MovableClock(new FakeClock(0, 'Europe/Rome')).timeZone()).toBe('Europe/Rome');
  });
});
