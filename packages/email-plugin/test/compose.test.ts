import { createHmac } from 'node:crypto';
import type { Address, NewEmail } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { TEST_MESSAGE_HEADER } from '../src/receive/test-message.js';
import { composeEmail, composeTestMessage } from '../src/send/compose.js';
import { OWN_MESSAGE_ID_HEADER } from '../src/send/own-header.js';
import { messageViolations } from './right-mail/message-violations.js';
import { readMessage } from './support/postal-mime.adapter.js';

const PRACTICE: Address = { address: 'reception@practice.example', name: 'Bright Smile Dental' };
const NOW = Date.parse('2026-11-23T09:30:00Z');

function email(parts: Partial<NewEmail> = {}): NewEmail {
  return {
    to: [{ address: 'alice@patients.example', name: 'Alice' }],
    subject: 'Appointment',
    text: 'See you.',
    attachments: [],
    ...parts,
  };
}

async function composed(parts: Partial<NewEmail> = {}, from = PRACTICE) {
  const { messageId, raw } = await composeEmail(email(parts), from, NOW);
  const source = Buffer.from(raw).toString('latin1');
  const read = await readMessage(raw);
  const header = (name: string) =>
    read.headers.filter(({ key }) => key === name.toLowerCase()).map(({ value }) => value);
  return { messageId, raw, source, read, header };
}

describe('a composed email', () => {
  test('comes from the practice, at the clock’s time, under a Message-ID of the practice’s domain', async () => {
    const { messageId, read, header } = await composed();
    expect(messageId).toMatch(/^<[0-9a-f-]{36}@practice\.example>$/);
    expect(read).toMatchObject({
      from: { address: 'reception@practice.example', name: 'Bright Smile Dental' },
      to: [{ address: 'alice@patients.example', name: 'Alice' }],
      subject: 'Appointment',
      messageId,
      date: '2026-11-23T09:30:00.000Z',
    });
    expect(header(OWN_MESSAGE_ID_HEADER)).toEqual([messageId]);
  });

  test('never has the Message-ID of another', async () => {
    expect((await composed()).messageId).not.toBe((await composed()).messageId);
  });

  test('shows To and Cc, and hides Bcc', async () => {
    const { read, source } = await composed({
      cc: [{ address: 'bob@patients.example' }],
      bcc: [{ address: 'secret@patients.example' }],
    });
    expect(read.cc).toEqual([{ address: 'bob@patients.example', name: '' }]);
    expect(source).not.toContain('secret@');
  });

  test('answers in its thread', async () => {
    const { read } = await composed({ inReplyTo: '<b@x.example>', references: ['<a@x.example>', '<b@x.example>'] });
    expect(read).toMatchObject({ inReplyTo: '<b@x.example>', references: '<a@x.example> <b@x.example>' });
  });

  test('of a long thread has its first Message-ID and the newest 49, each once', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `<${index.toString()}@x.example>`);
    const { read } = await composed({ references: [...ids, '<59@x.example>', 'nonsense', '<ö@x.example>'] });
    expect(read.references?.split(' ')).toEqual(['<0@x.example>', ...ids.slice(-49)]);
  });

  test('that a host wrote by itself wants no automatic answer, and says when it can’t be delivered', async () => {
    const { header } = await composed({ automatic: true });
    expect(header('Auto-Submitted')).toEqual(['auto-generated']);
    expect(header('X-Auto-Response-Suppress')).toEqual(['OOF, AutoReply']);
    expect((await composed()).header('Auto-Submitted')).toEqual([]);
  });

  test('names whom a message in plain letters can’t address, and tells the address to the server only', async () => {
    const { source, read } = await composed({
      to: [{ address: 'zoë@x.example', name: 'Zoë' }, { address: 'a@x.example' }],
    });
    expect(source).toMatch(/^To: =\?UTF-8\?Q\?Zo=C3=AB\?= :;, a@x\.example\r$/m);
    expect(read.to).toMatchObject([{ name: 'Zoë' }, { address: 'a@x.example' }]);
  });

  test.each([
    ['Zahnärzte „Löwe“', 'Größe & Größen'],
    ['Стоматология', 'Приём завтра в 9:00'],
    ['歯科クリニック', 'ご予約の確認です'.repeat(20)],
    ['عيادة الأسنان', 'موعدك غدًا'],
    ['Οδοντίατρος', 'Το ραντεβού σας'],
    ['Dr "Teeth" O’Neil, Inc.', 'He said: "a, b"; c=?utf-8?Q?d?='],
    ['😁 Dental', '🦷'],
  ])('carries names, subjects and texts of every script: %s', async (name, words) => {
    const { read, source } = await composed(
      { to: [{ address: 'a@b.example', name }], subject: words, text: words, html: `<p>${words}</p>` },
      { ...PRACTICE, name },
    );
    expect(read).toMatchObject({ from: { name }, to: [{ name }], subject: words });
    expect(read.text?.trimEnd()).toBe(words);
    expect(read.html).toContain(`<p>${words}</p>`);
    expect(source).toMatch(/^[\x20-\x7e\r\n\t]*$/);
  });

  test.each<[string, Partial<NewEmail>]>([
    ['subject', { subject: 'a\r\nBcc: everyone@practice.example\r\n\r\nbody' }],
    ['name', { to: [{ address: 'a@b.example', name: 'a\r\nBcc: everyone@practice.example' }] }],
    ['address', { to: [{ address: 'a@b.example>\r\nBcc: <everyone@practice.example' }] }],
    ['answered Message-ID', { inReplyTo: '<a@b>\r\nBcc: everyone@practice.example' }],
    ['reference', { references: ['<a@b\r\nBcc: everyone@practice.example>'] }],
    [
      'file name',
      { attachments: [{ name: 'a"\r\nBcc: everyone@x', contentType: 'text/plain', content: Buffer.from('x') }] },
    ],
    [
      'content type',
      { attachments: [{ name: 'a', contentType: 'a/b\r\nBcc: everyone@x', content: Buffer.from('x') }] },
    ],
  ])('has no header that was typed into the %s', async (_where, parts) => {
    const { header, source } = await composed(parts);
    expect(header('bcc')).toEqual([]);
    expect(source).not.toMatch(/^Bcc:/im);
  });

  test('has no header that was typed into the practice’s own name', async () => {
    const { header } = await composed({}, { ...PRACTICE, name: 'x\nBcc: everyone@practice.example' });
    expect(header('bcc')).toEqual([]);
  });

  test('keeps every byte of an attachment, messages and its name included', async () => {
    const content = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) % 251);
    const { read, raw } = await composed({
      attachments: [
        { name: 'Röntgen – 歯.png', contentType: 'image/png', content },
        {
          name: 'C:\\Users\\reception\\note.eml',
          contentType: 'message/rfc822',
          content: Buffer.from('a: b\n\n\rc\n'),
        },
        { name: '', contentType: 'nonsense', content: new Uint8Array(0) },
      ],
    });
    expect(read.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['Röntgen – 歯.png', 'image/png'],
      ['note.eml', 'application/octet-stream'],
      ['attachment', 'application/octet-stream'],
    ]);
    const bytes = read.attachments.map((each) => Buffer.from(each.content as ArrayBuffer));
    expect(messageViolations(raw)).toEqual([]);
    expect(bytes[0]?.equals(content)).toBe(true);
    expect(bytes[1]?.toString()).toBe('a: b\n\n\rc\n');
  });

  test.each([
    ['lines that end in a space', 'a \nb \nc'],
    ['mixed line ends', 'a\rb\nc\r\nd'],
    ['a very long line', 'word '.repeat(5000)],
    ['dots', '.\n..\n.a'],
    ['nothing', ''],
  ])('keeps a text of %s, in lines that SMTP takes', async (_what, text) => {
    const { read, source } = await composed({ text });
    expect((read.text ?? '').replace(/\n$/, '')).toBe(text.replace(/\r\n?/g, '\n'));
    expect(source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(source.endsWith('\r\n')).toBe(true);
    expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  test('from a domain in another script has a Message-ID in ASCII', async () => {
    const { messageId, read } = await composed({}, { address: 'praxis@löwe.example' });
    expect(messageId).toMatch(/@xn--lwe-sna\.example>$/);
    expect(read.messageId).toBe(messageId);
  });
});

describe('a test message', () => {
  test('goes to the practice itself, is signed for its own database, and wants no automatic answer', async () => {
    const { messageId, raw } = await composeTestMessage({ address: PRACTICE, databaseId: 'database', now: NOW });
    const read = await readMessage(raw);
    const header = (name: string) => read.headers.find(({ key }) => key === name.toLowerCase())?.value ?? '';
    const [nonce = '', signature] = header(TEST_MESSAGE_HEADER).split('.');
    expect(read).toMatchObject({
      to: [{ address: PRACTICE.address }],
      from: PRACTICE,
      subject: 'EXACT email test',
      messageId,
    });
    expect(signature).toBe(createHmac('sha256', 'database').update(`${nonce}\n${messageId}`).digest('hex'));
    expect(header('Auto-Submitted')).toBe('auto-generated');
  });
});
