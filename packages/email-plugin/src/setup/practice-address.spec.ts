import { describe, expect, test } from '@jest/globals';
import { readPracticeAddress, showPracticeAddress } from './practice-address.js';

describe('the Practice Email Address', () => {
  test.each([
    ['reception@practice.example', { address: 'reception@practice.example' }],
    ['  reception@practice.example ', { address: 'reception@practice.example' }],
    ['<reception@practice.example>', { address: 'reception@practice.example' }],
    [
      '"Bright Smile Dental" <reception@practice.example>',
      { address: 'reception@practice.example', name: 'Bright Smile Dental' },
    ],
    [
      'Bright Smile Dental <reception@practice.example>',
      { address: 'reception@practice.example', name: 'Bright Smile Dental' },
    ],
    ['“Bright Smile” <reception@practice.example>', { address: 'reception@practice.example', name: 'Bright Smile' }],
    ['  reception@practice.example ', { address: 'reception@practice.example' }],
    ['Bright Smile < reception@practice.example >', { address: 'reception@practice.example', name: 'Bright Smile' }],
    ['"Smith, Jones & Co." <a.b+c@x-y.co.uk>', { address: 'a.b+c@x-y.co.uk', name: 'Smith, Jones & Co.' }],
    [
      '"Zahnärzte „Löwe“" <praxis@löwe.example>'.replace('löwe.example', 'loewe.example'),
      { address: 'praxis@loewe.example', name: 'Zahnärzte „Löwe“' },
    ],
  ])('%j is read', (typed, address) => {
    expect(readPracticeAddress(typed)).toEqual({ kind: 'address', address });
  });

  test.each(['', '   ', '\t'])('%j is empty, which is no mistake yet', (typed) => {
    expect(readPracticeAddress(typed)).toEqual({ kind: 'empty' });
  });

  test.each([
    'reception',
    'reception@',
    '@practice.example',
    'reception@practice',
    'reception practice.example',
    'reception @practice.example',
    'reception@practice.example 🦷',
    'reception@practice.example (Front desk)',
    'Bright Smile reception@practice.example',
    '"reception@practice.example',
    'mailto:reception@practice.example',
    'a@b@practice.example',
    'réception@practice.example',
    'x'.repeat(100_000),
    'a@b.example, c@d.example',
    'reception@practice..example',
    'reception@-practice.example',
    'a..b@practice.example',
    '"Bright Smile" reception@',
    'reception@practice.example\r\nBcc: everyone@practice.example',
    `${'a'.repeat(250)}@practice.example`,
    `"${'n'.repeat(121)}" <reception@practice.example>`,
    'team: a@b.example, c@d.example;',
    '💥',
  ])('%j is refused with what is wrong', (typed) => {
    expect(readPracticeAddress(typed)).toMatchObject({ kind: 'invalid', problem: expect.stringMatching(/\w{3}/) });
  });

  test.each([
    ['reception @practice.example', /no spaces/],
    ['réception@practice.example', /no accents/],
    ['reception@practice,example', /not an email address/],
    ['a@b.example; c@d.example', /more than one/],
  ])('%j says what is wrong with it', (typed, problem) => {
    expect(readPracticeAddress(typed)).toMatchObject({ problem: expect.stringMatching(problem) });
  });

  test.each([
    { address: 'a@b.example' },
    { address: 'a@b.example', name: 'Bright Smile Dental' },
    { address: 'a@b.example', name: 'Dr "Teeth" O\\Neil, Inc.' },
  ])('is shown so that reading it gives the same: %j', (address) => {
    expect(readPracticeAddress(showPracticeAddress(address))).toEqual({ kind: 'address', address });
  });
});
