import { describe, expect, test } from '@jest/globals';
import { generateMailbox } from '../src/microsoft365/sample-mail/generate-mailbox.js';
import { connectMailbox, resetMailboxCounter } from '../test/set-up-walk.js';
import { brokenMail } from './support/broken-mail.js';
import { DovecotPractice } from './support/dovecot-practice.js';
import { digestsOf, storedCursor, storedDigests, untilReceived } from './support/stored-mail.js';

const START = Date.UTC(2026, 0, 5, 8);
const FIRST = 2000;
const MORE = 100;
const MOVED = 50;

describe('receiving from Dovecot', () => {
  test('brings in 2,000 messages byte for byte, then 100 more and broken ones, and changes nothing at the server', async () => {
    await using practice = await DovecotPractice.open();
    await using testHost = await practice.start();
    const { inbox } = practice.dovecot;
    const messages = [...generateMailbox({ seed: 2000, count: FIRST + MORE, start: START }), ...brokenMail(START)];
    await inbox.deliver(messages.slice(0, FIRST));

    await connectMailbox(testHost);
    await untilReceived(testHost, FIRST);
    expect(await storedDigests(testHost)).toEqual(digestsOf(messages.slice(0, FIRST)));

    await inbox.deliver(messages.slice(FIRST));
    await testHost.host.runCommand({ command: 'email.send-receive' });
    await untilReceived(testHost, messages.length);
    expect(await storedDigests(testHost)).toEqual(digestsOf(messages));
    expect(await inbox.state()).toEqual({ messages: messages.length, flags: [] });
  }, 600_000);

  test('survives kills, a reset, other numbers and a move out of INBOX and back: none lost, none double', async () => {
    await using practice = await DovecotPractice.open();
    const { inbox } = practice.dovecot;
    const messages = [...generateMailbox({ seed: 3000, count: FIRST + 3, start: START })];
    // Each later one has the highest UID: when it is there, all before it has been gone through again.
    const later = messages.slice(FIRST);
    let uidValidity: number | undefined;
    {
      await using testHost = await practice.start();
      await connectMailbox(testHost);
    }
    await inbox.deliver(messages.slice(0, FIRST));
    for (const count of [200, 700, 1200]) {
      expect(await practice.receiveUntilKilled(count)).toBeLessThan(FIRST);
    }
    {
      await using testHost = await practice.start();
      await untilReceived(testHost, FIRST);
      expect(await storedDigests(testHost)).toEqual(digestsOf(messages.slice(0, FIRST)));

      const { rows } = await testHost.host.inbox.list({ folder: 'inbox', offset: 0, limit: 10 });
      const deleted = rows.map(({ id }) => id);
      await testHost.host.inbox.move(deleted, 'deleted');
      await inbox.deliver(later.slice(0, 1));
      await resetMailboxCounter(testHost);
      await untilReceived(testHost, FIRST + 1 - deleted.length);
      const again = await testHost.host.inbox.list({ folder: 'deleted', offset: 0, limit: 500 });
      expect(again.rows.map(({ id }) => id)).toEqual(deleted);
      expect(await storedDigests(testHost, ['inbox', 'deleted'])).toEqual(digestsOf(messages.slice(0, FIRST + 1)));
      await testHost.host.inbox.move(deleted, 'inbox');
      uidValidity = (await storedCursor(testHost))?.uidValidity;
    }
    await inbox.renumber();
    await inbox.deliver(later.slice(1, 2));
    {
      await using testHost = await practice.start();
      await untilReceived(testHost, FIRST + 2);
      expect(await storedDigests(testHost)).toEqual(digestsOf(messages.slice(0, FIRST + 2)));
      expect((await storedCursor(testHost))?.uidValidity).not.toBe(uidValidity);

      await practice.withOtherClient(testHost, async (client) => {
        await client.mailboxCreate('Archive');
        await client.mailboxOpen('INBOX');
        await client.messageMove(`1:${MOVED}`, 'Archive');
        await client.mailboxOpen('Archive');
        await client.messageMove(`1:${MOVED}`, 'INBOX');
      });
      await inbox.deliver(later.slice(2));
      await untilReceived(testHost, FIRST + 3);
      expect(await storedDigests(testHost)).toEqual(digestsOf(messages));
      expect((await storedCursor(testHost))?.lastUid).toBe(FIRST + 2 + MOVED + 1);
    }
  }, 600_000);
});
