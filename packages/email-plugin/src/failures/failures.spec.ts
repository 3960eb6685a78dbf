import { describe, expect, test } from '@jest/globals';
import { FailureError } from '@exact/host-contracts';
import { asFailure, CATALOGUE, failureFor } from './failures.js';
import { SERVER_LINES } from '../../test/support/server-lines/server-lines.js';

describe('the failure catalogue', () => {
  test.each(SERVER_LINES)('%s: %s', (layer, code, line) => {
    expect(failureFor(layer, line)).toMatchObject({ code });
  });

  test('has such a line for each row, so that none stands in the shade of an earlier one', () => {
    const lines = new Set(SERVER_LINES.map(([layer, code]) => `${layer} ${code}`));
    const rows = Object.entries(CATALOGUE).flatMap(([layer, found]) => found.map(({ code }) => `${layer} ${code}`));
    expect(rows.filter((row) => !lines.has(row))).toEqual([]);
    expect(SERVER_LINES).toHaveLength(rows.length);
  });

  test.each(SERVER_LINES.filter(([layer]) => layer === 'oauth'))(
    'knows a refused sign-in without a number of Microsoft’s by its OAuth error: %s %s',
    (_layer, code, line) => {
      expect(failureFor('entra', line)).toMatchObject({ code });
    },
  );

  test('never shows a bare code for words that it does not know', () => {
    const failure = failureFor('smtp', '599 9.9.9 Purple');
    expect(failureFor('smtp', 'Purple')).toMatchObject({ code: 'smtp.unknown', details: 'Purple' });
    expect(failure.sentence).not.toMatch(/\d/);
  });

  test.each([
    ['imap', 'A7 BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds', 299_961],
    ['entra', 'temporarily_unavailable: AADSTS90055: too many requests. Retry-After: 30', 30_000],
    ['network', 'HTTP 503 in the place of an answer. Retry-After: 120', 120_000],
    ['imap', 'BAD Request is throttled. Suggested Backoff Time: 999999999999 milliseconds', 86_400_000],
  ] as const)('says when the server wants us back: %s %s', (layer, words, wait) => {
    expect(failureFor(layer, words, { now: 1000 }).retry).toEqual({ kind: 'backoff', at: 1000 + wait });
    expect(failureFor(layer, words).retry).toEqual({ kind: 'backoff' });
  });

  test('keeps no token in the details', () => {
    const token = `eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.${'a'.repeat(80)}.${'b'.repeat(80)}`;
    const { details } = failureFor('imap', `NO AUTHENTICATE failed. auth=Bearer ${token} code=${'c'.repeat(20)}`);
    expect(details).not.toMatch(/eyJ0|aaaa|cccc/);
  });

  test('keeps nobody’s address in the details', () => {
    const { details } = failureFor('smtp', '550 5.1.10 <alice.thornton@patients.example> not found');
    expect(details).toBe('550 5.1.10 <[address]> not found');
  });
});

describe('whatever was thrown', () => {
  test('keeps its failure when it has one', () => {
    const failure = failureFor('imap', 'x');
    expect(asFailure(new FailureError(failure), 'smtp')).toBe(failure);
  });

  test.each([
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new Error('fetch failed', { cause: Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }) }), 'ENOTFOUND'],
    ['odd', 'smtp.unknown'],
    [undefined, 'smtp.unknown'],
  ])('%s is explained', (error, code) => {
    expect(asFailure(error, 'smtp').code).toBe(code);
  });
});
