import { describe, expect, test } from '@jest/globals';
import { defectDetails, describeDefect } from './defect.js';

const PATIENT = 'Quillon Canary';

function whatAParserThrows(): unknown {
  try {
    return JSON.parse(`${PATIENT} has a toothache`);
  } catch (error) {
    return error;
  }
}

describe('a defect', () => {
  test.each<[string, string, unknown]>([
    ['a parser that repeats what it was given', 'SyntaxError', whatAParserThrows()],
    ['a message with lines that look like places', 'Error', new Error(`x\n    at ${PATIENT} (mail:1:1)`)],
    ['something that is no error', 'string', PATIENT],
  ])('is told by its kind and its place, without what is in its message: %s', (_what, kind, error) => {
    const { error: told, at } = describeDefect(error);
    expect(told).toBe(kind);
    expect(String(error)).toContain('Quillon');
    expect(`${at} ${defectDetails(error)}`).not.toContain('Quillon');
    if (Error.isError(error)) expect(at).toContain('defect.spec');
  });

  test('is told with the code of the system', () => {
    expect(describeDefect(Object.assign(new Error('x'), { code: 'EACCES' })).error).toBe('Error EACCES');
  });
});
