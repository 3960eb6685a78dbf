import type { Random } from '../../dist/src/microsoft365/sample-mail/random.js';

/** What means something to mail. */
const TOKENS = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\0',
    '\r\n\r\n',
    ' ',
    '\t',
    '--',
    '--b',
    '--b--\r\n',
    '=',
    '=\r\n',
    '=3D',
    '"',
    '\\',
    '(',
    '<',
    '>',
  ],
  ...[':', ';', ',', '=?utf-8?q?', '?=', '=?x?b?', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'],
  ...[
    'Content-Type: message/rfc822\r\n\r\n',
    'Content-Type: text/html; charset=utf-7\r\n',
    'Content-Transfer-Encoding: base64\r\n',
  ],
  ...[
    'Content-Transfer-Encoding: quoted-printable\r\n',
    'Subject: ',
    'To: ',
    "; filename*0*=utf-8''%",
    '\xff\xfe',
    '\xed\xa0\x80',
  ],
];

type Mutation = (mail: Buffer, random: Random, other: Buffer) => Buffer;

/** A place and a length within a message. */
function range(mail: Buffer, random: Random): readonly [from: number, to: number] {
  const from = random.integer(0, mail.length);
  return [from, Math.min(mail.length, from + random.integer(0, random.pick([4, 80, 2000])))];
}

const insertToken: Mutation = (mail, random) => {
  const [at] = range(mail, random);
  const token = Buffer.from(random.pick(TOKENS).repeat(random.pick([1, 1, 1, 50, 2000])), 'latin1');
  return Buffer.concat([mail.subarray(0, at), token, mail.subarray(at)]);
};

const changeBytes: Mutation = (mail, random) => {
  const changed = Buffer.from(mail);
  for (let left = random.integer(1, 20); left > 0 && changed.length > 0; left -= 1) {
    changed[random.integer(0, changed.length - 1)] = random.integer(0, 255);
  }
  return changed;
};

const dropRange: Mutation = (mail, random) => {
  const [from, to] = range(mail, random);
  return Buffer.concat([mail.subarray(0, from), mail.subarray(to)]);
};

const repeatRange: Mutation = (mail, random) => {
  const [from, to] = range(mail, random);
  const times = random.pick([2, 3, 100]);
  return Buffer.concat([
    mail.subarray(0, to),
    ...Array.from({ length: times }, () => mail.subarray(from, to)),
    mail.subarray(to),
  ]);
};

const splice: Mutation = (mail, random, other) => {
  const [at] = range(mail, random);
  return Buffer.concat([mail.subarray(0, at), other.subarray(range(other, random)[0])]);
};

const cutOff: Mutation = (mail, random) => mail.subarray(0, random.integer(0, mail.length));

const shuffleLines: Mutation = (mail, random) => {
  const lines = mail.toString('latin1').split('\r\n');
  return Buffer.from(random.shuffle(lines).join('\r\n'), 'latin1');
};

const MUTATIONS: readonly Mutation[] = [
  insertToken,
  insertToken,
  insertToken,
  changeBytes,
  dropRange,
  repeatRange,
  splice,
  cutOff,
  shuffleLines,
];

/** Breaks a message in some ways, the other one serving for parts. */
export function mutated(mail: Buffer, random: Random, other: Buffer): Buffer {
  let broken = mail;
  for (let left = random.integer(1, 6); left > 0; left -= 1) broken = random.pick(MUTATIONS)(broken, random, other);
  return broken;
}
