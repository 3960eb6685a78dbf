import { describe, expect, test } from '@jest/globals';
import type { Failure } from '@exact/host-contracts';
import { ApprovalWait, type Look } from '../src/sign-in/approval/approval-wait.js';
import type { SignInOutcome } from '../src/sign-in/sign-in.js';
import { fakeSession } from './support/open-setup.js';

const server = { host: 'mail.example', port: 1 };
const limits = {
  messagesPerMinute: 1,
  recipientsPerDay: 1,
  recipientsPerMessage: 1,
  attachmentsPerMessage: 1,
  messageBytes: 1,
};
const ADDRESS = 'reception@practice.example';
const OUT_OF_REACH: Failure = {
  code: 'network',
  sentence: 'Microsoft can’t be reached.',
  fixedBy: 'nobody',
  advice: '',
  retry: { kind: 'backoff' },
};

/** A wait that has begun, whose looks end like this, one after the other. Its states are kept. */
async function begin(authority: string, ...looks: readonly (SignInOutcome | 'unreachable')[]) {
  const left = [...looks];
  const told: string[] = [];
  const states: string[] = [];
  const wait = new ApprovalWait(
    {
      clock: {
        now: () => 0,
        sleep: (_time, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              reject(new Error('aborted'));
            });
          }),
        timeZone: () => 'Europe/London',
      },
      logger: { info: () => undefined, warn: (what) => told.push(what), error: (what) => told.push(what) },
      services: () => Promise.resolve({ clientId: 'app', authority, imap: server, smtp: server, limits }),
      openBrowser: () => Promise.reject(new Error('no browser')),
      look: ({ state }): Promise<Look> => {
        states.push(state);
        const outcome = left.shift();
        if (outcome === undefined || outcome === 'unreachable') return Promise.reject(new Error('out of reach'));
        return Promise.resolve({ url: 'https://microsoft.example/', finish: () => Promise.resolve(outcome) });
      },
      refusal: () => Promise.resolve(undefined),
    },
    ADDRESS,
  );
  await wait.open();
  await wait.begin(undefined);
  return {
    wait,
    told,
    look: async () => (await fetch(`${wait.page}look`, { redirect: 'manual' })).headers.get('location'),
    /** Microsoft's answer to the last look. */
    answer: async (fields: Readonly<Record<string, string>>) => {
      const body = new URLSearchParams({ ...fields, state: states.at(-1) ?? '' });
      return fetch(new URL('/', wait.page), { method: 'POST', body, redirect: 'manual' });
    },
    [Symbol.dispose]: () => {
      wait[Symbol.dispose]();
    },
  };
}

const ORGANIZATIONS = 'https://login.microsoftonline.com/organizations';

describe('the link for administrators', () => {
  test.each([
    [ORGANIZATIONS, 'https://login.microsoftonline.com/practice.example/v2.0/adminconsent'],
    [
      'https://login.microsoftonline.com/46b23ef5-bf50-43a9-9699-bc93a9ee7313',
      'https://login.microsoftonline.com/46b23ef5-bf50-43a9-9699-bc93a9ee7313/v2.0/adminconsent',
    ],
    [
      'https://login.microsoftonline.us/organizations',
      'https://login.microsoftonline.us/practice.example/v2.0/adminconsent',
    ],
  ])('of %s names the practice’s organisation', async (authority, address) => {
    using begun = await begin(authority);
    const link = new URL(begun.wait.need?.link ?? '');
    expect(link.origin + link.pathname).toBe(address);
  });
});

describe('the wait for an approval', () => {
  test('goes on when Microsoft can’t be reached, for the look or for what follows it', async () => {
    const session = fakeSession(ADDRESS);
    using begun = await begin(
      ORGANIZATIONS,
      'unreachable',
      { kind: 'failed', failure: OUT_OF_REACH },
      { kind: 'signed-in', session },
    );
    expect(await begun.look()).toBe(begun.wait.page);
    expect(begun.told).toEqual(['sign-in.look-failed']);
    expect(await begun.look()).toBe('https://microsoft.example/');
    expect((await begun.answer({ code: 'c1' })).headers.get('location')).toBe(begun.wait.page);
    await begun.look();
    expect((await begun.answer({ code: 'c2' })).status).toBe(200);
    expect(await begun.wait.outcome).toEqual({ kind: 'signed-in', session });
  });

  test('takes an answer once only', async () => {
    using begun = await begin(ORGANIZATIONS, { kind: 'signed-in', session: fakeSession(ADDRESS) });
    await begun.look();
    expect((await begun.answer({ code: 'c1' })).status).toBe(200);
    expect((await begun.answer({ code: 'c1' })).status).toBe(400);
  });

  test('ends with a refusal that no approval mends', async () => {
    using begun = await begin(ORGANIZATIONS, { kind: 'signed-in', session: fakeSession(ADDRESS) });
    await begun.look();
    await begun.answer({
      error: 'invalid_request',
      error_description: 'AADSTS50011: The redirect URI does not match.',
    });
    expect(await begun.wait.outcome).toMatchObject({ kind: 'failed', failure: { code: 'AADSTS50011' } });
  });

  test('offers a link to its page when no browser opens', async () => {
    using begun = await begin(ORGANIZATIONS);
    await begun.wait.lookNow();
    expect(begun.wait.watch).toBe('page-closed');
    expect(begun.told).toEqual(['sign-in.browser-not-opened']);
  });
});
