import { FailureError, type Failure } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { DEFAULT_SCHEDULE } from '../settings/settings.js';
import { MailboxWatch, type WatchParts } from './mailbox-watch.js';
import type { ReceiveHealth } from './receive-health.js';

const DAY_MS = 24 * 60 * 60_000;

/** A watch outside of checking times; `answers` says for each use of the sign-in whether Microsoft could be asked. */
function watchOutsideOfCheckingTimes(answers: (use: number) => boolean) {
  const clock = new FakeClock();
  const uses: number[] = [];
  const stop = new AbortController();
  const health: Partial<ReceiveHealth> = { working: () => Promise.resolve() };
  const parts: Partial<WatchParts> = {
    run: {
      fence: 1,
      signal: stop.signal,
      requests: [],
      onDidRequest: () => ({ dispose: () => undefined }),
      heartbeat: () => Promise.resolve(),
    },
    schedule: { ...DEFAULT_SCHEDULE, checkingTimes: [] },
    clock,
    health: health as ReceiveHealth,
    keepSignedIn: () => {
      uses.push(clock.now());
      return Promise.resolve(answers(uses.length));
    },
  };
  return { clock, uses, stop, ended: new MailboxWatch(parts as WatchParts).go() };
}

describe('a mailbox that nobody checks', () => {
  test('has its sign-in used at once and then each week, long before it runs out', async () => {
    const { clock, uses, stop, ended } = watchOutsideOfCheckingTimes(() => true);
    const start = clock.now();
    await clock.advance(15 * DAY_MS);
    expect(uses.map((at) => (at - start) / DAY_MS)).toEqual([0, 7, 14]);
    stop.abort();
    expect(await ended).toEqual({ kind: 'stopped' });
  });

  test('has it tried again the next day when Microsoft can’t be reached', async () => {
    const { clock, uses, stop, ended } = watchOutsideOfCheckingTimes((use) => use > 2);
    const start = clock.now();
    await clock.advance(5 * DAY_MS);
    expect(uses.map((at) => (at - start) / DAY_MS)).toEqual([0, 1, 2]);
    stop.abort();
    await ended;
  });

  test('ends with the failure when the sign-in has run out', async () => {
    const failure: Failure = {
      code: 'AADSTS700082',
      sentence: 'The sign-in has run out.',
      fixedBy: 'user',
      advice: '',
      retry: { kind: 'after-sign-in' },
    };
    const { ended } = watchOutsideOfCheckingTimes(() => {
      throw new FailureError(failure);
    });
    await expect(ended).rejects.toMatchObject({ failure });
  });
});
