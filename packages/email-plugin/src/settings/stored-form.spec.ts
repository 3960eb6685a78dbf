import { describe, expect, test } from '@jest/globals';
import { toStoredForm, updateStoredForm } from './stored-form.js';

const updates = [
  ({ title, ...rest }: Record<string, unknown>) => ({ ...rest, name: String(title) }),
  ({ name }: Record<string, unknown>) => ({ names: [String(name)] }),
];

describe('a stored form', () => {
  test('of today is taken as it is', () => {
    expect(updateStoredForm({ form: 3, names: ['a'] }, updates)).toEqual({ kind: 'current', value: { names: ['a'] } });
  });

  test('of the first plugin goes through every update in order', () => {
    expect(updateStoredForm({ form: 1, title: 'a' }, updates)).toEqual({ kind: 'current', value: { names: ['a'] } });
  });

  test('in between goes through the rest of them', () => {
    expect(updateStoredForm({ form: 2, name: 'a' }, updates)).toEqual({ kind: 'current', value: { names: ['a'] } });
  });

  test('read a second time gives the same, because nothing was written', () => {
    const stored = { form: 1, title: 'a' };
    expect(updateStoredForm(stored, updates)).toEqual(updateStoredForm(stored, updates));
    expect(stored).toEqual({ form: 1, title: 'a' });
  });

  test('of a newer plugin is refused with its number', () => {
    expect(updateStoredForm({ form: 4 }, updates)).toEqual({ kind: 'newer', form: 4 });
  });

  test.each([{}, { form: 0 }, { form: '1' }, { form: 1.5 }])(
    'older than the first or without a number is unreadable: %j',
    (stored) => {
      expect(updateStoredForm(stored, updates)).toMatchObject({ kind: 'unreadable' });
    },
  );

  test('written today is read as today', () => {
    expect(updateStoredForm(toStoredForm({ names: [] }, updates), updates)).toEqual({
      kind: 'current',
      value: { names: [] },
    });
  });
});
