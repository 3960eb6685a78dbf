import { describe, expect, test } from '@jest/globals';
import { draftAnswer, type AnswerKind } from './answer.js';
import type { MessageIndex } from './message.js';

const PRACTICE = 'reception@practice.example';
const ALICE = { address: 'alice@patients.example', name: 'Alice' };
const BOB = { address: 'bob@patients.example', name: 'Lee, Bob' };
const DENTIST = { address: 'smith@clinic.example' };

function message(parts: Partial<MessageIndex> = {}): MessageIndex {
  return {
    messageId: '<2@patients.example>',
    references: [],
    subject: 'My appointment',
    from: ALICE,
    to: [{ address: PRACTICE }],
    cc: [],
    date: 1,
    text: 'Can I come on Monday?\n',
    preview: '',
    attachments: [],
    problems: [],
    ...parts,
  };
}

function draft(kind: AnswerKind, parts: Partial<MessageIndex> = {}) {
  return draftAnswer({
    kind,
    message: message(parts),
    arrivedAt: 2,
    own: [PRACTICE, 'frontdesk@practice.example'],
    formatTime: (at) => `day ${at}`,
  });
}

describe('an answer goes', () => {
  test('to who wrote', () => {
    expect(draft('reply', { cc: [BOB] })).toMatchObject({ to: [ALICE], cc: [] });
  });

  test('where the message wants answers', () => {
    expect(draft('reply', { replyTo: DENTIST })).toMatchObject({ to: [DENTIST], cc: [] });
  });

  test('to everybody who got it, each once and the practice never', () => {
    const own = { address: 'Reception@Practice.example', name: 'Reception' };
    const parts = { to: [own, BOB], cc: [DENTIST, { address: 'ALICE@patients.example' }, BOB] };
    expect(draft('reply-all', parts)).toMatchObject({ to: [ALICE, BOB], cc: [DENTIST] });
  });

  test('to those who got it when the practice wrote it itself', () => {
    const from = { address: PRACTICE, name: 'Bright Smile' };
    expect(draft('reply', { from, to: [BOB], cc: [DENTIST] })).toMatchObject({ to: [BOB], cc: [] });
    expect(draft('reply-all', { from, to: [BOB], cc: [DENTIST] })).toMatchObject({ to: [BOB], cc: [DENTIST] });
  });

  test('to the practice when it wrote to itself', () => {
    const from = { address: PRACTICE };
    expect(draft('reply', { from, to: [from] }).to).toEqual([from]);
    expect(draft('reply-all', { from, to: [from] }).to).toEqual([from]);
  });

  test('nowhere without a sender, and says so', () => {
    const { from: _from, ...rest } = message();
    const request = { kind: 'reply' as const, message: rest, arrivedAt: 2, own: [PRACTICE], formatTime: String };
    expect(draftAnswer(request)).toMatchObject({ to: [], unread: 'no-sender' });
  });
});

describe('a thread', () => {
  test('goes on with the message that is answered', () => {
    expect(draft('reply', { references: ['<0@x>', '<1@x>'] })).toMatchObject({
      inReplyTo: '<2@patients.example>',
      references: ['<0@x>', '<1@x>', '<2@patients.example>'],
    });
  });

  test.each([
    ['what the message answers, when it refers to nothing', { inReplyTo: '<1@x>' }, ['<1@x>', '<2@patients.example>']],
    ['nothing of several that it answers', { inReplyTo: '<0@x> <1@x>' }, ['<2@patients.example>']],
    ['itself once', { references: ['<2@patients.example>', '<1@x>'] }, ['<1@x>', '<2@patients.example>']],
  ])('refers to %s', (_what, parts, references) => {
    expect(draft('reply', parts).references).toEqual(references);
  });

  test('keeps what a message without a Message-ID refers to', () => {
    const { messageId: _id, ...rest } = message({ references: ['<1@x>'] });
    const request = { kind: 'reply' as const, message: rest, arrivedAt: 2, own: [PRACTICE], formatTime: String };
    expect(draftAnswer(request)).toMatchObject({ references: ['<1@x>'] });
    expect(draftAnswer(request)).not.toHaveProperty('inReplyTo');
  });

  test('does not go on with a forwarded message', () => {
    const forward = draft('forward', { references: ['<1@x>'] });
    expect(forward).toMatchObject({ to: [], cc: [], references: [] });
    expect(forward).not.toHaveProperty('inReplyTo');
  });
});

describe('the subject', () => {
  test.each([
    'My appointment',
    'Re: My appointment',
    'RE: re: My appointment',
    'AW: WG: My appointment',
    'Antw: Fwd: My appointment',
    'Re[2]: My appointment',
    'SV: VS: My appointment',
    '回复：转发: My appointment',
  ])('of an answer to “%s” has one mark', (subject) => {
    expect(draft('reply', { subject }).subject).toBe('Re: My appointment');
    expect(draft('forward', { subject }).subject).toBe('Fwd: My appointment');
  });

  test.each(['Reminder: x-ray', 'Ref: 12', 'Regarding: x', ''])('“%s” stays what it is behind the mark', (subject) => {
    expect(draft('reply', { subject }).subject).toBe(`Re: ${subject}`.trim());
  });
});

describe('the message', () => {
  test('stands quoted below an answer', () => {
    expect(draft('reply', { text: 'Monday?\r\n> Tuesday?\r\n\r\n' }).quote).toBe(
      'Alice wrote on day 1:\n> Monday?\n>> Tuesday?\n',
    );
  });

  test('stands whole below a forward, with who wrote it to whom, when and about what', () => {
    const { quote } = draft('forward', { to: [{ address: PRACTICE }, BOB], cc: [DENTIST] });
    expect(quote).toBe(
      [
        '-------- Forwarded message --------',
        'From: Alice <alice@patients.example>',
        'Date: day 1',
        'Subject: My appointment',
        `To: ${PRACTICE}, "Lee, Bob" <bob@patients.example>`,
        'Cc: smith@clinic.example',
        '',
        'Can I come on Monday?',
        '',
      ].join('\n'),
    );
  });

  test('without a date has when it arrived', () => {
    const { date: _date, ...rest } = message();
    const request = {
      kind: 'forward' as const,
      message: rest,
      arrivedAt: 2,
      own: [],
      formatTime: (at: number) => `day ${at}`,
    };
    expect(draftAnswer(request).quote).toContain('Date: day 2');
  });

  test('that is very long says where the rest is left out', () => {
    const { quote } = draft('reply', { text: 'word '.repeat(10_000) });
    expect(quote.length).toBeLessThan(21_000);
    expect(quote).toContain('The rest is left out');
  });
});

describe('nobody may read an answer to', () => {
  test.each(['delivery-report', 'reply', 'receipt', 'list', 'notice'] as const)('a %s', (automatic) => {
    expect(draft('reply', { automatic }).unread).toBe(automatic);
    expect(draft('forward', { automatic }).unread).toBeUndefined();
  });

  test.each([
    'no-reply@shop.example',
    'noreply@shop.example',
    'NoReply-42@shop.example',
    'do_not_reply@shop.example',
    'newsletter.no-reply@shop.example',
    'ne-pas-repondre@shop.example',
    'MAILER-DAEMON@shop.example',
  ])('%s', (address) => {
    expect(draft('reply', { from: { address } }).unread).toBe('no-reply-address');
    expect(draft('reply', { from: { address }, replyTo: ALICE }).unread).toBeUndefined();
  });

  test.each(['reply@shop.example', 'norma.reply@x.example', 'nora@noreply.example'])(
    '%s: somebody reads it',
    (address) => {
      expect(draft('reply', { from: { address } }).unread).toBeUndefined();
    },
  );
});
