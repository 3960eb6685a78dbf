import { expectData } from './expect.js';
import type { InboxStoreHost } from './inbox-store.js';
import { batch, everyByte, message, onlyRow, receive, rowsOf, utf8 } from './samples.js';
import type { HostPromises } from './suite.js';

/** The largest chunk that a stage takes. */
const CHUNK = 4 * 1024 * 1024;

const LETTER = 'A letter that others write over.';

/** Not at the beginning of it. */
function inSharedMemory(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length + 2), 1, bytes.length);
  shared.set(bytes);
  return shared;
}

export const BYTES: HostPromises<InboxStoreHost> = {
  'a raw message comes back byte for byte': async ({ inbox, grantLease }) => {
    const bytes = everyByte();
    await receive(inbox, batch(await grantLease(), [message(1, { raw: { bytes } })]));
    const { id, size } = await onlyRow(inbox);
    expectData('Its size', size, bytes.length);
    expectData('Its bytes', await inbox.raw(id, 0, bytes.length), bytes);
  },

  'a raw message may lie in shared memory, which others use again afterwards': async ({ inbox, grantLease }) => {
    const bytes = utf8(LETTER);
    const shared = inSharedMemory(bytes);
    await receive(inbox, batch(await grantLease(), [message(1, { raw: { bytes: shared } })]));
    shared.fill(0);
    const { id } = await onlyRow(inbox);
    expectData('Its bytes', await inbox.raw(id, 0, bytes.length), bytes);
  },

  'the texts of a message may lie in shared memory, which others use again afterwards': async ({
    inbox,
    grantLease,
  }) => {
    const shared = inSharedMemory(utf8(LETTER));
    await receive(inbox, batch(await grantLease(), [message(1, { texts: { text: shared } })]));
    shared.fill(0);
    const { id } = await onlyRow(inbox);
    expectData('Its text', (await inbox.read(id))?.index.text, LETTER);
  },

  'a raw message is read in pieces, shorter at its end and empty behind it': async ({ inbox, grantLease }) => {
    const bytes = utf8('0123456789'.repeat(52));
    await receive(inbox, batch(await grantLease(), [message(1, { raw: { bytes } })]));
    const { id } = await onlyRow(inbox);
    expectData('A piece in the middle', await inbox.raw(id, 100, 50), bytes.subarray(100, 150));
    expectData('A piece over its end', await inbox.raw(id, 500, 50), bytes.subarray(500));
    expectData('A piece behind its end', await inbox.raw(id, 520, 50), new Uint8Array());
    expectData('A piece of no message', await inbox.raw(id + 1, 0, 50), new Uint8Array());
  },

  'a large raw message, staged in chunks of any size up to 4 MiB, comes back byte for byte': async ({
    inbox,
    grantLease,
  }) => {
    const fence = await grantLease();
    const bytes = everyByte(CHUNK + 1003);
    const seams = [0, 1, 3, 1003, bytes.length];
    for (const [index, start] of seams.slice(0, -1).entries()) {
      const chunk = bytes.subarray(start, seams[index + 1]);
      expectData('The outcome of a chunk', await inbox.stage('large', chunk, fence), { kind: 'done' });
    }
    await receive(inbox, batch(fence, [message(1, { raw: { stage: 'large' } })]));
    const { id, size } = await onlyRow(inbox);
    expectData('Its size', size, bytes.length);
    expectData('Its bytes', await inbox.raw(id, 0, bytes.length), bytes);
    expectData('A piece over the seams', await inbox.raw(id, 2, 1010), bytes.subarray(2, 1012));
  },

  'two stages at once do not mix': async ({ inbox, inboxElsewhere, grantLease }) => {
    const fence = await grantLease();
    for (const byte of [1, 2, 3]) {
      const [one, two] = [Uint8Array.of(byte), Uint8Array.of(10 * byte)];
      await Promise.all([inbox.stage('one', one, fence), inboxElsewhere.stage('two', two, fence)]);
    }
    const raws = [message(1, { raw: { stage: 'one' } }), message(2, { raw: { stage: 'two' } })];
    await receive(inbox, batch(fence, raws));
    const [newer, older] = await rowsOf(inbox);
    expectData('The one', await inbox.raw(older?.id ?? 0, 0, 10), Uint8Array.of(1, 2, 3));
    expectData('The other', await inbox.raw(newer?.id ?? 0, 0, 10), Uint8Array.of(10, 20, 30));
  },

  'a chunk whose fence is stale is refused': async ({ inbox, grantLease }) => {
    const fence = await grantLease();
    await grantLease();
    const outcome = await inbox.stage('large', everyByte(), fence);
    expectData('The outcome', outcome, { kind: 'refused', reason: 'stale-fence' });
  },

  'a stage that no batch took is thrown away with its lease': async ({ inbox, grantLease }) => {
    await inbox.stage('large', Uint8Array.of(1, 2, 3), await grantLease());
    const fence = await grantLease();
    await inbox.stage('large', Uint8Array.of(4), fence);
    await receive(inbox, batch(fence, [message(1, { raw: { stage: 'large' } })]));
    const { id } = await onlyRow(inbox);
    expectData('Its bytes', await inbox.raw(id, 0, 10), Uint8Array.of(4));
  },
};
