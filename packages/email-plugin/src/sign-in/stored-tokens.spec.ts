import type { Clock, HostInformation } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { ClientTokens } from './stored-tokens.js';

const DAY_MS = 24 * 60 * 60_000;
const NOW = Date.parse('2026-11-23T09:00:00Z');
const ACCOUNT = { homeAccountId: 'o.t', objectId: 'o', tenantId: 't', username: 'reception@practice.example' };

const clock: Clock = { now: () => NOW, sleep: () => Promise.resolve(), timeZone: () => 'Europe/London' };
const host = {
  database: () => Promise.resolve({ id: 'd', name: 'Bright Smile Dental', genuineness: { genuine: true } }),
} as HostInformation;

/** Tokens of a sign-in that was renewed so long ago, when nothing answers. */
function unreachable(renewedAt: number | undefined): ClientTokens {
  const client = { accessToken: () => Promise.reject(new Error('connect ECONNREFUSED 20.190.1.1:443')) };
  const makeClient = () => Promise.resolve(client);
  return new ClientTokens(
    ACCOUNT,
    host,
    clock,
    () => import('./msal-node.adapter.js'),
    makeClient,
    () => renewedAt,
  );
}

describe('a sign-in that can’t be renewed because nothing answers', () => {
  test.each([
    ['six days before its end', 84, true],
    ['seven days before its end', 83, true],
    ['longer before its end', 82.9, false],
    ['just after it was renewed', 0, false],
  ])('%s is told to end soon, or is only tried again', async (_when, days, isTold) => {
    const outcome = await unreachable(NOW - days * DAY_MS).accessToken();
    expect(outcome).toMatchObject({ kind: 'failed', failure: { retry: { kind: 'backoff' } } });
    expect(outcome.kind === 'failed' && outcome.failure.code === 'sign-in.ends-soon').toBe(isTold);
  });

  test('names the day on which it ends', async () => {
    const outcome = await unreachable(NOW - 85 * DAY_MS).accessToken();
    expect(outcome).toMatchObject({ failure: { sentence: expect.stringContaining('28 November 2026') } });
  });

  test('whose last renewal nobody noted is only tried again', async () => {
    const outcome = await unreachable(undefined).accessToken();
    expect(outcome.kind === 'failed' && outcome.failure.code).not.toBe('sign-in.ends-soon');
  });
});
