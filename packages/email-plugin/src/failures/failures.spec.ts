import { describe, expect, test } from '@jest/globals';
import { FailureError } from '@exact/host-contracts';
import { asFailure, CATALOGUE, failureFor } from './failures.js';
import { SAMPLE_LINES } from '../../test/support/sample-lines.js';

describe('the failure catalogue', () => {
  test.each(SAMPLE_LINES)('%s: %s', (layer, code, line) => {
    expect(failureFor(layer, line).code).toBe(code);
  });

  test('has a sample line for each row that no earlier row takes', () => {
    const sampled = new Set(SAMPLE_LINES.map(([layer, code]) => `${layer} ${code}`));
    const rows = Object.entries(CATALOGUE).flatMap(([layer, found]) => found.map(({ code }) => `${layer} ${code}`));
    expect(rows.filter((row) => !sampled.has(row))).toEqual([]);
  });

  test.each(Object.values(CATALOGUE).flat())(
    '$code says in words what happened and what to do',
    ({ sentence, advice }) => {
      expect(sentence).toMatch(/^[A-Z0-9“'].*[.?!]$/);
      expect(advice).toMatch(/\w/);
    },
  );

  test('never shows a bare code for words that it does not know', () => {
    const failure = failureFor('smtp', '599 9.9.9 Purple');
    expect(failureFor('smtp', 'Purple')).toMatchObject({ code: 'smtp.unknown', details: 'Purple' });
    expect(failure.sentence).not.toMatch(/\d/);
  });

  test('keeps the time at which the server wants us back', () => {
    expect(
      failureFor('imap', 'Request is throttled. Suggested Backoff Time: 5 milliseconds', { retryAt: 7 }).retry,
    ).toEqual({
      kind: 'backoff',
      at: 7,
    });
  });

  test('keeps no token in the details', () => {
    const token = `eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.${'a'.repeat(80)}.${'b'.repeat(80)}`;
    const { details } = failureFor('imap', `NO AUTHENTICATE failed. auth=Bearer ${token} code=${'c'.repeat(20)}`);
    expect(details).not.toMatch(/eyJ0|aaaa|cccc/);
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
