import type { MessageIndex } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { withinLimits } from './index-limits.js';

const EMPTY: MessageIndex = {
  references: [],
  subject: '',
  to: [],
  cc: [],
  preview: '',
  attachments: [],
  problems: [],
};
const FILE = { name: 'plan.pdf', contentType: 'application/pdf', size: 1, position: 0 };

describe('the index of any message', () => {
  test('is no larger than the contract says, whatever the message holds', () => {
    const long = '"\u0001\\'.repeat(100_000);
    const people = Array.from({ length: 5000 }, () => ({ address: long, name: long }));
    const files = Array.from({ length: 5000 }, () => ({ ...FILE, name: long, contentType: long, contentId: long }));
    const index = withinLimits({
      ...EMPTY,
      messageId: long,
      inReplyTo: long,
      references: Array.from({ length: 5000 }, () => long),
      subject: long,
      from: { address: long, name: long },
      to: people,
      cc: people,
      preview: long,
      attachments: files,
      problems: [long],
    });
    expect(JSON.stringify(index).length).toBeLessThan(128 * 1024);
    expect(index.problems.slice(1)).toEqual([
      'Only the first recipients are listed.',
      'Only the first attachments are listed.',
    ]);
  });

  test('keeps what is within the limits as it is', () => {
    const index: MessageIndex = {
      ...EMPTY,
      messageId: '<1@x>',
      references: ['<0@x>'],
      subject: 'Zähne 🦷',
      from: { address: 'a@x.example', name: 'Alice' },
      date: Date.UTC(2026, 10, 23),
      text: 'One\n\n  two\n',
      attachments: [FILE],
    };
    expect(withinLimits(index)).toEqual(index);
  });

  test('has the newest references', () => {
    const references = Array.from({ length: 300 }, (_, number) => `<${String(number)}@x>`);
    expect(withinLimits({ ...EMPTY, references }).references).toEqual(references.slice(-100));
  });

  test('holds nothing that a store can’t keep: no NUL, no half characters, no lines in a line', () => {
    const index = withinLimits({ ...EMPTY, subject: 'a\0b\r\n\tc\ud83e', text: 'a\0b\ud83e\n', preview: ' \n a ' });
    expect(index).toMatchObject({ subject: 'a b c\ufffd', text: 'ab\ufffd\n', preview: 'a' });
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\drivers.exe', 'drivers.exe'],
    ['..\\..\\', ''],
    ['plan.pdf\0.exe', 'plan.pdf.exe'],
    ['annexe\u202Egpj.exe', 'annexegpj.exe'],
    ['\u2066invoice\u2069.pdf', 'invoice.pdf'],
    ['שלום.pdf', 'שלום.pdf'],
    [`${'long'.repeat(100)}.docx`, `${'long'.repeat(100).slice(0, 195)}.docx`],
    ['line\r\nbreak.txt', 'linebreak.txt'],
  ])('calls an attachment %j %j', (name, shown) => {
    expect(withinLimits({ ...EMPTY, attachments: [{ ...FILE, name }] }).attachments[0]?.name).toBe(shown);
  });

  test.each([-62_167_219_200_000, -1, 253_402_300_800_000, Infinity])('has no date of another age: %d', (date) => {
    expect(withinLimits({ ...EMPTY, date }).date).toBeUndefined();
  });
});
