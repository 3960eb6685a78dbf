import type { Address, NewAttachment, NewEmail } from '@exact/host-contracts';
import fc from 'fast-check';

/** Words of many scripts, and what breaks programs that build messages. */
const HARD_WORDS = [
  'Zahnärzte „Löwe“',
  'Стоматология',
  '歯科クリニック',
  '山田　花子',
  'عيادة الأسنان',
  'שיניים בריאות',
  'คลินิกทันตกรรม',
  'दन्त चिकित्सा',
  '치과',
  '👩🏽‍⚕️🦷👨‍👩‍👧‍👦',
  'e\u0301a\u0308\u0323\u0307o\u0336'.repeat(20),
  '\u202eevil\u202c',
  '\ud83e',
  'half \udd37 pair',
  'nul\0bell\u0007',
  'tab\there',
  'two\r\nlines',
  'line\u2028separator',
  '"quoted"',
  'Lee, Ann; Bob <b@x.example>',
  'back\\slash\\',
  '(comment) [literal] :group;',
  '=?utf-8?Q?d=C3=A9?=',
  '=?utf-8?B?aGVsbG8=?=',
  '=?utf-8?q?a b?= =?x?=',
  '=20=3D',
  "it's 100 % “fine”",
  'a'.repeat(1200),
  'ö'.repeat(700),
  'word '.repeat(300),
  '   spaces   inside   ',
  '.',
  '-',
  '',
] as const;

const words = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...HARD_WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 120 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 200 }) },
);

/** A line that somebody typed: one hard word, or several with ordinary ones between them. */
const line = fc.oneof(
  words,
  fc.tuple(words, words).map((two) => two.join(' ')),
  fc.tuple(words, fc.constantFrom(' ', ', ', ' – ', '\t'), words).map((parts) => parts.join('')),
);

const localPart = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,12}([.+_-][a-z0-9]{1,8})?$/),
  fc.stringMatching(/^[!#$%&'*+/=?^_`{|}~-]{1,20}$/),
  fc.constantFrom('"ann lee"', '"a@b"', '"back\\\\slash"', 'a'.repeat(64), 'ann lee', 'a..b', 'zoë', '山田'),
);
const domain = fc.constantFrom(
  'patients.example',
  'müller.example',
  'xn--mller-kva.example',
  '歯科.example',
  'пациенты.example',
  `${'long.'.repeat(40)}example`,
  '[192.0.2.1]',
);
const address: fc.Arbitrary<Address> = fc
  .record({ local: localPart, domain, name: fc.option(line, { nil: undefined }) })
  .map(({ local, domain: at, name }) => ({ address: `${local}@${at}`, ...(name !== undefined && { name }) }));

const attachment: fc.Arbitrary<NewAttachment> = fc.record({
  name: line.map((name) => `${name}.pdf`),
  contentType: fc.constantFrom('application/pdf', 'image/png', 'text/plain', 'message/rfc822', 'nonsense', 'a/b; c=d'),
  content: fc.uint8Array({ maxLength: 300 }),
});

/** A Message-ID as received mail has them, nonsense included. */
const messageId = fc.oneof(
  fc.uuid().map((id) => `<${id}@patients.example>`),
  fc.constantFrom(
    '<a@b>',
    '<no-at>',
    'no brackets',
    '<>',
    '<ö@x.example>',
    `<${'x'.repeat(1200)}@x.example>`,
    '<a b@c>',
  ),
);

const text = fc.oneof(
  words,
  fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n')),
  fc.constantFrom('', '\r', 'From the start\n.\n..dots\n', '-- \nsignature', 'trailing \nspace\t\n', 'x'.repeat(5000)),
);

/** An email as staff, a host or somebody hostile could write it. */
export const generatedEmail: fc.Arbitrary<NewEmail> = fc
  .record({
    to: fc.oneof(
      { weight: 9, arbitrary: fc.array(address, { minLength: 1, maxLength: 4 }) },
      { weight: 1, arbitrary: fc.array(address, { minLength: 200, maxLength: 200 }) },
    ),
    cc: fc.option(fc.array(address, { maxLength: 3 }), { nil: undefined }),
    bcc: fc.option(fc.array(fc.constant({ address: 'hidden@secret.example' }), { maxLength: 2 }), { nil: undefined }),
    subject: line,
    text,
    html: fc.option(
      text.map((inside) => `<p>${inside}</p>`),
      { nil: undefined },
    ),
    attachments: fc.array(attachment, { maxLength: 3 }),
    inReplyTo: fc.option(messageId, { nil: undefined }),
    references: fc.option(
      fc.oneof(fc.array(messageId, { maxLength: 4 }), fc.array(messageId, { minLength: 300, maxLength: 300 })),
      { nil: undefined },
    ),
    automatic: fc.boolean(),
  })
  .map(({ cc, bcc, html, inReplyTo, references, ...rest }) => ({
    ...rest,
    ...(cc && { cc }),
    ...(bcc && { bcc }),
    ...(html !== undefined && { html }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(references && { references }),
  }));

/** The practice as it may be named. */
export const generatedSender: fc.Arbitrary<Address> = fc
  .record({ domain: fc.constantFrom('practice.example', 'zähne.example'), name: fc.option(line, { nil: undefined }) })
  .map(({ domain: at, name }) => ({ address: `reception@${at}`, ...(name !== undefined && { name }) }));
