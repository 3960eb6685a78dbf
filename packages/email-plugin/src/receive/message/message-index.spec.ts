import { describe, expect, test } from '@jest/globals';
import { MessageReader } from './message-reader.js';

async function indexOf(raw: string | Uint8Array) {
  const reader = new MessageReader();
  reader.write(Buffer.from(raw));
  return (await reader.end()).index;
}

describe('the index of a message', () => {
  test('holds what its author wrote', async () => {
    const index = await indexOf(
      'From: =?utf-8?Q?J=C3=BCrgen?= <j@patients.example>\r\nTo: "Front desk" <a@b.example>, c@d.example\r\n' +
        'Subject: =?utf-8?B?VGVybWlu?=\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@x>\r\n' +
        'In-Reply-To: <0@x>\r\nReferences: <a@x> <0@x>\r\n\r\nHello,\r\n\r\nsee you.\r\n',
    );
    expect(index).toEqual({
      messageId: '<1@x>',
      inReplyTo: '<0@x>',
      references: ['<a@x>', '<0@x>'],
      subject: 'Termin',
      from: { address: 'j@patients.example', name: 'Jürgen' },
      to: [{ address: 'a@b.example', name: 'Front desk' }, { address: 'c@d.example' }],
      cc: [],
      date: Date.parse('2026-11-23T09:00:00Z'),
      text: 'Hello,\n\nsee you.\n',
      preview: 'Hello, see you.',
      attachments: [],
      problems: [],
    });
  });

  test('knows names and sizes of attachments, and which stands where', async () => {
    const picture = Buffer.alloc(100_000, 7).toString('base64');
    const index = await indexOf(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hi <b>you</b></p>\r\n' +
        '--b\r\nContent-Type: image/png; name="..\\\\..\\\\smile.png"\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
        `${picture}\r\n--b\r\nContent-Type: application/pdf\r\n` +
        "Content-Disposition: attachment; filename*=utf-8''%E6%AD%AF.pdf\r\n\r\n%PDF-1.7\r\n--b--\r\n",
    );
    expect(index).toMatchObject({
      html: '<p>Hi <b>you</b></p>\n',
      preview: 'Hi you',
      attachments: [
        { name: 'smile.png', contentType: 'image/png', size: 100_000, contentId: 'pic@x', position: 0 },
        { name: '歯.pdf', contentType: 'application/pdf', size: 8, position: 1 },
      ],
    });
  });

  test.each([
    ['plain', 'base64', Buffer.from('Zähne\r\nweiß').toString('base64'), 'Zähne\nweiß'],
    ['plain', 'quoted-printable', 'Z=C3=A4hne =\r\nwei=C3=9F\r\n', 'Zähne weiß\n'],
    ['plain', '8bit', 'Zähne\r\r\n\nweiß', 'Zähne\n\nweiß\n'],
    ['plain', '"base64"', 'WsOkaG5l', 'Zähne'],
    ['plain; format=flowed', '8bit', 'Zähne \r\nweiß\r\n-- \r\nJ.', 'Zähne weiß\n-- \nJ.\n'],
    ['plain', '7bit', '', undefined],
  ])('has a text that came as %s in %s', async (kind, encoding, written, text) => {
    const type = kind.replace('plain', 'plain; charset=utf-8');
    const head = `Content-Type: text/${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
    expect((await indexOf(head + written)).text).toBe(text);
  });

  test.each([
    ['From: "Front desk" <>\r\nSender: <post@patients.example>', 'post@patients.example'],
    ['From: "Front desk" <>, j@patients.example\r\nSender: <post@patients.example>', 'j@patients.example'],
    ['From: Family: j@patients.example, k@patients.example;', 'j@patients.example'],
  ])('is from the first address that its author or sender has: %j', async (head, address) => {
    expect((await indexOf(`${head}\r\n\r\nHello`)).from?.address).toBe(address);
  });

  test('has a long text whole, wherever it is taken apart', async () => {
    const text = 'äöü€ '.repeat(20_000);
    const head = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n';
    for (const before of ['', 'x', 'xy']) {
      const written = Buffer.from(before + text).toString('base64');
      expect((await indexOf(head + written.replace(/.{76}/g, '$&\r\n'))).text === before + text).toBe(true);
    }
  });

  test('has all texts as both kinds where they stand one behind the other, and as they are where one is the other', async () => {
    const parts = [
      'Content-Type: text/html\r\n\r\n<p>Hi &amp; <b>bye</b></p>',
      'Content-Type: text/plain\r\n\r\n1 < 2',
    ];
    const message = (kind: string) =>
      `Content-Type: multipart/${kind}; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
    expect(await indexOf(message('alternative'))).toMatchObject({
      html: '<p>Hi &amp; <b>bye</b></p>\n',
      text: '1 < 2\n',
    });
    expect(await indexOf(message('mixed'))).toMatchObject({
      html: '<p>Hi &amp; <b>bye</b></p>\n\n<div>1 &#x3C; 2</div>',
      text: '\nHi & bye\n\n1 < 2\n',
    });
  });

  test('knows the size of an attached text, and takes nothing in a message for a mark of its own', async () => {
    const index = await indexOf(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nexact-leaf-1\r\n--b\r\n' +
        `Content-Type: text/plain; name=log.txt\r\nContent-Disposition: attachment\r\n\r\n${'x'.repeat(2_000_000)}\r\n--b--\r\n`,
    );
    expect(index).toMatchObject({ text: 'exact-leaf-1\n', attachments: [{ name: 'log.txt', size: 2_000_000 }] });
  });

  test('says that a program wrote it', async () => {
    const index = await indexOf('Subject: Automatic reply: x\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n');
    expect(index).toMatchObject({ automatic: 'reply', text: 'I am away.\n' });
  });

  test('goes as deep as anybody reads, and says that there is more', async () => {
    const levels = Array.from({ length: 300 }, (_, level) => `b${String(level)}`);
    const parts = levels.map(
      (name, level) =>
        `Content-Type: multipart/mixed; boundary=${name}\r\n\r\n--${name}\r\n\r\ntext ${String(level)}\r\n--${name}\r\n`,
    );
    const index = await indexOf(`Subject: deep\r\nFrom: a@b.example\r\n${parts.join('')}\r\ntext`);
    expect(index).toMatchObject({ subject: 'deep', from: { address: 'a@b.example' } });
    expect(index.text).toMatch(/^text 0\s+text 1\s+text 2\s/);
    expect(index.problems).toEqual(['Only the beginning of this message is shown.']);
  });

  test('says when only the beginning is shown', async () => {
    const index = await indexOf(`Subject: long\r\n\r\n${'A long letter.\r\n'.repeat(400_000)}`);
    expect(index.problems).toEqual(['Only the beginning of this message is shown.']);
    expect(index.text).toMatch(/^A long letter\.\n/);
  });

  test('says so, too, of a text of lines without end', async () => {
    const index = await indexOf(`Subject: lines\r\n\r\n${'a\r\n'.repeat(200_000)}`);
    expect(index.problems).toEqual(['Only the beginning of this message is shown.']);
    expect(index.text).toBe('a\n'.repeat(40_000));
  });

  test('lists what is attached behind a text without end', async () => {
    const index = await indexOf(
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${'A long letter.\r\n'.repeat(400_000)}--b\r\n` +
        'Content-Type: application/pdf; name=plan.pdf\r\n\r\n%PDF\r\n--b--\r\n',
    );
    expect(index.attachments).toMatchObject([{ name: 'plan.pdf', size: 4 }]);
    expect(index.text?.length).toBeLessThanOrEqual(1024 * 1024);
  });

  test('finds the subject behind a million recipients, and says that not all are listed', async () => {
    const people = Array.from({ length: 1_000_000 }, (_, number) => `p${String(number)}@x.example`);
    const index = await indexOf(`To: ${people.join(',\r\n ')}\r\nSubject: to everybody\r\n\r\nHello`);
    expect(index).toMatchObject({ subject: 'to everybody', text: 'Hello\n' });
    expect(index.to.slice(0, 2)).toEqual([{ address: 'p0@x.example' }, { address: 'p1@x.example' }]);
    expect(index.to).toHaveLength(100);
    expect(index.problems).toEqual(['Only the first recipients are listed.']);
  });

  test.each([
    ['cp437', 'Sch\x94ne Gr\x81\xe1e', 'Schöne Grüße'],
    ['IBM850', '\xb7\xdb', 'À█'],
    ['utf-7', 'Hi Mom +Jjo!', 'Hi Mom ☺!'],
    ['x-unicode-2-0-utf-7', 'Hi', 'Hi'],
    ['klingon', 'caf\xe9', 'café'],
    ['iso-8859-1', '\x80 \x93caf\xe9\x94', '€ “café”'],
  ])('reads text in the charset %s', async (charset, written, read) => {
    const raw = `Content-Type: text/plain; charset=${charset}\r\n\r\n${written}\r\n`;
    expect((await indexOf(Buffer.from(raw, 'latin1'))).text).toBe(`${read}\n`);
  });

  test('reads raw bytes in a header', async () => {
    const utf8 = Buffer.from('Subject: Zähne\r\nFrom: Jürgen <j@x.example>\r\n\r\n');
    expect(await indexOf(utf8)).toMatchObject({ subject: 'Zähne', from: { name: 'Jürgen' } });
    const windows = Buffer.from('Subject: Z\xe4hne \x80\r\n\r\n', 'latin1');
    expect(await indexOf(windows)).toMatchObject({ subject: 'Zähne €' });
  });
});
