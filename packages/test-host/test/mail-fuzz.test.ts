import type { MessageIndex } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { MessageReader, MimeWalker, type MessageReading } from '@exact/email-plugin/testing';
import { generateMailbox } from '../dist/src/microsoft365/sample-mail/generate-mailbox.js';
import { Random } from '../dist/src/microsoft365/sample-mail/random.js';
import { mutated } from './hostile/mail-mutations.js';

/** As `npm run fuzz` sets it. */
const { EXACT_FUZZ_ROUNDS, EXACT_FUZZ_SEED } = process.env;
const ROUNDS = Number(EXACT_FUZZ_ROUNDS ?? 600);
const SEED = Number(EXACT_FUZZ_SEED ?? 1);
const INDEX_LIMIT = 128 * 1024;
const TEXT_LIMIT = 1024 * 1024;

/** Mail to break; the largest pictures are left out, which take time and break like the small ones. */
function sampleMail(): readonly Buffer[] {
  const mail = generateMailbox({ seed: SEED, count: 220, start: Date.UTC(2026, 0, 5) });
  return Array.from(mail, ({ raw }) => Buffer.from(raw)).filter(({ length }) => length < 60_000);
}

async function read(raw: Buffer, cuts: readonly number[]): Promise<MessageReading> {
  const reader = new MessageReader();
  let from = 0;
  for (const cut of [...cuts, raw.length]) {
    // Memory of its own, as it comes from another thread, and nothing behind it.
    reader.write(new Uint8Array(raw.subarray(from, cut)));
    from = cut;
  }
  return reader.end();
}

/** All that a walk hands on, which is the message itself: each byte once, in order. */
function walked(raw: Buffer, cuts: readonly number[]): Buffer {
  const pieces: Buffer[] = [];
  const keep = (bytes: Uint8Array): void => void pieces.push(Buffer.from(bytes));
  const nothing = (): void => undefined;
  const walker = new MimeWalker({ onMessageHeader: nothing, onLeaf: nothing, onBody: keep, onStructure: keep });
  let from = 0;
  for (const cut of [...cuts, raw.length]) {
    walker.write(raw.subarray(from, cut));
    from = cut;
  }
  walker.end();
  return Buffer.concat(pieces);
}

/** What an index breaks of its contract; empty when it keeps to it. */
function brokenPromises({ text = '', html = '', deliveryReport: _report, ...row }: MessageIndex): readonly string[] {
  const lines: string[] = [];
  const json = JSON.stringify(row, (_key, value: unknown) => {
    if (typeof value === 'string') lines.push(value);
    return value;
  });
  return [
    ...(json.length <= INDEX_LIMIT ? [] : [`${String(json.length)} characters of index`]),
    ...(Math.max(text.length, html.length) <= TEXT_LIMIT ? [] : ['too much text']),
    ...([text, html, ...lines].every((each) => each.isWellFormed()) ? [] : ['half a character']),
    ...([text, html].some((each) => each.includes('\0')) ? ['NUL'] : []),
    ...lines.filter((line) => /\p{Cc}/u.test(line)),
  ];
}

describe('a message that was broken in any way', () => {
  test(
    'is read without harm, the same however it comes, and all of its bytes are looked at once',
    async () => {
      const random = new Random(SEED);
      const mail = sampleMail();
      for (let round = 0; round < ROUNDS; round += 1) {
        const raw = mutated(random.pick(mail), random, random.pick(mail));
        const cuts = Array.from({ length: random.integer(1, 12) }, () => random.integer(0, raw.length)).toSorted(
          (a, b) => a - b,
        );
        const whole = await read(raw, []);
        const { identity, index } = await read(raw, cuts);
        const seen = { identity, index, promises: brokenPromises(index), isWhole: walked(raw, cuts).equals(raw) };
        expect([SEED, round, seen]).toEqual([
          SEED,
          round,
          { identity: whole.identity, index: whole.index, promises: [], isWhole: true },
        ]);
      }
    },
    60_000 + ROUNDS * 200,
  );
});
