import { deflateRawSync } from 'node:zlib';

/** A message that nobody means well with, or that was broken on its way. */
export interface HostileMail {
  readonly what: string;
  /** Latin-1, each character a byte. */
  readonly raw: () => string;
  /** What of it can be read all the same. */
  readonly index: object;
  /** What can't be. */
  readonly lacks?: 'date';
}

const HEAD = 'From: a@b.example\r\nSubject: still here\r\n';
const MIXED = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n`;
const CUT = ['Only the beginning of this message is shown.'];
const READ = { subject: 'still here', from: { address: 'a@b.example' } };
const MILLION = 1_000_000;

function withDate(date: string): string {
  return `Date: ${date}\r\n${HEAD}\r\nHello`;
}

function withText(charset: string, bytes: string): string {
  return `${HEAD}Content-Type: text/plain; charset=${charset}\r\n\r\n${bytes}`;
}

function attached(parameters: string, body = 'x'): string {
  return `${MIXED}--b\r\n\r\nHello\r\n--b\r\nContent-Type: application/octet-stream${parameters}\r\n\r\n${body}\r\n--b--\r\n`;
}

function multiparts(count: number): string {
  const levels = Array.from({ length: count }, (_, level) => `m${String(level)}`);
  return levels.map((name) => `Content-Type: multipart/mixed; boundary=${name}\r\n\r\n--${name}\r\n`).join('');
}

/** A small archive that unpacks to 50 MB. */
function zipBomb(): string {
  return deflateRawSync(Buffer.alloc(50 * 1024 * 1024)).toString('latin1');
}

/** Structure without end. */
const STRUCTURE: readonly HostileMail[] = [
  { what: 'multiparts 10,000 deep', raw: () => `${HEAD}${multiparts(10_000)}`, index: { ...READ, problems: CUT } },
  {
    what: 'messages 10,000 deep',
    raw: () => HEAD + 'Content-Type: message/rfc822\r\n\r\n'.repeat(10_000),
    index: READ,
  },
  {
    what: '5,000 multiparts beside each other, and 50,000 lines that might be a boundary',
    raw: () => {
      const part = (index: number) => `--b\r\nContent-Type: multipart/mixed; boundary=c${String(index)}\r\n\r\n`;
      return MIXED + Array.from({ length: 5000 }, (_, index) => part(index)).join('') + '--x\r\n'.repeat(50_000);
    },
    index: { ...READ, problems: CUT },
  },
  { what: '20,000 parts', raw: () => MIXED + '--b\r\n\r\n\r\n'.repeat(20_000), index: { ...READ, problems: CUT } },
  {
    what: '1,000,000 parts whose headers do not end',
    raw: () => MIXED + '--b\r\nx\r\n'.repeat(1_000_000),
    index: READ,
  },
  { what: 'a boundary that never comes', raw: () => `${MIXED}text`, index: READ },
  { what: 'no boundary', raw: () => `${HEAD}Content-Type: multipart/mixed\r\n\r\ntext`, index: READ },
  { what: 'nothing at all', raw: () => '', index: { subject: '', to: [], attachments: [], problems: [] } },
  { what: 'no header', raw: () => '\r\nonly a body', index: { text: 'only a body\n' } },
  { what: 'no body', raw: () => HEAD, index: READ },
];

const HEADERS: readonly HostileMail[] = [
  {
    what: 'a header of 50 MB',
    raw: () => `Received: ${'x'.repeat(990)}\r\n`.repeat(50_000) + `${HEAD}\r\nHello`,
    index: { ...READ, text: 'Hello\n' },
  },
  { what: 'one field of 20 MB', raw: () => `X-Long: ${'x'.repeat(20 * MILLION)}\r\n${HEAD}\r\nHello`, index: READ },
  {
    what: 'a million recipients',
    raw: () => `To: ${'someone@x.example,\r\n '.repeat(MILLION)}last@x.example\r\n${HEAD}\r\nHello`,
    index: { ...READ, text: 'Hello\n', problems: ['Only the first recipients are listed.'] },
  },
  {
    what: '100,000 references',
    raw: () => `References: ${'<a@b.example>\r\n '.repeat(100_000)}\r\n${HEAD}\r\n`,
    index: READ,
  },
  {
    what: '100,000 encoded words',
    raw: () => `X: 1\r\nSubject: ${'=?utf-8?q?a?=\r\n '.repeat(100_000)}\r\n\r\nHello`,
    index: {},
  },
  { what: '100,000 open quotes and brackets', raw: () => `To: ${'"(<a:'.repeat(100_000)}\r\n${HEAD}\r\n`, index: READ },
  {
    what: 'parameters without end',
    raw: () => `Content-Type: text/plain${'; a="\\'.repeat(100_000)}\r\n${HEAD}\r\n`,
    index: READ,
  },
  {
    what: 'every field twice',
    raw: () => `${HEAD}Subject: another\r\nFrom: mallory@b.example\r\n\r\nHello`,
    index: {},
  },
  { what: 'bytes above 127', raw: () => 'Subject: Z\xe4hne \x80\r\n\r\nHello', index: { subject: 'Zähne €' } },
  { what: 'NUL in header and text', raw: () => 'Subject: a\0b\r\n\r\nx\0y', index: { subject: 'a b', text: 'xy\n' } },
  { what: 'bare CR', raw: () => `Subject: a\rb\r\n\r\nx\ry\r\n`, index: { subject: 'a b' } },
  { what: 'bare LF', raw: () => `${HEAD}\r\nx\ny\n`.replaceAll('\r', ''), index: { ...READ, text: 'x\ny\n' } },
  {
    what: 'a date in the year 0',
    raw: () => withDate('Sat, 01 Jan 0000 00:00:00 +0000'),
    index: READ,
  },
  {
    what: 'a date in the year 99999',
    raw: () => withDate('Fri, 1 Jan 99999 10:00:00 +0000'),
    index: READ,
    lacks: 'date',
  },
  { what: 'a date before its time', raw: () => withDate('Thu, 1 Jan -2026 10:00:00 +0000'), index: READ },
  {
    what: 'a date that is none',
    raw: () => withDate('Mon, 32 Foo 2026 25:61:00 +9900'),
    index: READ,
    lacks: 'date',
  },
];

const BODIES: readonly HostileMail[] = [
  {
    what: 'broken base64',
    raw: () => `${HEAD}Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8=?*\r\n!!!\r\nSGVsbG8`,
    index: READ,
  },
  {
    what: 'broken quoted-printable',
    raw: () => `${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\na=ZZ=\r\n=4 ==`,
    index: READ,
  },
  { what: 'a line of 8 MB', raw: () => `${HEAD}\r\n${'x'.repeat(8 * MILLION)}`, index: { ...READ, problems: CUT } },
  { what: '100,000 line ends', raw: () => `${HEAD}\r\n${'\r\n'.repeat(100_000)}`, index: READ },
  { what: '100,000 lines of dashes', raw: () => `${MIXED}--b\r\n\r\n${'--\r\n'.repeat(100_000)}`, index: READ },
  {
    what: 'a page of open tags without end',
    raw: () => `${HEAD}Content-Type: text/html\r\n\r\n${'<a <!-- <style '.repeat(70_000)}`,
    index: READ,
  },
  {
    what: 'half a character in UTF-16',
    raw: () => withText('utf-16le', '\x00\xd8a\0'),
    index: { text: '\ufffda\n' },
  },
  { what: 'UTF-7', raw: () => withText('utf-7', 'Z+AOQ-hne'), index: { text: 'Zähne\n' } },
  { what: 'the letters of DOS', raw: () => withText('cp437', 'Z\x84hne'), index: { text: 'Zähne\n' } },
  {
    what: 'a charset that nobody knows',
    raw: () => withText('"klingon\0\u00ff"', 'Z\xe4hne'),
    index: { text: 'Zähne\n' },
  },
  {
    what: 'a file within the text (uuencode)',
    raw: () => `${HEAD}\r\nbegin 644 plan.txt\r\n#0V%T\r\n\`\r\nend\r\n`,
    index: { text: 'begin 644 plan.txt\n#0V%T\n`\nend\n' },
  },
];

const FILES: readonly HostileMail[] = [
  {
    what: 'winmail.dat',
    raw: () => attached('; name="winmail.dat"', '\x78\x9f\x3e\x22\x01\x00'),
    index: { ...READ, text: 'Hello\n', attachments: [{ name: 'winmail.dat', size: 6 }] },
  },
  {
    what: 'an archive that unpacks to 50 MB',
    raw: () => attached('; name=bomb.zip', Buffer.from(zipBomb(), 'latin1').toString('base64')),
    index: { attachments: [{ name: 'bomb.zip' }] },
  },
  {
    what: 'a name with a path',
    raw: () => attached('; name="../../etc/passwd"'),
    index: { attachments: [{ name: 'passwd' }] },
  },
  {
    what: 'a name with a drive',
    raw: () => attached('; name="C:\\\\x\\\\y.exe"'),
    index: { attachments: [{ name: 'y.exe' }] },
  },
  {
    what: 'a name with NUL',
    raw: () => attached('; name="a.pdf\0.exe"'),
    index: { attachments: [{ name: 'a.pdf.exe' }] },
  },
  {
    what: 'a name that reads backwards',
    raw: () => attached("; name*=utf-8''x%E2%80%AEgpj.exe"),
    index: { attachments: [{ name: 'xgpj.exe' }] },
  },
  { what: 'a reserved name', raw: () => attached('; name=CON'), index: { attachments: [{ name: 'CON' }] } },
  {
    what: '5,000 attachments',
    raw: () => MIXED + '--b\r\nContent-Type: image/png; name=x.png\r\n\r\nx\r\n'.repeat(5000),
    index: { ...READ, problems: [...CUT, 'Only the first attachments are listed.'] },
  },
];

export const HOSTILE_MAIL: readonly HostileMail[] = [...STRUCTURE, ...HEADERS, ...BODIES, ...FILES];
