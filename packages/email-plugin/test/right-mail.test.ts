import { bytesOnTheWay, type EmailParts, type NewEmail } from '@exact/host-contracts';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { composeEmail } from '../src/send/compose.js';
import { generatedEmail, generatedSender } from './right-mail/generated-email.js';
import { expectedReading } from './right-mail/message-as-read.js';
import { messageViolations } from './right-mail/message-violations.js';
import { readWithPostalMime } from './right-mail/postal-mime-reader.js';

const NOW = Date.parse('2026-11-23T09:30:00Z');

test('whatever was typed, the email is right in the eyes of a strict reader and says what was typed', async () => {
  await fc.assert(
    fc.asyncProperty(generatedEmail, generatedSender, async (email, from) => {
      const { raw } = await composeEmail(email, from, NOW);
      expect(messageViolations(raw)).toEqual([]);
      expect(await readWithPostalMime(raw)).toEqual(expectedReading(email, from));
      expect(bytesOnTheWay(partsOf(email))).toBeGreaterThanOrEqual(raw.byteLength);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('an email to 500 people with every script in their names is right', async () => {
  const names = ['Zoë O’Brien-Nuñez', '山田 花子', 'Алиса', 'אליס', '👩🏽‍⚕️', '"Al", the <great>'];
  const to = Array.from({ length: 500 }, (_, index) => ({
    address: `patient.${index.toString()}@${index % 2 === 0 ? 'patients.example' : 'müller.example'}`,
    name: `${names[index % names.length] ?? ''} ${index.toString()}`,
  }));
  const email = { to, subject: 'Closed on Monday', text: '', attachments: [] };
  const { raw } = await composeEmail(email, { address: 'reception@practice.example' }, NOW);
  expect(messageViolations(raw)).toEqual([]);
  expect(await readWithPostalMime(raw)).toEqual(expectedReading(email, { address: 'reception@practice.example' }));
});

test('how large an email will be is known before it is composed, to a hundredth when it is large', async () => {
  const content = new Uint8Array(9_000_000);
  const attachments = [1, 2].map(() => ({ name: 'x-ray.dcm', contentType: 'application/dicom', content }));
  const email = { to: [{ address: 'a@x.example' }], subject: '', text: 'See you', attachments };
  const { raw } = await composeEmail(email, { address: 'reception@practice.example' }, NOW);
  const foretold = bytesOnTheWay(partsOf(email));
  expect(foretold).toBeGreaterThanOrEqual(raw.byteLength);
  expect(foretold).toBeLessThan(raw.byteLength * 1.01);
});

function partsOf({ text, html = '', attachments }: NewEmail): EmailParts {
  return {
    text: Buffer.byteLength(text) + Buffer.byteLength(html),
    attachments: attachments.map(({ content }) => content.byteLength),
  };
}

test.each([
  ['a header field of 8 bits', 'Subject: ö', 'not 7-bit text'],
  ['a second From', 'From: a@x.example', 'from more than once'],
  ['a bare line feed', 'X-A: b\nX-C: d', 'a CR or LF alone'],
  ['a long header line that could be folded', `Subject: ${'word '.repeat(30)}`, 'subject not folded at 78'],
  ['a line without an end', `Subject: ${'x'.repeat(1000)}`, 'a line over 998 characters'],
  ['half a character in an encoded word', 'Subject: =?UTF-8?Q?=C3?=', 'subject cuts a character'],
  ['an encoded word that is too long', `Subject: =?UTF-8?Q?${'a'.repeat(80)}?=`, 'subject has a bad encoded word'],
  ['an address without its @', 'To: nobody', 'to malformed'],
  ['a Message-ID without brackets', 'References: a@x.example', 'references malformed'],
  [
    'a parameter that begins in its middle',
    'Content-Disposition: attachment; filename*1=b',
    'content-disposition malformed',
  ],
  ['a blind copy', 'Bcc: a@x.example', 'Bcc told to everybody'],
])('the strict reader objects to %s', (_what, line, objection) => {
  const right = [
    'From: a@x.example',
    'Date: Mon, 23 Nov 2026 09:30:00 +0000',
    'Message-ID: <1@x.example>',
    'MIME-Version: 1.0',
  ];
  const messageWith = (lines: readonly string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\nHello\r\n`, 'latin1');
  expect(messageViolations(messageWith(right))).toEqual([]);
  expect(messageViolations(messageWith([...right, line])).join()).toContain(objection);
});
