import { describe, expect, test } from '@jest/globals';
import { compareHostVersions, parseHostVersion } from './host-version.js';

describe('a host version', () => {
  test.each([
    ['V13.706', [13, 706]],
    ['v13.706.1', [13, 706, 1]],
    ['13.706', [13, 706]],
    ['V013.0706', [13, 706]],
    [' V14.1 ', [14, 1]],
    ['V14', [14]],
  ])('%j is read', (text, numbers) => {
    expect(parseHostVersion(text)).toEqual(numbers);
  });

  test.each([
    '',
    'abc',
    'V',
    'V13.',
    'V.706',
    'V13..706',
    'V13.706-beta',
    'V13,706',
    'VV13.706',
    'V-1',
    '13.7e2',
    'V1234567890',
  ])('%j can’t be read', (text) => {
    expect(parseHostVersion(text)).toBeUndefined();
  });

  test('compares number by number', () => {
    const ascending = ['V12.999', 'V13.71', 'V13.706', 'V13.706.1', 'V13.1000', 'V14.1'].map(read);
    expect([...ascending].reverse().sort(compareHostVersions)).toEqual(ascending);
  });

  test('takes a missing number as 0', () => {
    expect(compareHostVersions(read('V13.706'), read('V13.706.0'))).toBe(0);
  });
});

function read(text: string) {
  return parseHostVersion(text) ?? [];
}
