import type { InboxMessage, InboxStore } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { ReadingThread, receiveMail } from '@exact/email-plugin/testing';
import { FakeMailbox, ServerInbox } from './history/fake-mailbox.js';
import { HOSTILE_MAIL } from './hostile/hostile-mail.js';
import { ACCOUNT, StoresHarness } from './stores-harness.js';

const MIB = 1024 * 1024;
const PLAIN = Buffer.from('From: alice@patients.example\r\nSubject: plain\r\n\r\nHello\r\n');
/** Of an index without its texts, as the contract has it. Characters of JSON. */
const INDEX_LIMIT = 128 * 1024;

/** Receives the messages through the real reader into the real store; the Inbox afterwards, oldest first. */
async function received(harness: StoresHarness, mail: readonly Buffer[]): Promise<readonly InboxMessage[]> {
  const server = new ServerInbox();
  for (const [index, raw] of mail.entries()) server.add(raw, index);
  const { inbox, outbox, patients } = harness.stores;
  await using thread = new ReadingThread();
  const outcome = await receiveMail({
    mailbox: new FakeMailbox(server, undefined, MIB),
    thread,
    inbox,
    outbox,
    patients,
    account: ACCOUNT,
    databaseId: 'practice',
    fence: await harness.lease(),
    signal: new AbortController().signal,
    clock: harness.clock,
    onProgress: () => Promise.resolve(),
  });
  expect(outcome).toEqual({ kind: 'complete', added: mail.length });
  const { rows } = await inbox.list({ folder: 'inbox', offset: 0, limit: 500 });
  const messages = await Promise.all(rows.toReversed().map(({ id }) => inbox.read(id)));
  return messages.filter((message) => message !== undefined);
}

async function rawOf(inbox: InboxStore, { id, size }: InboxMessage): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; offset < size; offset += 4 * MIB) pieces.push(await inbox.raw(id, offset, 4 * MIB));
  return Buffer.concat(pieces);
}

describe('a message that nobody means well with', () => {
  test.each(HOSTILE_MAIL)(
    'is in, byte for byte, as far as it can be read, with those behind it: $what',
    async (mail) => {
      await using harness = await StoresHarness.open();
      const raw = Buffer.from(mail.raw(), 'latin1');
      const [hostile, plain] = await received(harness, [raw, PLAIN]);
      if (!hostile) throw new Error('It is not there');
      expect(hostile.index).toMatchObject(mail.index);
      if (mail.lacks) expect(Object.keys(hostile.index)).not.toContain(mail.lacks);
      expect((await rawOf(harness.stores.inbox, hostile)).equals(raw)).toBe(true);
      expect(plain?.index).toMatchObject({ subject: 'plain', text: 'Hello\n' });
      const { text = '', html = '', ...row } = hostile.index;
      expect(JSON.stringify(row).length).toBeLessThan(INDEX_LIMIT);
      expect(Math.max(text.length, html.length)).toBeLessThanOrEqual(MIB);
    },
  );

  test('is not opened: an archive in it has the size that it came with', async () => {
    await using harness = await StoresHarness.open();
    const bomb = HOSTILE_MAIL.find(({ what }) => what.startsWith('an archive'));
    const [message] = await received(harness, [Buffer.from(bomb?.raw() ?? '', 'latin1')]);
    expect(message?.index.attachments[0]?.size).toBeLessThan(message?.size ?? 0);
  });
});
