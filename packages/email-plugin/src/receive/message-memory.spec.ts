import { describe, expect, test } from '@jest/globals';
import { copyBytes, MessageMemory } from './message-memory.js';

const MIB = 1024 * 1024;

describe('the memory of messages on their way', () => {
  test('is used again, however many come, and never while somebody needs it', () => {
    const memory = new MessageMemory();
    const buffers = new Set<ArrayBufferLike>();
    const underWay: { readonly bytes: Uint8Array; readonly mark: number; release(): void }[] = [];
    for (let round = 0; round < 500; round += 1) {
      const lent = memory.lend(MIB / 2);
      const mark = round % 256;
      lent.bytes.fill(mark);
      buffers.add(lent.bytes.buffer);
      underWay.push({
        ...lent,
        mark,
        release: () => {
          lent.release();
        },
      });
      if (underWay.length < 20) continue;
      const first = underWay.shift();
      expect([first?.bytes.at(0), first?.bytes.at(-1)]).toEqual([first?.mark, first?.mark]);
      first?.release();
    }
    expect(buffers.size).toBeLessThan(6);
  });

  test('holds one message of any size', () => {
    expect(new MessageMemory().lend(9 * MIB).bytes.byteLength).toBe(9 * MIB);
  });

  test('is let go when nobody uses it', () => {
    const memory = new MessageMemory();
    const before = memory.lend(1);
    before.release();
    memory.shrink();
    expect(memory.lend(1).bytes.buffer).not.toBe(before.bytes.buffer);
  });
});

test('bytes are copied into shared memory as they are, wherever they begin on either side', () => {
  const all = Buffer.from(Array.from({ length: 40 }, (_, index) => index + 1));
  for (let start = 0; start < 9; start += 1) {
    for (let length = 0; length < 20; length += 1) {
      for (let at = 0; at < 9; at += 1) {
        const shared = new Uint8Array(new SharedArrayBuffer(40));
        const piece = all.subarray(start, start + length);
        copyBytes(piece, shared, at);
        const expected = new Uint8Array(40);
        expected.set(piece, at);
        expect(shared).toEqual(new Uint8Array(expected));
      }
    }
  }
});
