import { describe, expect, test } from '@jest/globals';
import { MessageReader, type MessageReading } from './message-reader.js';

const TEXT = 'Grüße aus der Praxis,\r\n  bis Montag = gut.\r\n\r\nSchöne Zeit \r\n';
const PDF = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 31) % 256));

interface Options {
  readonly headers?: string;
  readonly subject?: string;
  readonly boundary?: string;
  readonly text?: string;
  readonly textHeader?: string;
  readonly pdf?: Buffer;
  readonly pdfLine?: number;
}

/** An email with a text and an attachment. */
function email(options: Options = {}): Buffer {
  const { headers = '', subject = 'Termin', boundary = 'b1', pdf = PDF, pdfLine = 76 } = options;
  const { textHeader = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit', text = TEXT } =
    options;
  const base64 = pdf.toString('base64').replace(new RegExp(`.{${String(pdfLine)}}`, 'g'), '$&\r\n');
  return Buffer.from(
    `${headers}Message-ID: <1@patients.example>\r\nFrom: Alice <alice@patients.example>\r\nSubject: ${subject}\r\n` +
      `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\nPreamble\r\n--${boundary}\r\n` +
      `${textHeader}\r\n\r\n${text}\r\n--${boundary}\r\nContent-Type: application/pdf; name="plan.pdf"\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${base64}\r\n--${boundary}--\r\n`,
  );
}

async function read(raw: Uint8Array, pieceLength = raw.byteLength): Promise<MessageReading> {
  const reader = new MessageReader();
  for (let from = 0; from < raw.byteLength; from += pieceLength) reader.write(raw.subarray(from, from + pieceLength));
  return reader.end();
}

async function identity(raw: Uint8Array, pieceLength?: number): Promise<string> {
  return (await read(raw, pieceLength)).identity;
}

function quotedPrintable(text: string): string {
  const encoded = Buffer.from(text)
    .toString('latin1')
    .replace(/[=\x80-\xff]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replace(/ \r\n/g, '=20\r\n');
  return encoded.replace(/[^\r\n]{40}(?<!=.?)/g, '$&=\r\n');
}

const MULTIPART = 'From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';

const TRANSPORTED: readonly (readonly [string, Buffer])[] = [
  ['other trace headers', email({ headers: 'Received: from x\r\nX-Spam: 1\r\nReturn-Path: <a@b>\r\n' })],
  [
    'a line before it, as in an mbox file',
    Buffer.concat([Buffer.from('From a@b Mon Jan  5 08:00:00 2026\r\n'), email()]),
  ],
  ['another boundary', email({ boundary: '=_other' })],
  ['an encoded subject', email({ subject: '=?utf-8?Q?Ter?=\r\n =?utf-8?B?bWlu?=' })],
  ['a folded header', Buffer.from(email().toString().replace('From: Alice <', 'From:\r\n\tAlice\r\n  <'))],
  [
    'upper case in its addresses',
    Buffer.from(email().toString().replace('alice@patients.example', 'Alice@PATIENTS.example')),
  ],
  ['a name in quotes', Buffer.from(email().toString().replace('Alice <', '"Alice" <'))],
  [
    'the name behind the address',
    Buffer.from(email().toString().replace('Alice <alice@patients.example>', 'alice@patients.example (Alice)')),
  ],
  ['LF line ends', Buffer.from(email().toString().replaceAll('\r\n', '\n'))],
  ['base64 in lines of another length', email({ pdfLine: 60 })],
  [
    'its text in base64',
    email({
      textHeader: 'Content-Type: TEXT/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: Base64',
      text: Buffer.from(TEXT).toString('base64'),
    }),
  ],
  [
    'its text in quoted-printable',
    email({
      textHeader: 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable',
      text: quotedPrintable(TEXT),
    }),
  ],
  [
    'its text in another charset',
    email({
      textHeader: 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64',
      text: Buffer.from(TEXT, 'latin1').toString('base64'),
    }),
  ],
];

const OTHERS: readonly (readonly [string, Buffer])[] = [
  ['another subject', email({ subject: 'Anderer Termin' })],
  ['another text', email({ text: 'Bis Dienstag' })],
  ['one other byte in an attachment', email({ pdf: Buffer.concat([Buffer.from([1]), PDF.subarray(1)]) })],
  ['another file name', Buffer.from(email().toString().replace('plan.pdf', 'plan.exe'))],
  ['another sender', Buffer.from(email().toString().replace('alice@', 'mallory@'))],
  ['a part more', Buffer.from(email().toString().replace('--b1\r\n', '--b1\r\n\r\nmore\r\n--b1\r\n'))],
];

describe('the identity of a message', () => {
  test.each(TRANSPORTED)('is the same with %s', async (_what, raw) => {
    expect(await identity(raw)).toBe(await identity(email()));
  });

  test.each(OTHERS)('is another with %s under the same Message-ID', async (_what, raw) => {
    expect(await identity(raw)).not.toBe(await identity(email()));
  });

  test.each([
    ['lines that are no header', 'one\r\ntwo', 'one\r\nthree'],
    ['such lines beside an author', 'From: a@b\r\none', 'From: a@b\r\ntwo'],
    ['binary rubbish', '\x80\x81:\x01', '\x80\x81:\x02'],
    ['only headers that are nobody’s', 'X-One: 1', 'X-One: 2'],
    ['such headers before the same text', 'X-One: 1\r\n\r\ntext', 'X-One: 2\r\n\r\ntext'],
    ['a multipart without parts', `${MULTIPART}one`, `${MULTIPART}two`],
    ['a part without an end to its header', `${MULTIPART}--b\r\none`, `${MULTIPART}--b\r\ntwo`],
  ])('of broken messages that differ is not the same: %s', async (_what, one, other) => {
    expect(await identity(Buffer.from(one, 'latin1'))).not.toBe(await identity(Buffer.from(other, 'latin1')));
    expect(await identity(Buffer.from(one, 'latin1'), 1)).toBe(await identity(Buffer.from(one, 'latin1')));
  });

  test('is the same however a message within it is encoded, whose parts are encoded too', async () => {
    const lines = 'a\nb\n'.repeat(2000);
    const inner = Buffer.from(`Subject: y\nContent-Transfer-Encoding: quoted-printable\n\n${lines}`);
    const around = (encoding: string, body: string) =>
      Buffer.from(
        `Subject: x\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`,
      );
    const encoded = inner.toString('base64').replace(/.{76}/g, '$&\r\n');
    // From here on the decoders have more memory than they need for the inner part.
    await identity(around('quoted-printable', lines.repeat(10)));
    expect(await identity(around('base64', encoded))).toBe(await identity(around('8bit', inner.toString())));
  });

  test('is the same where the head of a page says its charset, with lines of CRLF or LF', async () => {
    const page = (lineEnd: string) => `${`<link>${lineEnd}`.repeat(560)}<meta charset=utf-8>Hello`;
    const mail = (text: string) =>
      Buffer.from(
        `Subject: x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString('base64')}`,
      );
    expect(await identity(mail(page('\r\n')))).toBe(await identity(mail(page('\n'))));
  });

  test.each([1, 2, 3, 7, 64, 1000])('does not depend on how it comes in: pieces of %i bytes', async (length) => {
    for (const [, raw] of [...TRANSPORTED, ...OTHERS]) expect(await identity(raw, length)).toBe(await identity(raw));
  });

  test.each([
    ['nothing', ''],
    ['no header', '\r\nonly a body'],
    ['only a header', 'Subject: x'],
    ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=x\r\n\r\ntext'],
    ['no boundary', 'Content-Type: multipart/mixed\r\n\r\ntext'],
    ['an unknown charset', 'Content-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe'],
    ['broken base64', 'Content-Transfer-Encoding: base64\r\n\r\n=?*QQ\r\n=Q'],
    ['broken quoted-printable', 'Content-Transfer-Encoding: quoted-printable\r\n\r\na=ZZ b=\r\n=4 =='],
    ['blanks without end', `\r\n\r\na${' '.repeat(200_000)}\r\nb${' '.repeat(70_000)}`],
    ['a header without end', `Subject: ${'x'.repeat(300_000)}`],
    ['parts in parts without end', nested(300)],
    ['parts without end', `${MULTIPART}${'--b\r\n\r\n\r\n'.repeat(10_050)}`],
    ['parts without end, whose headers have none', `${MULTIPART}${'--b\r\nx\r\n'.repeat(1_000_000)}`],
    ['parts without end and without content', `${MULTIPART}${'--b\r\n'.repeat(10_050)}--b--\r\n`],
  ])('is there for a message with %s', async (_what, text) => {
    const raw = Buffer.from(text, 'latin1');
    const reading = await read(raw);
    expect(reading.identity).toMatch(/^[0-9a-f]{64}$/);
    expect(await identity(raw, raw.byteLength > 1_000_000 ? 300_000 : 3)).toBe(reading.identity);
  });
});

function nested(depth: number): string {
  const levels = Array.from({ length: depth }, (_, level) => `b${String(level)}`);
  return levels.map((name) => `Content-Type: multipart/mixed; boundary=${name}\r\n\r\n--${name}\r\n`).join('');
}
