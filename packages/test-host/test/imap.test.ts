import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { imapClient } from './imapflow.adapter.js';
import { message, RECEPTION, startMailServers } from './mail-servers.js';

describe('a client that reads as the plugin does', () => {
  test('opens INBOX read-only and gets every message byte for byte', async () => {
    await using servers = await startMailServers();
    const sent = [message('one'), message('two'), Buffer.from('From: x\r\n\r\n\0\xff bytes\r\n.\r\n', 'latin1')];
    for (const raw of sent) servers.mailboxes.deliver(RECEPTION, raw);
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    const opened = await client.mailboxOpen('INBOX', { readOnly: true });
    expect(opened).toMatchObject({ exists: 3, uidNext: 4, readOnly: true });
    const fetched = await client.fetchAll('1:*', { uid: true, source: true, internalDate: true }, { uid: true });
    expect(fetched.map(({ uid, source }) => [uid, source])).toEqual(sent.map((raw, index) => [index + 1, raw]));
    expect(fetched[0]?.internalDate).toEqual(new Date(servers.clock.now()));
    await client.logout();
  });

  test('hears of a message that arrives while it waits in IDLE', async () => {
    await using servers = await startMailServers();
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const arrived = once(client, 'exists');
    const idling = client.idle();
    servers.mailboxes.deliver(RECEPTION, message('news'));
    expect(await arrived).toEqual([{ path: 'INBOX', count: 1, prevCount: 0 }]);
    await client.noop();
    await idling;
    await client.logout();
  });
});
