import { describe, expect, test } from '@jest/globals';
import { isOwnTest, testHeader } from './test-message.js';

const MESSAGE_ID = '<test@brightsmile.example>';

function received(value: string | undefined) {
  const index = { references: [], subject: '', to: [], cc: [], preview: '', attachments: [], problems: [] };
  return { ...(value !== undefined && { testHeader: value }), index: { ...index, messageId: MESSAGE_ID } };
}

describe('a test message', () => {
  test('is known by its practice', () => {
    expect(isOwnTest('database', received(testHeader('database', MESSAGE_ID)))).toBe(true);
  });

  test.each([
    ['of another practice', received(testHeader('other', MESSAGE_ID))],
    ['with the header of another message', received(testHeader('database', '<other@x>'))],
    ['with a header that somebody made up', received('nonce.signature')],
    ['without the header', received(undefined)],
  ])('%s is mail like any other', (_what, message) => {
    expect(isOwnTest('database', message)).toBe(false);
  });
});
