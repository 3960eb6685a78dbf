import { describe, expect, test } from '@jest/globals';
import { readMail } from '../src/microsoft365/patients/mail-reader.adapter.js';
import { generateMailbox } from '../src/microsoft365/sample-mail/generate-mailbox.js';

const START = Date.parse('2026-09-01T00:00:00Z');
const mailbox = [...generateMailbox({ seed: 7, count: 300, start: START })];
const texts = mailbox.map(({ raw }) => Buffer.from(raw).toString('latin1'));
const all = texts.join('\r\n');
const read = await Promise.all(mailbox.map(({ raw }) => readMail(raw)));

describe('a generated mailbox', () => {
  test('is the same for the same seed, and another for another', () => {
    const again = [...generateMailbox({ seed: 7, count: 300, start: START })];
    expect(again.every(({ raw }, index) => Buffer.compare(raw, mailbox[index]?.raw ?? new Uint8Array()) === 0)).toBe(
      true,
    );
    const [other] = generateMailbox({ seed: 8, count: 1, start: START });
    expect(other?.raw).not.toEqual(mailbox[0]?.raw);
  });

  test('arrives in order, in whole seconds, within the span', () => {
    const dates = mailbox.map(({ internalDate }) => internalDate);
    expect(dates).toEqual(dates.toSorted((a, b) => a - b));
    expect(dates.every((date) => date % 1000 === 0)).toBe(true);
    const [recent] = generateMailbox({ seed: 1, count: 1, start: START, end: START + 2_000 });
    expect(recent?.internalDate).toBeLessThanOrEqual(START + 2_000);
  });

  test('has CRLF line ends only', () => {
    expect(texts.filter((text) => /(?<!\r)\n|\r(?!\n)/.test(text))).toEqual([]);
  });

  test.each([
    'us-ascii',
    'utf-8',
    'iso-8859-1',
    'iso-8859-7',
    'iso-8859-8',
    'windows-1251',
    'windows-1252',
    'windows-1256',
    'koi8-r',
    'gb18030',
    'big5',
    'iso-2022-jp',
    'shift_jis',
    'x-unknown',
  ])('has text in %s', (charset) => {
    expect(all).toContain(`charset="${charset}"`);
  });

  test.each([
    ['each transfer encoding', /Transfer-Encoding: 7bit[^]*8bit|8bit[^]*Transfer-Encoding: 7bit/],
    ['quoted-printable', /Content-Transfer-Encoding: quoted-printable/],
    ['base64', /Content-Transfer-Encoding: base64/],
    ['HTML with a script, a counting pixel and a form', /<script>[^]*width=3D"1"|width=3D"1"[^]*<script>/],
    ['pictures by Content-ID', /Content-ID: <photo\./],
    [
      'related, alternative, mixed and signed parts',
      /multipart\/related[^]*multipart\/signed|multipart\/signed[^]*multipart\/related/,
    ],
    ['file names as RFC 2231 writes them', /filename\*=UTF-8''%/],
    ['file names as encoded words', /filename="=\?utf-8\?B\?/],
    ['flowed text', /format=flowed/],
    ['a forwarded message', /Content-Type: message\/rfc822/],
    ['an invitation', /text\/calendar; charset="utf-8"; method=REQUEST/],
    ['a report of a failed delivery', /Content-Type: message\/delivery-status/],
    ['an answer of a machine', /^Auto-Submitted: auto-replied\r$/m],
    ['a line of more than 998 octets', /^[^\r\n]{999,}\r$/m],
    ['bare bytes in a header', /^Subject: Sch\xc3\xb6ne/m],
  ])('has %s', (_what, pattern) => {
    expect(all).toMatch(pattern);
  });

  test('has threads whose answers refer to messages that are there', () => {
    const ids = new Set(read.map(({ messageId }) => messageId));
    const answers = read.filter(({ references }) => references.length > 0);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.every(({ references }) => ids.has(references[0]))).toBe(true);
  });

  test('has different messages under one Message-ID, and messages without any', () => {
    const byId = Map.groupBy(read, ({ messageId }) => messageId);
    expect(byId.get(undefined)?.length).toBeGreaterThan(1);
    const twins = [...byId].filter(([id, messages]) => id !== undefined && messages.length > 1);
    expect(twins.length).toBeGreaterThan(0);
    for (const [, [first, second]] of twins) expect(first?.text).not.toBe(second?.text);
  });

  test.each([
    ['Russian', 'Зуб мудрости снова болит'],
    ['Japanese', '来週の予約を金曜日の午後に変更'],
    ['Chinese', '我想預約下星期三洗牙'],
    ['Arabic', 'هل يمكنني تغيير موعدي'],
    ['Hebrew', 'האם אפשר להקדים את התור'],
    ['Greek', 'θα ήθελα να αλλάξω'],
    ['Hindi', 'दाँत में बहुत दर्द है'],
    ['German', 'spüre ich beim Kauen'],
    ['smileys', '👩🏽‍⚕️'],
  ])('has %s that a reader of mail reads', (_language, words) => {
    expect(read.some(({ text }) => text.includes(words))).toBe(true);
  });
});
