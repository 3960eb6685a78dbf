import type { Clock } from '../services/clock.js';
import { expectThat } from './expect.js';
import type { TimedHost } from './leasing-host.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to have a clock. */
export interface ClockHost extends TimedHost {
  readonly clock: Clock;
}

/** More than the 32 bits that a timer takes. */
const VERY_LONG = 2 ** 31 + 1;

async function reasonOf(sleep: Promise<void>): Promise<unknown> {
  return sleep.then(
    () => 'It woke instead.',
    (reason: unknown) => reason,
  );
}

const CLOCK: HostPromises<ClockHost> = {
  'the time is in whole milliseconds since 1970 and goes on': async ({ clock, letPass }) => {
    const before = clock.now();
    expectThat(Number.isSafeInteger(before) && before > 1e12, `${before} is no time in milliseconds since 1970.`);
    await letPass(20);
    expectThat(clock.now() > before, 'The time did not go on.');
  },

  'a sleep ends when its time has passed, not before': async ({ clock, letPass }) => {
    const begin = clock.now();
    const sleeping = clock.sleep(20).then(() => clock.now());
    await letPass(40);
    const woke = await sleeping;
    expectThat(woke - begin >= 19, `A sleep of 20 milliseconds ended after ${woke - begin}.`);
  },

  'a sleep of no time ends by itself': async ({ clock }) => {
    await clock.sleep(0);
  },

  'a sleep may be longer than a timer can be': async ({ clock, letPass }) => {
    const waking = new AbortController();
    let isAwake = false;
    const sleeping = clock.sleep(VERY_LONG, waking.signal).then(
      () => (isAwake = true),
      () => false,
    );
    await letPass(50);
    expectThat(!isAwake, `A sleep of ${VERY_LONG} milliseconds ended at once.`);
    waking.abort();
    await sleeping;
  },

  'a sleep that is aborted rejects with the reason': async ({ clock }) => {
    const waking = new AbortController();
    const sleeping = reasonOf(clock.sleep(VERY_LONG, waking.signal));
    const reason = new Error('Enough');
    waking.abort(reason);
    expectThat((await sleeping) === reason, 'The sleep did not reject with the reason of its signal.');
  },

  'a sleep under a signal that was aborted before rejects with the reason': async ({ clock }) => {
    const reason = new Error('Enough');
    const rejected = await reasonOf(clock.sleep(20, AbortSignal.abort(reason)));
    expectThat(rejected === reason, 'The sleep did not reject with the reason of its signal.');
  },

  'the time zone is one that calendars know': ({ clock }) => {
    const zone = clock.timeZone();
    // Throws a RangeError when it is none.
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0);
    expectThat(zone !== '', 'The time zone has no name.');
    return Promise.resolve();
  },
};

/** What a host owes the contract `Clock`. */
export function clock(suite: Suite<ClockHost>): void {
  register(suite, CLOCK);
}
