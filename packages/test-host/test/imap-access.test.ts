import { describe, expect, test } from '@jest/globals';
import { ImapWire } from './imap-wire.js';
import { message, RECEPTION, startMailServers, TOKENS_END } from './mail-servers.js';

const OPENED = /^OK AUTHENTICATE completed\.\r\n$/;
const REFUSED = /^NO AUTHENTICATE failed\.\r\n$/;
const SMTP_ONLY = '|https://outlook.office.com/SMTP.Send';

describe('who may open which mailbox', () => {
  test.each([
    ['a person, the own one', RECEPTION, RECEPTION, OPENED],
    ['a person, in capitals', RECEPTION, 'Reception@BrightSmile.example', OPENED],
    ['somebody with Full Access, a shared one', RECEPTION, 'info@brightsmile.example', OPENED],
    ['somebody without Full Access, a shared one', 'manager@brightsmile.example', 'info@brightsmile.example', REFUSED],
    ['a person, the own one by an alias', 'admin@brightsmile.example', 'frontdesk@brightsmile.example', REFUSED],
    ['an administrator, a colleague’s', 'admin@brightsmile.example', RECEPTION, REFUSED],
    ['another organisation, one of this', 'windows@otherclinic.example', RECEPTION, REFUSED],
    ['anybody, one that there is not', RECEPTION, 'nobody@brightsmile.example', REFUSED],
    ['anybody, a patient’s', RECEPTION, 'alice.thornton@patients.example', REFUSED],
    ['a token that nobody issued', 'nobody', RECEPTION, REFUSED],
    ['a token without the IMAP scope', RECEPTION + SMTP_ONLY, RECEPTION, REFUSED],
  ])('%s', async (_who, person, mailbox, expected) => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    expect(await wire.signIn(mailbox, `token|${person}`)).toMatch(expected);
  });

  test('the access token may come after a continuation, too', async () => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    wire.send('a AUTHENTICATE XOAUTH2\r\n');
    await wire.until(/^\+ \r\n/);
    wire.send(
      `${Buffer.from(`user=${RECEPTION}\u0001auth=Bearer token|${RECEPTION}\u0001\u0001`).toString('base64')}\r\n`,
    );
    expect(await wire.until(/\r\n/)).toBe('a OK AUTHENTICATE completed.\r\n');
  });

  test('a password is refused, by LOGIN and by PLAIN', async () => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    expect(await wire.command(`LOGIN ${RECEPTION} Smile-2026`)).toMatch(/^NO LOGIN failed\./);
    expect(await wire.command('AUTHENTICATE PLAIN AHJlY2VwdGlvbgBTbWlsZS0yMDI2')).toMatch(REFUSED);
  });

  test('an account without a mailbox signs in, and then nothing opens', async () => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    const unlicensed = 'unlicensed@brightsmile.example';
    expect(await wire.signIn(unlicensed, `token|${unlicensed}`)).toMatch(OPENED);
    expect(await wire.command('SELECT INBOX')).toBe('BAD User is authenticated but not connected.\r\n');
    expect(await wire.command('LOGOUT')).toMatch(/OK LOGOUT completed/);
  });
});

describe('an access token that ends while the connection is open', () => {
  test.each([
    ['waits in IDLE', 'a IDLE\r\n'],
    ['sends a command', 'a NOOP\r\n'],
  ])('disconnects a client that %s', async (_what, data) => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    await wire.signIn(RECEPTION, `token|${RECEPTION}`);
    wire.send(data);
    await wire.until(/^(\+|a) .*\r\n/);
    servers.clock.time = TOKENS_END;
    if (data.includes('IDLE')) await servers.imap.endExpiredSessions();
    else wire.send('b NOOP\r\n');
    expect(await wire.ended()).toBe('* BYE Session invalidated - AccessTokenExpired\r\n');
  });
});

describe('what an administrator or Microsoft may do', () => {
  test('IMAP that is switched off looks as if there were no mailbox', async () => {
    await using servers = await startMailServers();
    servers.situations.set(RECEPTION, { imapOff: true });
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    expect(await wire.signIn(RECEPTION, `token|${RECEPTION}`)).toMatch(OPENED);
    expect(await wire.command('NAMESPACE')).toBe('BAD User is authenticated but not connected.\r\n');
  });

  test('a throttled client is told how long to wait, and disconnected', async () => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    await wire.signIn(RECEPTION, `token|${RECEPTION}`);
    servers.situations.setForEveryone({ throttledMs: 89_117 });
    const words = 'BAD Request is throttled. Suggested Backoff Time: 89117 milliseconds\r\n';
    expect(await wire.command('SELECT INBOX')).toBe(words);
    expect(await wire.ended()).toBe('* BYE Connection closed. 14\r\n');
  });

  test('a message that Exchange can’t convert is left out of FETCH, and no other', async () => {
    await using servers = await startMailServers();
    for (const subject of ['one', 'two']) servers.mailboxes.deliver(RECEPTION, message(subject));
    servers.situations.set(RECEPTION, { withheldUids: [1] });
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    await wire.signIn(RECEPTION, `token|${RECEPTION}`);
    await wire.command('EXAMINE INBOX');
    const replies = await wire.command('UID FETCH 1:2 (UID BODY.PEEK[])');
    expect(replies).toMatch(/^\* 2 FETCH \(UID 2 /);
    expect(replies).not.toMatch(/^\* 1 FETCH/m);
  });

  test('nothing can be stored in a full mailbox', async () => {
    await using servers = await startMailServers();
    servers.situations.set(RECEPTION, { mailboxFull: true });
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    await wire.signIn(RECEPTION, `token|${RECEPTION}`);
    expect(await wire.command('APPEND Drafts {4+}\r\na\r\n\r')).toMatch(/^NO \[OVERQUOTA\]/);
  });
});

describe('a client that talks nonsense', () => {
  test.each([
    ['an unknown command', 'FROBNICATE', /^BAD Command Error\. 12\r\n$/],
    ['no command', '', /^BAD Command Error\. 12\r\n$/],
    ['a bad sequence set', 'UID FETCH 0:x FLAGS', /^BAD Command Argument Error\. 11\r\n$/],
    ['an unknown data item', 'FETCH 1 (NONSENSE)', /^BAD Command Argument Error\. 11\r\n$/],
    ['a section that can’t be', 'FETCH 1 BODY[HEADER.FIELDS]', /^BAD Command Argument Error\. 11\r\n$/],
    ['missing arguments', 'STORE 1', /^BAD Command Argument Error\. 11\r\n$/],
    ['too many arguments', 'NOOP now', /^BAD Command Argument Error\. 11\r\n$/],
    ['an unknown search key', 'SEARCH COLOUR blue', /^BAD Command Argument Error\. 11\r\n$/],
    ['a search for nothing', 'SEARCH', /^BAD Command Argument Error\. 11\r\n$/],
    ['unfinished parentheses', 'FETCH 1 (FLAGS', /^BAD Command Error\. 12\r\n$/],
    ['an unfinished string', 'EXAMINE "INBOX', /^BAD Command Error\. 12\r\n$/],
    ['parentheses without end', `FETCH 1 ${'('.repeat(5_000)}`, /^BAD Command Error\. 12\r\n$/],
    ['a NUL', 'EXAMINE \0', /^BAD Command Error\. 12\r\n$/],
    ['a second sign-in', 'AUTHENTICATE XOAUTH2 x', /^BAD Command received in Invalid state\.\r\n$/],
    ['a folder that there is not', 'EXAMINE Nowhere', /^NO Nowhere doesn't exist\.\r\n$/],
  ])('%s is answered, and the connection goes on', async (_what, text, expected) => {
    await using servers = await startMailServers();
    servers.mailboxes.deliver(RECEPTION, message('one'));
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    await wire.signIn(RECEPTION, `token|${RECEPTION}`);
    await wire.command('SELECT INBOX');
    expect(await wire.command(text)).toMatch(expected);
    expect(await wire.command('NOOP')).toMatch(/OK NOOP completed/);
  });

  test('a command of somebody who has not signed in is refused', async () => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    expect(await wire.command('SELECT INBOX')).toBe('BAD Command received in Invalid state.\r\n');
  });

  test.each([
    ['a line without end', `a ${'x'.repeat(70_000)}`],
    ['a literal that is too large for a stranger', 'a LOGIN {9000+}\r\n'],
    ['nothing but bad commands', 'a b\r\n'.repeat(30)],
  ])('%s ends the connection', async (_what, data) => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    wire.send(data);
    expect(await wire.ended()).toMatch(/\* BYE Connection closed\. 14\r\n$/);
  });

  test('a literal that is too large is not even asked for', async () => {
    await using servers = await startMailServers();
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    expect(await wire.command('LOGIN {9000}')).toMatch(/^BAD /);
    expect(await wire.command('NOOP')).toMatch(/^OK /);
  });

  test('random bytes never stop the server', async () => {
    await using servers = await startMailServers();
    for (let seed = 0; seed < 20; seed += 1) {
      await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
      wire.send(Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 7919 + seed * 104_729) % 256)));
    }
    await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
    expect(await wire.signIn(RECEPTION, `token|${RECEPTION}`)).toMatch(OPENED);
  });
});
