import { describe, expect, test } from '@jest/globals';
import { redact } from './redact.js';

describe('the log', () => {
  test.each([
    ['a JSON web token', 'got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'got [token]'],
    ['a bearer token', 'auth=Bearer abc.def', 'auth=Bearer [token]'],
    ['a code in a link', 'http://localhost/?code=0.AXo&state=x', 'http://localhost/?code=[secret]&state=[secret]'],
    ['a long opaque text', `token ${'a1B2'.repeat(20)}`, 'token [long]'],
    ['an address', 'to alice.thornton@patients.example: refused', 'to [address]: refused'],
  ])('keeps %s to itself', (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test('says the rest as it was said', () => {
    expect(redact('535 5.7.139 SmtpClientAuthentication is disabled')).toBe(
      '535 5.7.139 SmtpClientAuthentication is disabled',
    );
  });
});
