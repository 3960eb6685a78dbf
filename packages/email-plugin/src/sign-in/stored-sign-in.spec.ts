import { describe, expect, test } from '@jest/globals';
import { readStoredSignIn, writeStoredSignIn } from './stored-sign-in.js';

const CACHE = '{"Account":{},"RefreshToken":{}}';

describe('a stored sign-in', () => {
  test('is read as it was written', () => {
    const stored = { cache: CACHE, renewedAt: 1_795_000_000_000 };
    expect(readStoredSignIn(writeStoredSignIn(stored))).toEqual(stored);
  });

  test('of the first form, MSAL’s cache alone, is read, too', () => {
    expect(readStoredSignIn(CACHE)).toEqual({ cache: CACHE, renewedAt: undefined });
  });

  test.each(['', 'null', '[]', '"text"', '{"form":99,"cache":"{}"}', '{"form":2}', '{"form":2,"cache":"rubbish"}'])(
    'that can’t be read is told apart: %s',
    (secret) => {
      expect(readStoredSignIn(secret)).toBeUndefined();
    },
  );
});
