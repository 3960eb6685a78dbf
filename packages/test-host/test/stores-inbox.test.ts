import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, batch, failure, message, StoresHarness } from './stores-harness.js';

const alice = { id: 'patient-1', name: 'Alice' };
const bob = { id: 'patient-2', name: 'Bob' };
const inbox = { folder: 'inbox', offset: 0, limit: 100 } as const;

describe('received mail', () => {
  test('is there with its bytes, its index and its cursor', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const outcome = await store.receive(batch(fence, [message(1), message(2)]));
    expect(outcome).toEqual({ kind: 'stored', added: 2, known: 0 });
    expect(await store.cursor(ACCOUNT, 'INBOX')).toEqual({ ...batch(fence, [message(2)]).next });
    const { rows, total } = await store.list(inbox);
    expect(total).toBe(2);
    expect(rows.map(({ index }) => index.subject)).toEqual(['Message 2', 'Message 1']);
    const id = rows[0]?.id ?? 0;
    expect(await store.read(id)).toMatchObject({ index: { text: 'Body 2' }, read: false, folder: 'inbox' });
    expect(Buffer.from(await store.raw(id, 0, 1000)).toString()).toBe('Subject: Message 2\r\n\r\nBody 2\r\n');
  });

  test('is refused whole when another batch moved the cursor meanwhile', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const outcomes = await Promise.all([
      store.receive(batch(fence, [message(1)])),
      store.receive(batch(fence, [message(2)])),
    ]);
    expect(outcomes).toEqual([
      { kind: 'stored', added: 1, known: 0 },
      { kind: 'refused', reason: 'stale-cursor', cursor: batch(fence, [message(1)]).next },
    ]);
    expect((await store.list(inbox)).total).toBe(1);
  });

  test('is refused whole when somebody else has the lease meanwhile', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    await harness.lease();
    expect(await store.receive(batch(fence, [message(1)]))).toEqual({ kind: 'refused', reason: 'stale-fence' });
    expect(await store.stage('large', new Uint8Array(1), fence)).toEqual({ kind: 'refused', reason: 'stale-fence' });
    expect(await store.cursor(ACCOUNT, 'INBOX')).toBeUndefined();
    expect((await store.list(inbox)).total).toBe(0);
  });

  test('never appears twice, also from another account, and what was deleted stays deleted', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    await store.receive(batch(fence, [message(1), message(2)]));
    const [newest] = (await store.list(inbox)).rows;
    await store.move([newest?.id ?? 0], 'deleted');
    const other = { account: 'other', mailbox: 'INBOX', uidValidity: 1, lastUid: 9 };
    const again = [message(8, { identity: 'identity-1' }), message(9, { identity: 'identity-2' })];
    const outcome = await store.receive(batch(fence, again, { account: 'other', next: other }));
    expect(outcome).toEqual({ kind: 'stored', added: 0, known: 2 });
    expect((await store.list(inbox)).total).toBe(1);
    expect((await store.list({ ...inbox, folder: 'deleted' })).rows).toMatchObject([
      { index: { subject: 'Message 2' } },
    ]);
    expect(await store.countKnown(['<1@patients.example>', '<2@patients.example>', '<3@patients.example>'])).toBe(2);
  });

  test('may hold two messages of one Message-ID', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const { index } = message(1);
    await store.receive(batch(fence, [message(1), message(2, { index })]));
    expect((await store.list(inbox)).total).toBe(2);
    expect(await store.countKnown([index.messageId ?? ''])).toBe(1);
  });

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

  test('tells its listeners after it is stored', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const changed = Promise.withResolvers<number>();
    store.onDidChange(() => {
      void store.list(inbox).then(({ total }) => {
        changed.resolve(total);
      });
    });
    await store.receive(batch(fence, [message(1)]));
    expect(await changed.promise).toBe(1);
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
  test('is reported until a batch brings it', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store } = harness.stores;
    const fence = await harness.lease();
    const first = batch(fence, [message(2)], { setAside: [{ uid: 1, failure }] });
    await store.receive(first);
    expect(await store.setAside(ACCOUNT, 'INBOX')).toEqual([{ uid: 1, failure }]);
    await store.receive(batch(fence, [message(1)], { expected: first.next, next: first.next }));
    expect(await store.setAside(ACCOUNT, 'INBOX')).toEqual([]);
  });

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

describe('a patient', () => {
  test('who alone has the sender’s address is linked', async () => {
    await using harness = await StoresHarness.open();
    await harness.stores.inbox.receive(batch(await harness.lease(), [message(1, { patients: [alice] })]));
    expect((await harness.stores.inbox.list(inbox)).rows).toMatchObject([{ patient: alice, suggested: [] }]);
  });

  test('who shares it is suggested until a person chooses; the choice comes first the next time', async () => {
    await using harness = await StoresHarness.open();
    const { inbox: store, patients } = harness.stores;
    await patients.seed([
      { ...alice, address: 'alice@patients.example' },
      { ...bob, address: 'alice@patients.example' },
    ]);
    expect(await patients.findByAddresses(['ALICE@patients.example', 'x@y.example'])).toEqual([[alice, bob], []]);
    await store.receive(batch(await harness.lease(), [message(1, { patients: [alice, bob] })]));
    const [row] = (await store.list(inbox)).rows;
    expect(row).toMatchObject({ suggested: [alice, bob] });
    expect(row?.patient).toBeUndefined();
    await store.link(row?.id ?? 0, bob);
    expect((await store.list(inbox)).rows).toMatchObject([{ patient: bob, suggested: [] }]);
    expect(await patients.findByAddresses(['alice@patients.example'])).toEqual([[bob, alice]]);
    await store.link(row?.id ?? 0, undefined);
    expect((await store.list(inbox)).rows).toMatchObject([{ suggested: [alice, bob] }]);
  });
});

test('what was read stays read, and what was moved can be moved back', async () => {
  await using harness = await StoresHarness.open();
  const { inbox: store } = harness.stores;
  await store.receive(batch(await harness.lease(), [message(1)]));
  const id = (await store.list(inbox)).rows[0]?.id ?? 0;
  await store.markRead(id, true);
  await store.move([id], 'deleted');
  await store.move([id], 'inbox');
  expect((await store.list(inbox)).rows).toMatchObject([{ id, read: true, folder: 'inbox' }]);
});
