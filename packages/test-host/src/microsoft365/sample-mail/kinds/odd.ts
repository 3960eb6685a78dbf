import { multipart, textPart, writeMessage, type Entity } from '../mime-writer.js';
import { laboratory, patientMail } from '../practice-talk.js';
import { none, type HeaderOptions, type MessageKind, type Writing } from '../writing.js';

const plain = { charset: 'utf-8', encoding: '8bit' } as const;

function everyday(writing: Writing, options: Partial<HeaderOptions> = {}): Buffer {
  const from = writing.patient();
  const { subject, text } = patientMail(writing.random, from.name);
  return writeMessage(writing.header({ from, subject, ...options }), textPart(text, plain));
}

/** Lines far beyond the 998 octets of RFC 5322 section 2.1.1, in the body and in the header. */
export const longLines: MessageKind = (writing) => {
  const line = 'Every week the same question: how long is a line of text allowed to be? '.repeat(60);
  const extra = [`X-Long: ${'x'.repeat(2_500)}`];
  const header = writing.header({ from: writing.patient(), subject: 'One very long line', extra });
  return writeMessage(header, textPart(`${line}\n\n${line}`, plain));
};

export const withoutMessageId: MessageKind = (writing) => everyday(writing, { messageId: none });

const ODD_DATES = [
  none,
  'yesterday',
  'Mon, 32 Foo 2026 25:61:00 +9900',
  '5 Nov 26 09:12 GMT',
  'Thu, 01 Jan 1970 00:00:00 +0000',
  'Fri, 13 Nov 2099 10:00:00 +0100 (in the future)',
  'Tue,  3 Nov 2026 10:00:00 EST',
] as const;

/** Dates that are missing, wrong, in the future or written as long ago. */
export const oddDate: MessageKind = (writing) => everyday(writing, { date: writing.deal(ODD_DATES) });

/** Two different messages under one Message-ID: this one takes an id that an earlier one has, or leaves its own for later. */
export const twin: MessageKind = (writing) => {
  const taken = writing.idsToRepeat.pop();
  if (taken !== undefined) return everyday(writing, { messageId: taken });
  const messageId = `<order-confirmation.${writing.random.hex(6)}@northgatelab.example>`;
  writing.idsToRepeat.push(messageId);
  const text = 'Order received. We confirm it as soon as the impression is here.';
  return writeMessage(
    writing.header({ from: laboratory, subject: 'Order received', messageId }),
    textPart(text, plain),
  );
};

/** A multipart that is cut off. */
export const missingEnd: MessageKind = (writing) => {
  const parts = [textPart('The rest of this message was lost on its way.', plain), textPart('<p>The rest', HTML)];
  const content = multipart('alternative', parts, writing.random, { hasEnd: false });
  return writeMessage(writing.header({ from: writing.patient(), subject: 'Cut off' }), content);
};

const HTML = { subtype: 'html', charset: 'utf-8', encoding: 'quoted-printable' } as const;

/** Says that it is in one charset, and is in another. */
export const wrongCharset: MessageKind = (writing) => {
  const [charset, label] = writing.deal(WRONG_LABELS);
  const text = charset === 'koi8-r' ? 'Здравствуйте, перезвоните мне.' : 'Größe “XL” für die Schiene – 20 €, né?';
  const content = textPart(text, { charset, label, encoding: '8bit' });
  return writeMessage(writing.header({ from: writing.patient(), subject: 'Which letters are these?' }), content);
};

const WRONG_LABELS = [
  ['windows-1252', 'utf-8'],
  ['utf-8', 'us-ascii'],
  ['koi8-r', 'x-unknown'],
] as const;

/** Names and subjects in bare bytes, as nothing allows and some programs send. */
export const bareBytes: MessageKind = (writing) => {
  const from = writing.patient();
  const [first = '', ...rest] = writing.header({ from, subject: 'placeholder' });
  const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  const header = rest.map((line) =>
    line.startsWith('Subject: ') ? `Subject: ${bytes('Schöne Grüße, Zahnärztin!')}` : line,
  );
  const extra = `X-Mailer: ${Buffer.from([0xc4, 0xff, 0x80]).toString('latin1')}`;
  return writeMessage([first, ...header, extra], textPart('Bytes in the header.', plain));
};

/** base64 that ends in the middle, and quoted-printable with what it does not allow. */
export const brokenEncoding: MessageKind = (writing) => {
  const half: Entity = {
    header: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
    body: Buffer.from('SGVsbG8sIHRoaXMgaXMgY3V0IG9\r\n!!! not base64 !!!\r\n'),
  };
  const loose: Entity = {
    header: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
    body: Buffer.from('100 % =\r\nof this =ZZ is =C3=\r\n=A9 strange =\r\n'),
  };
  const content = multipart('mixed', [half, loose], writing.random);
  return writeMessage(writing.header({ from: writing.patient(), subject: 'Damaged on its way' }), content);
};

/** A header with hardly anything in it, and no body. Its Date is all that tells it from the next one of its kind. */
export const bare: MessageKind = (writing) => {
  const { address } = writing.patient();
  const subject = writing.random.pick(['', 'call me', '(no subject)']);
  return Buffer.from(`From: ${address}\r\nSubject: ${subject}\r\nDate: ${writing.date()}\r\n\r\n`);
};
