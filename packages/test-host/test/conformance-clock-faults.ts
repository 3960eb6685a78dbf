import type { Clock } from '@exact/host-contracts';
import type { Fault } from './conformance-faults.js';

/** A clock is an instance with state of its own: what is not replaced is passed on to it. */
function ticking(replace: (real: Clock) => Partial<Clock>): Fault['plant'] {
  return (practice) => {
    const { clock } = practice;
    const broken: Clock = {
      now: () => clock.now(),
      sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
      timeZone: () => clock.timeZone(),
      ...replace(clock),
    };
    return { ...practice, clock: broken };
  };
}

/** What a timer of 32 bits does with a longer time. */
function wrapped(milliseconds: number): number {
  return milliseconds >= 2 ** 31 ? 1 : milliseconds;
}

/** What a clock may do wrong, one for each promise about it. */
export const CLOCK_FAULTS: readonly Fault[] = [
  {
    fault: 'counts halves of milliseconds',
    plant: ticking((real) => ({ now: () => real.now() + 0.5 })),
    breaks: 'the time is in whole milliseconds since 1970 and goes on',
  },
  {
    fault: 'wakes too early',
    plant: ticking((real) => ({ sleep: (milliseconds, signal) => real.sleep(milliseconds / 2, signal) })),
    breaks: 'a sleep ends when its time has passed, not before',
  },
  {
    fault: 'never wakes from a sleep of no time',
    plant: ticking((real) => ({
      sleep: (milliseconds, signal) =>
        milliseconds === 0 ? Promise.reject(new RangeError('Too short')) : real.sleep(milliseconds, signal),
    })),
    breaks: 'a sleep of no time ends by itself',
  },
  {
    fault: 'has timers of 32 bits',
    plant: ticking((real) => ({ sleep: (milliseconds, signal) => real.sleep(wrapped(milliseconds), signal) })),
    breaks: 'a sleep may be longer than a timer can be',
  },
  {
    fault: 'wakes without the reason',
    plant: ticking((real) => ({
      sleep: (milliseconds, signal) =>
        real.sleep(milliseconds, signal).catch((error: unknown) => {
          throw milliseconds > 1000 ? new Error('Aborted') : error;
        }),
    })),
    breaks: 'a sleep that is aborted rejects with the reason',
  },
  {
    fault: 'does not look at a signal that was aborted before',
    plant: ticking((real) => ({
      sleep: (milliseconds, signal) => (signal?.aborted ? real.sleep(0) : real.sleep(milliseconds, signal)),
    })),
    breaks: 'a sleep under a signal that was aborted before rejects with the reason',
  },
  {
    fault: 'names a time zone that nobody knows',
    plant: ticking(() => ({ timeZone: () => 'Practice/Here' })),
    breaks: 'the time zone is one that calendars know',
  },
];
