import type { Letter } from '../generated/letter.js';

const PEOPLE = {
  from: { name: 'Alice Thornton', address: 'alice@patients.example' },
  to: [{ name: '', address: 'reception@brightsmile.example' }],
} as const;

function letter(number: number, also: Partial<Letter> = {}): Letter {
  return {
    ...PEOPLE,
    messageId: `<${String(number)}@patients.example>`,
    date: Date.UTC(2026, 10, number + 1),
    cc: [],
    subject: 'My appointment',
    references: [],
    parts: [{ kind: 'text', subtype: 'plain', text: textOf(number) }],
    ...also,
  };
}

/** How the text of a letter begins, by which it is known in the Inbox. */
function textOf(number: number): string {
  return `Letter number ${String(number)}, schöne Grüße`;
}

const PLAN = { kind: 'file', name: 'plan.pdf', type: 'application/pdf', content: Buffer.alloc(900, 'plan') } as const;
const SAME = { messageId: '<same@patients.example>', date: Date.UTC(2026, 10, 1) };

/** What people write: also different letters under one Message-ID, and some without any. */
export const LETTERS: readonly Letter[] = [
  letter(0),
  letter(1, SAME),
  letter(2, SAME),
  letter(3, { messageId: undefined, date: undefined }),
  letter(4, { messageId: undefined, date: undefined }),
  letter(5, { parts: [{ kind: 'text', subtype: 'plain', text: textOf(5) }, PLAN] }),
  letter(6, {
    parts: [
      { kind: 'text', subtype: 'plain', text: textOf(6) },
      { kind: 'letter', letter: letter(90) },
    ],
  }),
];

/** Which letter has this text; -1 = none. */
export function numberOfText(text: string): number {
  return Number(/Letter number (\d+)/.exec(text)?.[1] ?? -1);
}
