import type { Clock } from '@exact/host-contracts';

/** Hands on what comes, and `undefined` about each `everyMs` by the clock while more is awaited. */
export async function* withTicks<T extends object>(
  items: AsyncIterable<T>,
  everyMs: number,
  clock: Pick<Clock, 'sleep'>,
): AsyncIterable<T | undefined> {
  const over = new AbortController();
  const ticks = new Ticks(() => clock.sleep(everyMs, over.signal));
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (let next = iterator.next(); ;) {
      if ((await ticks.comeBefore(next)) === 'tick') {
        yield undefined;
        continue;
      }
      const come = await next;
      if (come.done === true) return;
      yield come.value;
      next = iterator.next();
    }
  } finally {
    over.abort();
    await iterator.return?.();
  }
}

/**
 * Ticks until the sleep is aborted. Not a race of promises: a race keeps what it was won by until all others have ended, so
 * each message would stay in memory until the next tick.
 */
class Ticks {
  private isDue = false;
  private onTick: (() => void) | undefined;

  constructor(private readonly sleep: () => Promise<void>) {
    this.begin();
  }

  async comeBefore(next: Promise<unknown>): Promise<'tick' | 'next'> {
    const outcome = await new Promise<'tick' | 'next'>((resolve) => {
      this.onTick = () => {
        resolve('tick');
      };
      if (this.isDue) this.onTick();
      const onNext = (): void => {
        resolve('next');
      };
      next.then(onNext, onNext);
    });
    if (outcome === 'tick') this.begin();
    return outcome;
  }

  private begin(): void {
    this.isDue = false;
    this.sleep().then(
      () => {
        this.isDue = true;
        this.onTick?.();
      },
      () => {
        // The only reason for which a clock rejects is its signal.
      },
    );
  }
}
