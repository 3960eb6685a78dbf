import { describe, expect, test } from '@jest/globals';
import { redact } from './redact.js';

describe('what others read', () => {
  test.each([
    ['a JSON web token', 'got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'got [token]'],
    ['a bearer token', 'auth=Bearer abc.def', 'auth=Bearer [token]'],
    ['a code in a link', 'http://localhost/?code=0.AXo&state=x', 'http://localhost/?code=[secret]&state=[secret]'],
    ['a code that a server repeats', 'NO code=0.AXoAbc', 'NO code=[secret]'],
    ['a token in a form', 'refresh_token=0.AXoAbc&scope=x', 'refresh_token=[secret]&scope=x'],
    ['a token in JSON', '{"refresh_token":"0.AXoAbc"}', '{"refresh_token":"[secret]"}'],
    ['a password', 'password: Smile-2026', 'password: [secret]'],
    ['a long opaque text', `token ${'a1B2'.repeat(20)}`, 'token [long]'],
    ['a short opaque text', 'FIzlre_HElLtxDh00S_Sd1iONlR-E8O5gdjsXB-eM9E', '[long]'],
    ['an address', 'to alice.thornton@patients.example: refused', 'to [address]: refused'],
    ['an address in brackets', '<alice.thornton@patients.example> refused', '<[address]> refused'],
    [
      'an echoed subject',
      'not retrieved: Subject: "Root canal", Sent: 23',
      'not retrieved: Subject: [hidden], Sent: 23',
    ],
    ['an echoed sender', 'From: Alice Thornton', 'From: [hidden]'],
  ])('has %s taken out', (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test('has taken out what the caller knows, the longest first, whatever its case', () => {
    const known = ['Alice', 'Alice Thornton', 'Root canal (left)', 'on'];
    expect(redact('ALICE THORNTON: root canal (left) on Monday for Alice', known)).toBe(
      '[hidden]: [hidden] on Monday for [hidden]',
    );
  });

  test.each([
    '535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox',
    'AADSTS50173: The provided grant has expired, a fresh auth token is needed.',
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender [AM0PR01MB0001.eurprd01.prod.exchangelabs.com]',
    '503 Service Unavailable',
    'Correlation ID: 6dfc0775-56fb-4309-8a99-3351607d5dec',
  ])('says the rest as it was said: %s', (words) => {
    expect(redact(words)).toBe(words);
  });
});
