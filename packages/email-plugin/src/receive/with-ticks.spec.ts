import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { withTicks } from './with-ticks.js';

const EVERY_MS = 5_000;

/** A source that gives what a test hands it, and says whether it was ended. */
function source() {
  const asked: PromiseWithResolvers<string | undefined>[] = [];
  const seen = { isEnded: false };
  async function* items() {
    try {
      for (;;) {
        const next = Promise.withResolvers<string | undefined>();
        asked.push(next);
        const item = await next.promise;
        if (item === undefined) return;
        yield { item };
      }
    } finally {
      seen.isEnded = true;
    }
  }
  return { items: items(), seen, give: (item?: string) => asked.at(-1)?.resolve(item) };
}

describe('what comes with ticks in between', () => {
  test('ticks while nothing comes, and loses nothing', async () => {
    const clock = new FakeClock();
    const { items, give, seen } = source();
    const got = withTicks(items, EVERY_MS, clock)[Symbol.asyncIterator]();
    const first = got.next();
    give('one');
    expect(await first).toMatchObject({ value: { item: 'one' } });
    const tick = got.next();
    await clock.advance(EVERY_MS);
    expect(await tick).toEqual({ value: undefined, done: false });
    const second = got.next();
    give('two');
    expect(await second).toMatchObject({ value: { item: 'two' } });
    const end = got.next();
    await new Promise((resolve) => setImmediate(resolve));
    give();
    expect(await end).toMatchObject({ done: true });
    expect(seen.isEnded).toBe(true);
  });

  test('ends the source when nobody wants more', async () => {
    const { items, give, seen } = source();
    const taken = (async () => {
      for await (const each of withTicks(items, EVERY_MS, new FakeClock())) return each;
      return undefined;
    })();
    await new Promise((resolve) => setImmediate(resolve));
    give('one');
    expect(await taken).toEqual({ item: 'one' });
    expect(seen.isEnded).toBe(true);
  });

  test('fails as the source does', async () => {
    async function* broken(): AsyncIterable<object> {
      yield await Promise.reject<object>(new Error('broken'));
    }
    const taken = withTicks(broken(), EVERY_MS, new FakeClock())[Symbol.asyncIterator]().next();
    await expect(taken).rejects.toThrow('broken');
  });
});
