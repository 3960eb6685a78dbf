import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, batch, failure, message, StoresHarness } from './stores-harness.js';

const inbox = { folder: 'inbox', offset: 0, limit: 100 } as const;

describe('received mail', () => {
  test('of 500 messages a batch and 500 rows a page comes newest first, page by page', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const first = batch(
      fence,
      Array.from({ length: 500 }, (_, index) => message(index + 1)),
    );
    await store.receive(first);
    await store.receive(batch(fence, [message(501)], { expected: first.next }));
    const page = await store.list({ ...inbox, limit: 500 });
    expect(page.total).toBe(501);
    expect(page.rows.map(({ index }) => index.subject)).toEqual(
      Array.from({ length: 500 }, (_, index) => `Message ${501 - index}`),
    );
    const rest = await store.list({ ...inbox, offset: 500 });
    expect(rest.rows.map(({ index }) => index.subject)).toEqual(['Message 1']);
  });

  test('is refused with a RangeError beyond the limits of a batch', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const many = Array.from({ length: 501 }, (_, index) => message(index + 1));
    await expect(store.receive(batch(fence, many))).rejects.toThrow(RangeError);
    const heavy = message(1, { raw: { bytes: new Uint8Array(32 * 1024 * 1024 + 1) } });
    await expect(store.receive(batch(fence, [heavy]))).rejects.toThrow(RangeError);
    await expect(store.list({ ...inbox, limit: 501 })).rejects.toThrow(RangeError);
    expect((await store.list(inbox)).total).toBe(0);
  });
});

describe('a large message', () => {
  const MIB = 1024 * 1024;

  test('is staged in chunks and read in pieces, byte for byte', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const whole = Buffer.from(Uint8Array.from({ length: 9 * MIB }, (_, index) => (index * 7) % 251));
    for (let start = 0; start < whole.length; start += 4 * MIB) {
      await store.stage('large', whole.subarray(start, start + 4 * MIB), fence);
    }
    await store.receive(batch(fence, [message(1, { raw: { stage: 'large' } })]));
    const [row] = (await store.list(inbox)).rows;
    expect(row?.size).toBe(whole.length);
    const id = row?.id ?? 0;
    for (const [offset, length] of [
      [0, 10],
      [4 * MIB - 5, 10],
      [3 * MIB, 5 * MIB + 1],
      [whole.length - 3, 10],
      [whole.length, 10],
    ] as const) {
      const piece = Buffer.from(await store.raw(id, offset, length));
      expect(piece.equals(whole.subarray(offset, offset + length))).toBe(true);
    }
    expect(await store.raw(id + 1, 0, 10)).toHaveLength(0);
  });

  test('that no batch took is thrown away with its lease', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    await store.stage('large', new Uint8Array(10), await harness.lease());
    const fence = await harness.lease();
    const taking = store.receive(batch(fence, [message(1), message(2, { raw: { stage: 'large' } })]));
    await expect(taking).rejects.toThrow('large');
    expect((await store.list(inbox)).total).toBe(0);
    expect(await store.cursor(ACCOUNT, 'INBOX')).toBeUndefined();
  });

  test('that is known already leaves nothing behind', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const first = batch(fence, [message(1)]);
    await store.receive(first);
    await store.stage('large', new Uint8Array(10), fence);
    const again = message(2, { identity: 'identity-1', raw: { stage: 'large' } });
    await store.receive(batch(fence, [again], { expected: first.next }));
    await store.stage('large', new Uint8Array(3), fence);
    const next = batch(fence, [message(3, { raw: { stage: 'large' } })], { expected: { ...first.next, lastUid: 2 } });
    await store.receive(next);
    expect((await store.list(inbox)).rows[0]?.size).toBe(3);
  });

  test('comes in chunks of 4 MiB at most', async () => {
    await using harness = await StoresHarness.open();
    const staging = harness.stores.inbox.stage('large', new Uint8Array(4 * MIB + 1), await harness.lease());
    await expect(staging).rejects.toThrow(RangeError);
  });
});

describe('a message that was set aside', () => {
  test('is forgotten with its UIDVALIDITY', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const first = batch(fence, [message(2)], { setAside: [{ uid: 1, failure }] });
    await store.receive(first);
    await store.receive(
      batch(fence, [], { expected: first.next, next: { ...first.next, uidValidity: 8, lastUid: 0 } }),
    );
    expect(await store.setAside(ACCOUNT, 'INBOX')).toEqual([]);
  });
});
