import { describe, expect, test } from '@jest/globals';
import { isPersonalAddress, isPersonalTenant } from './personal-accounts.js';

describe('a personal Microsoft account', () => {
  test.each([
    'a@outlook.com',
    'A@OUTLOOK.COM',
    'a@hotmail.com',
    'a@hotmail.co.uk',
    'a@live.com.au',
    'a@outlook.com.br',
    'a@live.nl',
    'a@hotmail.de',
    'a@msn.com',
  ])('shows in the address %s', (address) => {
    expect(isPersonalAddress(address)).toBe(true);
  });

  test.each([
    'a@notoutlook.com',
    'a@outlook.bright-smile.com',
    'a@outlook.example',
    'a@hotmail.dental.co.uk',
    'a@live.practice.com',
    'outlook.com@practice.example',
    'a@msn-dental.com',
  ])('does not show in the address %s', (address) => {
    expect(isPersonalAddress(address)).toBe(false);
  });

  test('shows in the tenant after the sign-in', () => {
    expect(isPersonalTenant('9188040D-6c67-4c5b-b112-36a304b66dad')).toBe(true);
    expect(isPersonalTenant('00000000-0000-0000-0000-000000000000')).toBe(false);
  });
});
