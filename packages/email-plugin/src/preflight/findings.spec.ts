import { describe, expect, test } from '@jest/globals';
import { ProxyFault } from '../network/proxy-fault.js';
import { TimedOut } from '../network/time-limit.js';
import { clockWarning, obstaclesIn, type BlockedWay } from './findings.js';

const signIn = { purpose: 'signing in', server: { host: 'login.microsoftonline.com', port: 443 } } as const;
const imap = { purpose: 'receiving email', server: { host: 'outlook.office365.com', port: 993 } } as const;
const smtp = { purpose: 'sending email', server: { host: 'smtp.office365.com', port: 587 } } as const;

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

function only(ways: readonly BlockedWay[]) {
  const found = obstaclesIn(ways);
  expect(found).toHaveLength(1);
  return found[0];
}

describe('what is in the way', () => {
  test('is nothing on a good line', () => {
    expect(obstaclesIn([])).toEqual([]);
  });

  test('is one line for ways that are closed alike, with the doors that IT has to open', () => {
    const error = systemError('ECONNREFUSED');
    const finding = only([
      { ...imap, error },
      { ...smtp, error },
    ]);
    expect(finding).toMatchObject({ code: 'ECONNREFUSED', fixedBy: 'admin' });
    expect(finding?.sentence).toMatch(/^Receiving email and sending email: /);
    expect(finding?.advice).toContain('outlook.office365.com port 993 and smtp.office365.com port 587');
    expect(finding?.advice).not.toContain('login.microsoftonline.com');
  });

  test('is a line each for ways that are closed differently, the most basic first', () => {
    const codes = obstaclesIn([
      { ...signIn, error: new TimedOut() },
      { ...imap, error: systemError('CERT_HAS_EXPIRED') },
      { ...smtp, error: systemError('ECONNRESET') },
    ]).map(({ code }) => code);
    expect(codes).toEqual(['ETIMEDOUT', 'CERT_HAS_EXPIRED', 'ECONNRESET']);
  });

  test('is told apart when it lies in the proxy', () => {
    const error = new ProxyFault('ERR_PROXY_SIGN_IN', 'HTTP 407 from the proxy p:8080 for outlook.office365.com:993');
    expect(only([{ ...imap, error }])).toMatchObject({ code: 'PROXY_AUTH 407', fixedBy: 'admin' });
  });

  test('tells IT whom the proxy has to let through, the sign-in too', () => {
    const error = new ProxyFault('ERR_PROXY_SIGN_IN', 'HTTP 407 from the proxy p:8080');
    const finding = only([
      { ...signIn, error },
      { ...imap, error },
    ]);
    expect(finding?.advice).toContain('login.microsoftonline.com port 443 and outlook.office365.com port 993');
  });

  test('never says that it passes by itself: nobody looks again but the user', () => {
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'CERT_HAS_EXPIRED', 'EAI_AGAIN']) {
      expect(only([{ ...imap, error: systemError(code) }])?.retry).toEqual({ kind: 'never' });
    }
    expect(only([{ ...imap, error: systemError('EAI_AGAIN') }])).toMatchObject({ code: 'ENOTFOUND', fixedBy: 'admin' });
    expect(only([{ ...imap, error: new Error('something new') }])?.advice).toMatch(/^Try again/);
  });
});

test.each([
  [6 * 60_000, 'about 6 minutes slow'],
  [-60 * 60_000, 'about 60 minutes fast'],
  [26 * 60 * 60_000, 'about 26 hours slow'],
])('a clock that is wrong by %d ms is told in words', (aheadMs, words) => {
  expect(clockWarning(aheadMs)).toMatchObject({ code: 'clock wrong', sentence: expect.stringContaining(words) });
});
