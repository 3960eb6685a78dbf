import { describe, expect, test } from '@jest/globals';
import { likelyAddress } from './plausible-address.js';

describe('a domain that is probably mistyped', () => {
  test.each([
    ['gmial.com', 'gmail.com'],
    ['gmal.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['Hotmial.co.uk', 'hotmail.co.uk'],
    ['outlok.com', 'outlook.com'],
    ['outllook.de', 'outlook.de'],
    ['yaho.com', 'yahoo.com'],
    ['brightsmile.con', 'brightsmile.com'],
    ['brightsmile.co.ku', 'brightsmile.co.uk'],
    ['mail.brightsmile.nte', 'mail.brightsmile.net'],
    ['outlook.con', 'outlook.com'],
  ])('%s is taken for %s', (typed, meant) => {
    expect(likelyAddress(`Reception@${typed}`)).toBe(`Reception@${meant}`);
  });
});

describe('a domain that may well be right', () => {
  test.each([
    'gmail.com',
    'outlook.com',
    'brightsmile.example',
    'brightsmile.com',
    'mail.com',
    'ymail.com',
    'gmx.net',
    'hotmail.it',
    'dental.cm',
    'practice.om',
    'falcon',
    'beacon.dental',
    'yahoos-dental.com',
    'gmail.practice.com',
  ])('%s is left alone', (typed) => {
    expect(likelyAddress(`reception@${typed}`)).toBeUndefined();
  });
});
