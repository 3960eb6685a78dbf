import fc from 'fast-check';

/** What the author of a message wrote: that, and nothing else, makes it the message that it is. */
export interface Letter {
  readonly messageId: string | undefined;
  /** Epoch ms, whole seconds. */
  readonly date: number | undefined;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly subject: string;
  readonly references: readonly string[];
  readonly parts: readonly LetterPart[];
}

export interface Person {
  /** Empty: an address alone. */
  readonly name: string;
  readonly address: string;
}

export type LetterPart =
  | { readonly kind: 'text'; readonly subtype: 'plain' | 'html' | 'calendar'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly content: Uint8Array }
  | { readonly kind: 'letter'; readonly letter: Letter };

/** Words in many scripts, and characters that mean something to mail, not at both ends of the text. */
const WORDS = [
  'Termin',
  'gut',
  'é',
  'Größe',
  'Зуб',
  '歯科',
  '🦷',
  'a=b',
  '=20',
  '--',
  '?',
  'From x',
  '.',
  'x'.repeat(90),
];

const word = fc.constantFrom(...WORDS);
const phrase = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const text = fc
  .array(fc.oneof(phrase, fc.constant(''), fc.string({ maxLength: 20 })), { minLength: 1, maxLength: 8 })
  .map((lines) => lines.map(plainLine).join('\n'));
const identifier = fc.nat({ max: 99_999 }).map((number) => `<${String(number)}@patients.example>`);
const person = fc.record({
  name: fc.oneof(fc.constant(''), fc.constantFrom('Alice', 'Doe, John', 'José Núñez', '山田 花子', 'O’Brien')),
  address: fc.constantFrom('alice', 'bob', 'zoe.obrien').map((name) => `${name}@patients.example`),
});
const file = fc.record({
  kind: fc.constant('file' as const),
  name: fc.constantFrom('', 'plan.pdf', 'Röntgen (1).png', '歯.jpg', `${'long '.repeat(20)}.doc`, "it's 100%.txt"),
  type: fc.constantFrom('application/pdf', 'image/png', 'application/octet-stream'),
  content: fc.uint8Array({ maxLength: 300 }),
});
const textPart = fc.record({
  kind: fc.constant('text' as const),
  subtype: fc.constantFrom('plain', 'html', 'calendar'),
  text,
});

export const letters: fc.Arbitrary<Letter> = fc.letrec<{ letter: Letter; part: LetterPart }>((tie) => ({
  letter: fc.record({
    messageId: fc.option(identifier, { nil: undefined, freq: 4 }),
    date: fc.option(fc.nat({ max: 4_000_000_000 }), { nil: undefined, freq: 6 }).map(toMilliseconds),
    from: person,
    to: fc.array(person, { maxLength: 4 }),
    cc: fc.array(person, { maxLength: 2 }),
    subject: fc.oneof(fc.constant(''), phrase),
    references: fc.array(identifier, { maxLength: 4 }),
    parts: fc.array(tie('part'), { minLength: 1, maxLength: 4, depthIdentifier: 'letter' }),
  }),
  part: fc.oneof(
    { depthSize: 'small', maxDepth: 2, depthIdentifier: 'letter' },
    { arbitrary: textPart, weight: 6 },
    { arbitrary: file, weight: 3 },
    { arbitrary: tie('letter').map((letter) => ({ kind: 'letter' as const, letter })), weight: 1 },
  ),
})).letter;

/** No line ends and control characters: those are for the tests of broken mail. */
function plainLine(line: string): string {
  return line.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu, '');
}

function toMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

/** One change that a reader would see. */
export const changes: readonly (readonly [what: string, change: (letter: Letter) => Letter])[] = [
  ['its subject', (letter) => ({ ...letter, subject: `${letter.subject} again` })],
  ['its Message-ID', (letter) => ({ ...letter, messageId: `${letter.messageId ?? ''}<other@patients.example>` })],
  ['its date', (letter) => ({ ...letter, date: (letter.date ?? 0) + 1000 })],
  ['its sender', (letter) => ({ ...letter, from: { ...letter.from, address: 'mallory@patients.example' } })],
  ['the name of its sender', (letter) => ({ ...letter, from: { ...letter.from, name: 'The bank' } })],
  ['a recipient more', (letter) => ({ ...letter, to: [...letter.to, { name: '', address: 'new@patients.example' }] })],
  ['a copy more', (letter) => ({ ...letter, cc: [...letter.cc, { name: '', address: 'new@patients.example' }] })],
  ['what it answers', (letter) => ({ ...letter, references: [...letter.references, '<new@patients.example>'] })],
  [
    'a part more',
    (letter) => ({ ...letter, parts: [...letter.parts, { kind: 'text', subtype: 'plain', text: 'more' }] }),
  ],
  [
    'its last part',
    (letter) => ({ ...letter, parts: [...letter.parts.slice(0, -1), changedPart(letter.parts.at(-1))] }),
  ],
  ['a disclaimer', (letter) => ({ ...letter, parts: letter.parts.map(withDisclaimer) })],
];

function changedPart(part: LetterPart | undefined): LetterPart {
  switch (part?.kind) {
    case 'file':
      return { ...part, content: Uint8Array.of(...part.content, 1) };
    case 'letter':
      return { ...part, letter: { ...part.letter, subject: `${part.letter.subject}!` } };
    case 'text':
      return { ...part, text: `${part.text}!` };
    case undefined:
      throw new TypeError('A letter has a part');
  }
}

function withDisclaimer(part: LetterPart): LetterPart {
  if (part.kind === 'text') return { ...part, text: `${part.text}\n\nThis email is confidential.` };
  return part.kind === 'file' ? { ...part, name: `confidential ${part.name}` } : changedPart(part);
}
