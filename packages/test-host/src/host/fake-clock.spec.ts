import { describe, expect, test } from '@jest/globals';
import { FakeClock } from './fake-clock.js';

describe('a fake clock', () => {
  test('wakes sleepers in the order in which they are due, each at its time', async () => {
    const clock = new FakeClock(0);
    const woken: [string, number][] = [];
    const sleep = async (name: string, milliseconds: number): Promise<void> => {
      await clock.sleep(milliseconds);
      woken.push([name, clock.now()]);
    };
    const sleeping = [sleep('late', 20), sleep('early', 10).then(() => sleep('after early', 5))];
    await clock.advance(9);
    expect(woken).toEqual([]);
    await clock.advance(11);
    expect(woken).toEqual([
      ['early', 10],
      ['after early', 15],
      ['late', 20],
    ]);
    await Promise.all(sleeping);
    expect(clock.sleepers).toBe(0);
  });

  test('stands still by itself, and lets a sleep of no time pass', async () => {
    const clock = new FakeClock(0);
    await clock.sleep(0);
    expect(clock.now()).toBe(0);
  });

  test('rejects a sleep with the reason of its abort, also one that was aborted before', async () => {
    const clock = new FakeClock(0);
    const reason = new Error('enough');
    const controller = new AbortController();
    const sleeping = clock.sleep(10, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(clock.sleep(10, controller.signal)).rejects.toBe(reason);
    expect(clock.sleepers).toBe(0);
  });

  test('that jumped wakes everybody who is due at once', async () => {
    const clock = new FakeClock(0);
    const woken: number[] = [];
    const sleeping = [10, 20].map((time) => clock.sleep(time).then(() => woken.push(clock.now())));
    clock.jump(100);
    await clock.advance(0);
    await Promise.all(sleeping);
    expect(woken).toEqual([100, 100]);
  });

  test('lets time wait for work outside the thread', async () => {
    const clock = new FakeClock(0);
    let isDone = false;
    clock.settleWith(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isDone = true;
    });
    await clock.advance(1);
    expect(isDone).toBe(true);
  });
});
