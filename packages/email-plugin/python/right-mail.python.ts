import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { composeEmail } from '../src/send/compose.js';
import { generatedEmail, generatedSender } from '../test/right-mail/generated-email.js';
import { expectedReading, type MessageAsRead } from '../test/right-mail/message-as-read.js';
import { PythonReader } from './python-reader.js';

const NOW = Date.parse('2026-11-23T09:30:00Z');

test('whatever was typed, Python reads it in the email and objects to nothing', async () => {
  await using python = new PythonReader();
  await fc.assert(
    fc.asyncProperty(generatedEmail, generatedSender, async (email, from) => {
      const { raw } = await composeEmail(email, from, NOW);
      const expected = withAddresses(expectedReading(email, from));
      expect(await python.read(raw)).toEqual({ message: expected, defects: [] });
    }),
    { numRuns: 300 },
  );
}, 120_000);

test('Python says what it objects to', async () => {
  await using python = new PythonReader();
  const { defects } = await python.read(
    Buffer.from('From: a@x.example\r\nContent-Type: text/plain; name="=?utf-8?q?a?="\r\n\r\n'),
  );
  expect(defects).not.toEqual([]);
});

/** Python tells of a group only its members. */
function withAddresses({ to, cc, ...rest }: MessageAsRead): MessageAsRead {
  return { ...rest, to: to.filter(({ address }) => address !== ''), cc: cc.filter(({ address }) => address !== '') };
}
