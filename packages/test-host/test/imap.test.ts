import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { ImapWire } from './imap-wire.js';
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

  test('is refused as by Exchange, without a challenge, and knows that it is about the sign-in', async () => {
    await using servers = await startMailServers();
    const client = imapClient({ ...servers.login('imap', RECEPTION), accessToken: 'stale' });
    await expect(client.connect()).rejects.toMatchObject({
      authenticationFailed: true,
      responseStatus: 'NO',
      responseText: 'AUTHENTICATE failed.',
    });
  });

  test('tells an account without a mailbox by Exchange’s own words from a refused sign-in', async () => {
    await using servers = await startMailServers();
    const client = imapClient(servers.login('imap', 'unlicensed@brightsmile.example'));
    await expect(client.connect()).rejects.toMatchObject({ response: 'User is authenticated but not connected.' });
  });

  test('sees the capabilities of Exchange Online and no others', async () => {
    await using servers = await startMailServers();
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    const offered =
      'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';
    expect([...client.capabilities.keys()]).toEqual(offered.split(' '));
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

  test('fetches a large message in pieces that make the whole', async () => {
    await using servers = await startMailServers();
    const raw = Buffer.concat([message('large'), Buffer.alloc(3_000_000, 'x'), Buffer.from('\r\n')]);
    servers.mailboxes.deliver(RECEPTION, raw);
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const { content } = await client.download('1', undefined, { uid: true, chunkSize: 1_000_000 });
    const pieces: Buffer[] = [];
    for await (const piece of content ?? []) pieces.push(piece as Buffer);
    expect(Buffer.concat(pieces).equals(raw)).toBe(true);
    await client.logout();
  });

  test.each([
    ['a Message-ID', { header: { 'message-id': '<two@test>' } }, [2]],
    ['a subject', { subject: 'THREE' }, [3]],
    ['a sender', { from: 'alice' }, [1, 2, 3]],
    ['a day', { since: new Date('2026-11-23T00:00:00Z') }, [2, 3]],
    ['UIDs', { uid: '2:*' }, [2, 3]],
    ['one thing or another, but not a third', { or: [{ uid: '1' }, { body: 'two' }], not: { uid: '3' } }, [1, 2]],
  ])('finds messages by %s', async (_by, query, found) => {
    await using servers = await startMailServers();
    servers.mailboxes.deliver(RECEPTION, message('one'), { internalDate: Date.parse('2026-11-22T23:59:59Z') });
    servers.mailboxes.deliver(RECEPTION, message('two'));
    servers.mailboxes.deliver(RECEPTION, message('three'));
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    expect(await client.search(query, { uid: true })).toEqual(found);
    await client.logout();
  });

  test('learns the parts and the envelope of a message', async () => {
    await using servers = await startMailServers();
    const parts =
      '--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>html</p>\r\n--b--\r\n';
    const raw = `${message('parts').toString().split('\r\n\r\n')[0] ?? ''}\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n${parts}`;
    servers.mailboxes.deliver(RECEPTION, Buffer.from(raw));
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const fetched = await client.fetchOne(
      '1',
      { envelope: true, bodyStructure: true, bodyParts: ['2'] },
      { uid: true },
    );
    expect(fetched).toMatchObject({
      envelope: { subject: 'parts', messageId: '<parts@test>', to: [{ address: RECEPTION }] },
      bodyStructure: { type: 'multipart/alternative', childNodes: [{ type: 'text/plain' }, { type: 'text/html' }] },
    });
    expect(fetched && fetched.bodyParts?.get('2')?.toString()).toBe('<p>html</p>');
    await client.logout();
  });

  test('is known to have used nothing but EXAMINE and PEEK', async () => {
    await using servers = await startMailServers();
    servers.mailboxes.deliver(RECEPTION, message('one'));
    const commands: string[] = [];
    servers.imap.onDidReceiveCommand(({ text }) => commands.push(text));
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    await client.fetchOne('1', { source: true }, { uid: true });
    await client.logout();
    expect(commands).toContain('EXAMINE INBOX');
    expect(commands).toContain('UID FETCH 1 (BODY.PEEK[] UID)');
    expect(commands.join('\n')).not.toContain('token|');
    expect([...(servers.mailboxes.messages(RECEPTION)[0]?.flags ?? [])]).toEqual([]);
  });

  test('is disconnected when the folder is numbered anew, and finds the new UIDVALIDITY when it comes back', async () => {
    await using servers = await startMailServers();
    for (const subject of ['one', 'two', 'three']) servers.mailboxes.deliver(RECEPTION, message(subject));
    servers.mailboxes.move(RECEPTION, 1, 'INBOX', 'Deleted Items');
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    const before = await client.mailboxOpen('INBOX', { readOnly: true });
    const closed = once(client, 'close');
    servers.mailboxes.renewUidValidity(RECEPTION);
    await client.noop().catch(() => undefined);
    await closed;
    const again = imapClient(servers.login('imap', RECEPTION));
    await again.connect();
    const after = await again.mailboxOpen('INBOX', { readOnly: true });
    expect(after.uidValidity).toBeGreaterThan(before.uidValidity);
    expect(after).toMatchObject({ exists: 2, uidNext: 3 });
    await again.logout();
  });
});

describe('a client that changes the mailbox', () => {
  test('flags, copies, moves, appends and removes messages', async () => {
    await using servers = await startMailServers();
    for (const subject of ['one', 'two', 'three']) servers.mailboxes.deliver(RECEPTION, message(subject));
    const client = imapClient(servers.login('imap', RECEPTION));
    await client.connect();
    await client.mailboxOpen('INBOX');
    await client.messageFlagsAdd('1', ['\\Seen'], { uid: true });
    await client.messageCopy('1', 'Drafts', { uid: true });
    const moved = await client.messageMove('2', 'Deleted Items', { uid: true });
    expect(moved && [...(moved.uidMap ?? [])]).toEqual([[2, 1]]);
    await client.messageDelete('3', { uid: true });
    await client.append('Drafts', message('draft'), ['\\Draft'], new Date('2026-01-02T03:04:05Z'));
    await client.logout();
    const uids = (folder: 'INBOX' | 'Drafts' | 'Deleted Items') =>
      servers.mailboxes.messages(RECEPTION, folder).map(({ uid, flags }) => [uid, ...flags]);
    expect(uids('INBOX')).toEqual([[1, '\\Seen']]);
    expect(uids('Drafts')).toEqual([
      [1, '\\Seen'],
      [2, '\\Draft'],
    ]);
    expect(uids('Deleted Items')).toEqual([[1]]);
    expect(servers.mailboxes.messages(RECEPTION, 'Drafts')[1]?.internalDate).toBe(Date.parse('2026-01-02T03:04:05Z'));
  });

  test('marks as read what it fetches without PEEK, unless it opened the folder read-only', async () => {
    await using servers = await startMailServers();
    servers.mailboxes.deliver(RECEPTION, message('one'));
    const seen = () => servers.mailboxes.messages(RECEPTION)[0]?.flags.has('\\Seen');
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    await wire.signIn(RECEPTION, `token|${RECEPTION}`);
    await wire.command('EXAMINE INBOX');
    await wire.command('FETCH 1 BODY[]');
    expect(seen()).toBe(false);
    await wire.command('SELECT INBOX');
    expect(await wire.command('FETCH 1 BODY[TEXT]<0.3>')).toContain(
      '* 1 FETCH (BODY[TEXT]<0> {3}\r\none FLAGS (\\Seen))',
    );
    expect(seen()).toBe(true);
  });
});
