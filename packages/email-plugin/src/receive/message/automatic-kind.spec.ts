import { describe, expect, test } from '@jest/globals';
import { automaticKind } from './automatic-kind.js';
import { parseHeader } from './mime-header.js';

const ANSWER = 'In-Reply-To: <1@practice.example>';

describe('a message that a program wrote', () => {
  test.each([
    ['a delivery report', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', 'delivery-report'],
    [
      'a read receipt',
      'Content-Type: multipart/report; report-type="disposition-notification"; boundary=b\nAuto-Submitted: auto-replied',
      'receipt',
    ],
    ['a report of another kind', 'Content-Type: multipart/report; report-type=feedback-report; boundary=b', 'notice'],
    ['an answer by the book', 'Auto-Submitted: auto-replied (vacation)', 'reply'],
    [
      'an out-of-office of Exchange',
      `Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n${ANSWER}`,
      'reply',
    ],
    ['an answer of an older program', 'Precedence: auto_reply', 'reply'],
    ['an answer of an autoresponder', 'X-Autoreply: yes', 'reply'],
    ['an answer that nobody can answer', `Return-Path: <>\n${ANSWER}`, 'reply'],
    [
      'one that says so in its subject',
      'Subject: =?utf-8?Q?R=C3=A9ponse_automatique?=: x\nX-Auto-Response-Suppress: OOF',
      'reply',
    ],
    ['a mailing list', 'List-Id: Dentists <dentists.lists.example>\nPrecedence: bulk', 'list'],
    ['a newsletter', 'List-Unsubscribe: <mailto:leave@shop.example>', 'list'],
    ['a notice', 'Auto-Submitted: auto-generated', 'notice'],
    ['bulk mail', 'Precedence: Bulk', 'notice'],
    ['one without a return path', 'Return-Path: <>', 'notice'],
  ])('is known: %s', (_what, header, kind) => {
    expect(automaticKind(parseHeader(header))).toBe(kind);
  });

  test.each([
    ['that says it is none', 'Auto-Submitted: no'],
    ['that answers', ANSWER],
    ['with no more than the subject of an automatic answer', 'Subject: Out of office next week, can I come Monday?'],
    ['that wants no receipts', 'X-Auto-Response-Suppress: DR, RN, NRN'],
    ['with a way back', 'Return-Path: <alice@patients.example>\nSubject: My appointment'],
  ])('is not seen in a message %s', (_what, header) => {
    expect(automaticKind(parseHeader(header))).toBeUndefined();
  });
});
