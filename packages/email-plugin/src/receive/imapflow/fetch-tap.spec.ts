import { describe, expect, test } from '@jest/globals';
import { MessageMemory } from '../message-memory.js';
import { ExpectedBodies } from './expected-bodies.js';
import type { ListedRow } from './fetch-row.js';
import { FetchTap } from './fetch-tap.js';

const MIB = 1024 * 1024;

/** What a tap takes and what it passes on, when the server's words come in chunks of that size. */
function tapped(said: string, { uids = [], rows = false, chunk = said.length, tap = new FetchTap() }: Tapping = {}) {
  const bodies = new ExpectedBodies(uids, new MessageMemory());
  const found: ListedRow[] = [];
  if (uids.length > 0) tap.takers.add(bodies);
  if (rows) tap.onRow = (row) => found.push(row);
  const passed: string[] = [];
  const bytes = Buffer.from(said, 'latin1');
  for (let from = 0; from < bytes.byteLength; from += chunk) {
    tap.take(bytes.subarray(from, from + chunk), (piece) => passed.push(piece.toString('latin1')));
  }
  const come = [...bodies.come].map(([uid, body]) => [uid, Buffer.from(body.bytes).toString('latin1')]);
  return { passed: passed.join(''), bodies: Object.fromEntries(come) as Record<number, string>, rows: found, tap };
}

interface Tapping {
  readonly uids?: readonly number[];
  readonly rows?: boolean;
  readonly chunk?: number;
  readonly tap?: FetchTap;
}

const TRAP = 'Subject: x\r\n\r\n* 9 FETCH (UID 9 BODY[] {3}\r\nabc)\r\nA1 OK done\r\n';

describe('the tap', () => {
  test.each([1, 2, 3, 7, 50, 10_000])('takes bodies out and passes on all else, in chunks of %d bytes', (chunk) => {
    const said =
      '* 12 EXISTS\r\n' +
      `* 1 FETCH (UID 7 BODY[] {${String(TRAP.length)}}\r\n${TRAP})\r\n` +
      '* OK still here {5}\r\n12345 and more\r\n' +
      '* 2 FETCH (FLAGS (\\Seen) UID 8 BODY[]<0> {4}\r\nwxyz FLAGS (\\Seen) X {3}\r\n)\r\n)\r\n' +
      'A5 OK FETCH completed\r\n';
    const { passed, bodies, tap } = tapped(said, { uids: [7, 8, 9], chunk });
    expect(bodies).toEqual({ 7: TRAP, 8: 'wxyz' });
    expect(passed).toBe('* 12 EXISTS\r\n* OK still here {5}\r\n12345 and more\r\nA5 OK FETCH completed\r\n');
    expect(passed.length + tap.taken).toBe(said.length);
  });

  test.each<[title: string, said: string, bodies?: Record<number, string>]>([
    ['that nobody asked for', '* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n'],
    ['a second time', '* 1 FETCH (UID 7 BODY[] {3}\r\nabc)\r\n* 1 FETCH (UID 7 BODY[] {3}\r\nxyz)\r\n', { 7: 'abc' }],
    ['in another order', '* 1 FETCH (BODY[] {3}\r\nabc UID 7)\r\n'],
    ['that is empty', '* 1 FETCH (UID 7 BODY[] {0}\r\n)\r\n'],
    ['that is not there', '* 1 FETCH (UID 7 BODY[] NIL)\r\n'],
    ['as a quoted string', '* 1 FETCH (UID 7 BODY[] "abc")\r\n'],
  ])('leaves a body %s to imapflow', (_title, said, bodies = {}) => {
    const outcome = tapped(said, { uids: [7] });
    expect(outcome.bodies).toEqual(bodies);
    expect(outcome.passed).toBe(Object.keys(bodies).length > 0 ? said.slice(said.length / 2) : said);
  });

  test.each([1, 5, 10_000])('takes the rows of a list, whatever their order, in chunks of %d bytes', (chunk) => {
    const date = 'INTERNALDATE " 6-Jan-2025 08:00:00 +0000"';
    const odd = `* 3 FETCH (UID 5 ${date})\r\n`;
    const said =
      `* 1 FETCH (UID 3 ${date} RFC822.SIZE 12)\r\n* 2 FETCH (RFC822.SIZE 99 FLAGS () UID 4 ${date})\r\n` +
      `${odd}A2 OK done\r\n`;
    const { passed, rows } = tapped(said, { rows: true, chunk });
    const arrivedAt = Date.UTC(2025, 0, 6, 8);
    expect(rows).toEqual([
      { uid: 3, size: 12, arrivedAt },
      { uid: 4, size: 99, arrivedAt },
    ]);
    expect(passed).toBe(`${odd}A2 OK done\r\n`);
  });

  test('passes everything on while nothing is asked for, lines without an end, too', () => {
    const said = `* 1 FETCH (UID 7 BODY[] {3}\r\nabc)\r\n* ${'x'.repeat(100_000)}`;
    expect(tapped(said, { chunk: 999 }).passed).toBe(said);
  });

  test.each([
    ['announces more than any message holds', `* 1 FETCH (UID 7 BODY[] {${String(65 * MIB)}}\r\n`],
    [
      'sends more than was asked for',
      `* 1 FETCH (UID 7 BODY[] {1}\r\na)\r\n* 2 FETCH (UID 8 BODY[] {${String(64 * MIB)}}\r\n${'y'.repeat(64 * MIB)})\r\n` +
        `* 3 FETCH (UID 9 BODY[] {${String(32 * MIB)}}\r\n`,
    ],
    ['never ends an answer', `* 1 FETCH (UID 7 BODY[] {1}\r\na ${'FLAGS () '.repeat(10_000)}`],
    ['hides that in literals', `* 1 FETCH (UID 7 BODY[] {1}\r\na X {99999}\r\n${'z'.repeat(99_999)}`],
  ])('cuts a server off that %s', (_title, said) => {
    expect(() => tapped(said, { uids: [7, 8, 9] })).toThrow(RangeError);
  });
});
