import { describe, expect, test } from '@jest/globals';
import { genuinenessOf } from './genuineness.js';

describe('a database', () => {
  test.each([
    'Bright Smile Dental',
    'Protestant Street Dental',
    'Testimony',
    'Latest',
    'Democracy Dental',
    '',
    'Backups',
  ])('called "%s" is genuine', (name) => {
    expect(genuinenessOf(name)).toEqual({ genuine: true });
  });

  test.each([
    'Bright Smile Training',
    'TEST',
    'demo',
    'Bright Smile (Backup)',
    'bright_smile_test',
    'Trial-2026',
    'Smile/Demo',
  ])('called "%s" is not genuine, and why', (name) => {
    expect(genuinenessOf(name)).toEqual({ genuine: false, reason: expect.stringContaining(name) });
  });
});
