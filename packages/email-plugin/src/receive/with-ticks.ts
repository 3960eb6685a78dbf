import type { Clock } from '@exact/host-contracts';

/** Hands on what comes, and `undefined` about each `everyMs` by the clock while more is awaited. */
export async function* withTicks<T extends object>(
  items: AsyncIterable<T>,
  everyMs: number,
  clock: Pick<Clock, 'sleep'>,
): AsyncIterable<T | undefined> {
  const over = new AbortController();
  // The only reason for which a clock rejects is its signal.
  const nextTick = () => clock.sleep(everyMs, over.signal).catch(() => undefined);
  const iterator = items[Symbol.asyncIterator]();
  try {
    let tick = nextTick();
    for (let next = iterator.next(); ;) {
      const come = await Promise.race([next, tick]);
      if (!come) {
        yield undefined;
        tick = nextTick();
        continue;
      }
      if (come.done === true) return;
      yield come.value;
      next = iterator.next();
    }
  } finally {
    over.abort();
    await iterator.return?.();
  }
}
