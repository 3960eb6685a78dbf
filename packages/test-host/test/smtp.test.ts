import { describe, expect, test } from '@jest/globals';
import { ImapWire } from './imap-wire.js';
import { ALICE, message, RECEPTION, startMailServers, type MailServers } from './mail-servers.js';
import { submit } from './nodemailer.adapter.js';

const INFO = 'info@brightsmile.example';
const ADMIN = 'admin@brightsmile.example';

interface Sending {
  /** Who signed in. */
  readonly person: string;
  /** SASL user name. */
  readonly user: string;
  /** MAIL FROM. */
  readonly from: string;
  /** The From line. */
  readonly header: string;
  readonly to: readonly string[];
  readonly subject: string;
}

/** Submits a message and gives the reply, also that of a refusal. */
async function send(servers: MailServers, options: Partial<Sending> = {}): Promise<string> {
  const { person = RECEPTION, from = RECEPTION, to = [ALICE], subject = 'reminder' } = options;
  const { user = person, header = from } = options;
  const raw = message(subject, header, to[0]).toString();
  try {
    return await submit(servers.login('smtp', person, user), { from, to, raw });
  } catch (error) {
    const { response } = error as { readonly response?: string };
    if (response === undefined) throw error;
    return response;
  }
}

function texts(servers: MailServers, address: string, folder: 'INBOX' | 'Sent Items' = 'INBOX'): readonly string[] {
  return servers.mailboxes.messages(address, folder).map((each) => Buffer.from(each.raw()).toString());
}

describe('a message that the practice sends', () => {
  test('arrives at the patient, and its copy lies in Sent Items byte for byte', async () => {
    await using servers = await startMailServers();
    expect(await send(servers)).toMatch(/^250 2\.0\.0 OK <reminder@test> \[Hostname=/);
    expect(texts(servers, RECEPTION, 'Sent Items')).toEqual([message('reminder', RECEPTION, ALICE).toString()]);
    expect(texts(servers, ALICE)).toEqual([expect.stringMatching(/^Received: [^]*\r\nFrom: reception@/)]);
  });

  test('gets a Message-ID when it has none', async () => {
    await using servers = await startMailServers();
    const raw = `From: ${RECEPTION}\r\n\r\nHello\r\n`;
    await submit(servers.login('smtp', RECEPTION), { from: RECEPTION, to: [ALICE], raw });
    expect(texts(servers, RECEPTION, 'Sent Items')).toEqual([expect.stringMatching(/^Message-ID: <.+>\r\nFrom: /)]);
  });

  test('comes once to a mailbox that is reached by two of its addresses', async () => {
    await using servers = await startMailServers();
    await send(servers, { to: [ADMIN, 'frontdesk@brightsmile.example'] });
    expect(texts(servers, ADMIN)).toHaveLength(1);
  });

  test('from a shared mailbox leaves its copy with the person who sent it', async () => {
    await using servers = await startMailServers();
    expect(await send(servers, { from: INFO })).toMatch(/^250 /);
    expect(texts(servers, RECEPTION, 'Sent Items')).toHaveLength(1);
    expect(texts(servers, INFO, 'Sent Items')).toHaveLength(0);
  });

  test('keeps lines that begin with a dot, and bytes that are no text', async () => {
    await using servers = await startMailServers();
    const raw = `${message('dots', RECEPTION, ALICE).toString()}.\r\n..\r\n.x\r\né\r\n`;
    await submit(servers.login('smtp', RECEPTION), { from: RECEPTION, to: [ALICE], raw });
    expect(texts(servers, RECEPTION, 'Sent Items')).toEqual([raw]);
  });
});

describe('who may send as whom', () => {
  test.each([
    ['a person as themselves', {}, /^250 /],
    ['a person as an own alias', { person: ADMIN, from: 'frontdesk@brightsmile.example' }, /^250 /],
    ['somebody with Send As', { from: INFO }, /^250 /],
    ['somebody with Full Access only', { from: 'accounts@brightsmile.example' }, /^550 5\.7\.60 /],
    ['a person as a colleague', { from: 'manager@brightsmile.example' }, /^550 5\.7\.60 /],
    ['a person as somebody outside', { from: 'x@elsewhere.example' }, /^550 5\.7\.60 /],
    ['a person who writes another’s name into From', { header: ADMIN }, /^550 5\.7\.60 /],
    ['an alias as user name', { person: ADMIN, user: 'frontdesk@brightsmile.example' }, /^535 5\.7\.3 /],
    ['a shared mailbox as user name', { user: INFO, from: INFO }, /^535 5\.7\.3 /],
    ['an account without a mailbox', { person: 'unlicensed@brightsmile.example' }, /^535 5\.7\.3 /],
    ['a token without the SMTP scope', { person: `${RECEPTION}|IMAP`, user: RECEPTION }, /^535 5\.7\.3 /],
  ])('%s', async (_who, options, expected) => {
    await using servers = await startMailServers();
    expect(await send(servers, options)).toMatch(expected);
    const refused = expected.source.startsWith('^5');
    expect(texts(servers, ALICE)).toHaveLength(refused ? 0 : 1);
  });

  test.each([
    ['for the organisation', 'tenant', /^535 5\.7\.139 .*SmtpClientAuthentication is disabled for the Tenant\./],
    ['for the mailbox', 'mailbox', /^535 5\.7\.139 .*SmtpClientAuthentication is disabled for the Mailbox\./],
  ] as const)('nobody, when sending is switched off %s', async (_for, smtpAuthOff, expected) => {
    await using servers = await startMailServers();
    servers.situations.set(RECEPTION, { smtpAuthOff });
    expect(await send(servers)).toMatch(expected);
  });
});

describe('recipients', () => {
  test('a refused one is named, and the others get the message', async () => {
    await using servers = await startMailServers();
    servers.situations.refuseRecipient('hanako.yamada@patients.example');
    expect(await send(servers, { to: [ALICE, 'hanako.yamada@patients.example'] })).toMatch(/^250 /);
    expect(texts(servers, ALICE)).toHaveLength(1);
    expect(await send(servers, { to: ['hanako.yamada@patients.example'] })).toMatch(/^550 5\.4\.1 /);
  });

  test.each([
    ['that does not exist', 'nobody@patients.example', '5.1.10'],
    ['whose mailbox is full', ALICE, '5.2.2'],
  ])('one %s is accepted, and reported back to the sender', async (_what, recipient, status) => {
    await using servers = await startMailServers();
    servers.situations.set(ALICE, { mailboxFull: true });
    expect(await send(servers, { to: [recipient] })).toMatch(/^250 /);
    const [report = ''] = texts(servers, RECEPTION);
    expect(report).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status;\r$/m);
    expect(report).toContain(`Final-Recipient: rfc822;${recipient}\r\nAction: failed\r\nStatus: ${status}\r\n`);
    expect(report).toContain('In-Reply-To: <reminder@test>\r\n');
    expect(texts(servers, ALICE)).toHaveLength(0);
  });

  test('of other organisations get nothing, since nothing leaves this machine', async () => {
    await using servers = await startMailServers();
    const submitted: unknown[] = [];
    servers.smtp.onDidSubmit(({ outcome }) => submitted.push(outcome?.results));
    await send(servers, { to: ['somebody@elsewhere.example'] });
    expect(submitted).toEqual([[{ kind: 'outside', recipient: 'somebody@elsewhere.example' }]]);
    expect(texts(servers, RECEPTION)).toHaveLength(0);
  });
});

describe('limits', () => {
  test('more messages a minute than allowed are delayed until the minute is over', async () => {
    const delays: number[] = [];
    await using servers = await startMailServers({
      limits: { messagesPerMinute: 2 },
      sleep: (milliseconds) => {
        delays.push(milliseconds);
        servers.clock.time += milliseconds;
        return Promise.resolve();
      },
    });
    for (const subject of ['one', 'two', 'three', 'four', 'five']) {
      expect(await send(servers, { subject })).toMatch(/^250 /);
    }
    expect(delays).toEqual([60_000, 60_000]);
  });

  test('more recipients in a day than allowed are refused, and the next day they are not', async () => {
    await using servers = await startMailServers({ limits: { recipientsPerDay: 1 } });
    expect(await send(servers)).toMatch(/^250 /);
    expect(await send(servers)).toMatch(/^554 5\.2\.0 .*SubmissionQuotaExceededException/);
    servers.clock.time += 24 * 60 * 60 * 1000;
    expect(await send(servers)).toMatch(/^250 /);
  });

  test('more recipients of one message than allowed are refused one by one', async () => {
    await using servers = await startMailServers({ limits: { recipientsPerMessage: 1 } });
    const outcomes: (readonly string[])[] = [];
    servers.smtp.onDidSubmit(({ recipients }) => outcomes.push(recipients));
    await send(servers, { to: [ALICE, ADMIN] });
    expect(outcomes).toEqual([[ALICE]]);
  });

  test('a message that is too large is refused', async () => {
    await using servers = await startMailServers({ limits: { messageBytes: 100 } });
    expect(await send(servers)).toMatch(/^552 5\.3\.4 /);
  });

  test('a message on more connections than allowed is refused', async () => {
    await using servers = await startMailServers({ limits: { connections: 0 } });
    expect(await send(servers)).toMatch(/^432 4\.3\.2 Concurrent connections limit exceeded/);
  });

  test('a sender whose own mailbox is full is refused', async () => {
    await using servers = await startMailServers();
    servers.situations.set(RECEPTION, { mailboxFull: true });
    expect(await send(servers)).toMatch(/^554 5\.2\.2 /);
  });
});

describe('a connection that breaks after the end of DATA', () => {
  test.each([
    ['accepted', 1],
    ['lost', 0],
  ] as const)('the message having been %s', async (breakAfterData, copies) => {
    await using servers = await startMailServers();
    servers.situations.set(RECEPTION, { breakAfterData });
    await expect(send(servers)).rejects.toThrow(/closed/);
    expect(texts(servers, RECEPTION, 'Sent Items')).toHaveLength(copies);
    expect(texts(servers, ALICE)).toHaveLength(copies);
  });
});

test('a client finds what it sent in Sent Items by the Message-ID', async () => {
  await using servers = await startMailServers();
  await send(servers);
  await using wire = await ImapWire.open(servers.login('imap', RECEPTION));
  await wire.signIn(RECEPTION, `token|${RECEPTION}`);
  await wire.command('EXAMINE "Sent Items"');
  expect(await wire.command('UID SEARCH HEADER MESSAGE-ID <reminder@test>')).toMatch(/^\* SEARCH 1\r\n/);
});
