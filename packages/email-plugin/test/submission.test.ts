import { describe, expect, test } from '@jest/globals';
import { composeEmail } from '../src/send/compose.js';
import type { SubmitOutcome } from '../src/send/submission.js';
import {
  startScriptedSmtpServer,
  type Cut,
  type ScriptedSmtpServer,
  type SmtpScript,
} from './support/scripted-smtp-server.js';
import { connect, FakeTokens, PRACTICE } from './support/submission-connection.js';

const ALICE = 'alice@patients.example';
const BOB = 'bob@patients.example';
const SMALL = Buffer.from('Subject: x\r\n\r\nHello\r\n');
/** More than sockets and streams hold back together. */
const LARGE = Buffer.from(`Subject: x\r\n\r\n${'.line of text\r\n'.repeat(1_000_000)}`);

async function submitOnce(
  script: SmtpScript,
  raw: Uint8Array = SMALL,
  recipients: readonly string[] = [ALICE],
): Promise<{ outcome: SubmitOutcome; server: ScriptedSmtpServer }> {
  await using server = await startScriptedSmtpServer(script);
  await using submission = await connect(server);
  return { outcome: await submission.submit({ from: PRACTICE, recipients, raw }), server };
}

describe('a submission', () => {
  test('signs in with XOAUTH2 over TLS, as who it was told, and says what was negotiated', async () => {
    await using server = await startScriptedSmtpServer();
    await using submission = await connect(server);
    expect(submission.encryption).toBe('TLS 1.3');
    expect(server.logins).toEqual([{ user: PRACTICE, accessToken: 'cached' }]);
    expect(server.commands.findIndex((line) => line.startsWith('AUTH XOAUTH2'))).toBeGreaterThan(
      server.commands.indexOf('STARTTLS'),
    );
  });

  test('hands over the bytes exactly, dots and empty lines included', async () => {
    const raw = Buffer.from('Subject: .\r\n\r\n.\r\n..\r\n.leading\r\n\r\n\r\nmiddle.\r\n.\r\n');
    const { outcome, server } = await submitOnce({}, raw);
    expect(outcome).toEqual({ kind: 'accepted', recipients: [{ address: ALICE, outcome: 'accepted' }] });
    expect(server.messages[0]?.raw.equals(raw)).toBe(true);
    expect(server.messages[0]).toMatchObject({ from: PRACTICE, recipients: [ALICE] });
  });

  test('hands over a message of many megabytes exactly', async () => {
    const { outcome, server } = await submitOnce({}, LARGE);
    expect(outcome.kind).toBe('accepted');
    expect(server.messages[0]?.raw.equals(LARGE)).toBe(true);
  });

  test('hands over what was composed for the Outbox exactly', async () => {
    const email = { to: [{ address: ALICE }], subject: '…', text: '.\n..\nÄ\r\rZ\n. \n', attachments: [] };
    const { raw } = await composeEmail(email, { address: PRACTICE }, 0);
    const { server } = await submitOnce({}, raw);
    expect(server.messages[0]?.raw.equals(Buffer.from(raw))).toBe(true);
  });

  test('carries one email after the other on one connection', async () => {
    await using server = await startScriptedSmtpServer();
    await using submission = await connect(server);
    for (const recipient of [ALICE, BOB]) {
      await submission.submit({ from: PRACTICE, recipients: [recipient], raw: SMALL });
    }
    expect(server.messages.map(({ connection, recipients }) => [connection, recipients])).toEqual([
      [1, [ALICE]],
      [1, [BOB]],
    ]);
  });

  test('writes domains in every script as the wire needs them, and gives recipients back as they were', async () => {
    const { outcome, server } = await submitOnce({}, SMALL, ['anna@zähne.example', 'ANNA@zähne.example']);
    expect(server.messages[0]?.recipients).toEqual(['anna@xn--zhne-loa.example', 'ANNA@xn--zhne-loa.example']);
    expect(outcome).toMatchObject({
      recipients: [{ address: 'anna@zähne.example' }, { address: 'ANNA@zähne.example' }],
    });
  });

  test('puts in quotes what is no word before the @', async () => {
    const { server } = await submitOnce({}, SMALL, ['ann lee@patients.example', '"ann@lee"@patients.example']);
    expect(server.messages[0]?.recipients).toEqual(['"ann lee"@patients.example', '"ann@lee"@patients.example']);
  });

  test('takes letters of every script before the @ where the server does', async () => {
    const { outcome, server } = await submitOnce({ extensions: ['SMTPUTF8'] }, SMALL, ['山田@歯科.example']);
    expect(outcome.kind).toBe('accepted');
    expect(server.messages[0]?.recipients).toEqual(['山田@xn--fmwu02a.example']);
    expect(server.commands.find((line) => line.startsWith('MAIL'))).toContain('SMTPUTF8');
  });

  test('says of letters before the @ that its server does not take why, and sends to the others', async () => {
    const { outcome, server } = await submitOnce({}, SMALL, ['zoë@patients.example', ALICE]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      recipients: [
        { outcome: 'refused', failure: { code: '5.6.7 international address', fixedBy: 'user' } },
        { address: ALICE, outcome: 'accepted' },
      ],
    });
    expect(server.messages[0]?.recipients).toEqual([ALICE]);
    const alone = await submitOnce({}, SMALL, ['zoë@patients.example']);
    expect(alone.outcome).toMatchObject({ kind: 'refused', failure: { code: '5.6.7 international address' } });
    expect(alone.server.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
  });
});

describe.each([{ extensions: [] }, { extensions: ['PIPELINING'] }])('recipients, with $extensions', (common) => {
  const refusing = (...addresses: readonly string[]): SmtpScript => ({
    ...common,
    recipient: (address) => (addresses.includes(address) ? '550 5.1.10 Recipient not found' : undefined),
  });

  test('that are refused carry why, the others get it', async () => {
    const { outcome, server } = await submitOnce(refusing(ALICE), SMALL, [ALICE, BOB]);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      recipients: [
        { address: ALICE, outcome: 'refused', failure: { code: '550 5.1.10', retry: { kind: 'never' } } },
        { address: BOB, outcome: 'accepted' },
      ],
    });
    expect(server.messages[0]?.recipients).toEqual([BOB]);
  });

  test('that are all refused mean that nothing was taken', async () => {
    const { outcome, server } = await submitOnce(refusing(ALICE, BOB), SMALL, [ALICE, BOB]);
    expect(outcome).toMatchObject({ kind: 'refused', failure: { retry: { kind: 'never' } } });
    expect(outcome).toHaveProperty('recipients.1.outcome', 'refused');
    expect(server.messages).toEqual([]);
  });

  test('that can be no address never reach the server', async () => {
    const recipients = ['not an address', `x@y\r\nRCPT TO:<${BOB}>`, 'a<b@c.example', ALICE];
    const { outcome, server } = await submitOnce(common, SMALL, recipients);
    expect(outcome).toMatchObject({
      recipients: [{ outcome: 'refused' }, { outcome: 'refused' }, { outcome: 'refused' }, { outcome: 'accepted' }],
    });
    expect(server.messages[0]?.recipients).toEqual([ALICE]);
    const none = await submitOnce(common, SMALL, ['nobody']);
    expect(none.outcome).toMatchObject({ kind: 'refused', recipients: [{ failure: { code: '501 5.1.3' } }] });
    expect(none.server.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
  });

  test('refused before the connection broke stay known while the others are uncertain', async () => {
    const { outcome } = await submitOnce({ ...refusing(ALICE), cut: () => 'after DATA' }, SMALL, [ALICE, BOB]);
    expect(outcome).toMatchObject({
      kind: 'uncertain',
      recipients: [
        { address: ALICE, outcome: 'refused' },
        { address: BOB, outcome: 'pending' },
      ],
    });
  });
});

describe('a connection that breaks', () => {
  test.each<[Cut, SubmitOutcome['kind'], Uint8Array]>([
    ['at MAIL', 'not-sent', SMALL],
    ['at DATA', 'not-sent', SMALL],
    ['inside DATA', 'not-sent', LARGE],
    ['after DATA', 'uncertain', SMALL],
    ['after DATA', 'uncertain', LARGE],
  ])('%s leaves the email %s', async (cut, kind, raw) => {
    const { outcome, server } = await submitOnce({ cut: () => cut }, raw);
    expect(outcome.kind).toBe(kind);
    expect(server.messages).toHaveLength(kind === 'uncertain' ? 1 : 0);
  });

  test('while nothing goes on makes the next email not sent', async () => {
    await using server = await startScriptedSmtpServer();
    await using submission = await connect(server);
    server.breakConnections();
    const outcome = await submission.submit({ from: PRACTICE, recipients: [ALICE], raw: SMALL });
    expect(outcome).toMatchObject({ kind: 'not-sent', failure: { retry: { kind: 'backoff' } } });
  });

  test('because the run ends before DATA leaves the email not sent', async () => {
    await using server = await startScriptedSmtpServer();
    const life = new AbortController();
    await using submission = await connect(server, new FakeTokens(), life.signal);
    const submitting = submission.submit({ from: PRACTICE, recipients: [ALICE], raw: SMALL });
    life.abort(new Error('the run ends'));
    expect((await submitting).kind).toBe('not-sent');
  });

  test('because the run ends after DATA leaves the email uncertain', async () => {
    await using server = await startScriptedSmtpServer({ message: () => new Promise(() => undefined) });
    const life = new AbortController();
    await using submission = await connect(server, new FakeTokens(), life.signal);
    const taken = server.nextMessage();
    const submitting = submission.submit({ from: PRACTICE, recipients: [ALICE], raw: SMALL });
    await taken;
    life.abort(new Error('the run ends'));
    expect((await submitting).kind).toBe('uncertain');
  });
});

describe('a refusal', () => {
  test.each<[string, SmtpScript, string, 'never' | 'backoff']>([
    [
      'of the sender',
      { sender: () => '550 5.7.60 Client does not have permissions to send as this sender' },
      '550 5.7.60',
      'never',
    ],
    ['of the message', { message: () => '550 5.7.60 SMTP; Client does not have permissions' }, '550 5.7.60', 'never'],
    [
      'for too many connections',
      { message: () => '432 4.3.2 Concurrent connections limit exceeded' },
      '432 4.3.2',
      'backoff',
    ],
    ['for a busy server', { message: () => '451 4.7.0 Temporary server error' }, '451 4.7.0', 'backoff'],
    ['that ends the connection', { message: () => '421 4.3.2 Service not active' }, '421 4.3.2', 'backoff'],
    ['that ends the connection before DATA', { sender: () => '421 4.3.2 Service not active' }, '421 4.3.2', 'backoff'],
    ['of a recipient for now', { recipient: () => '451 4.7.0 Try later' }, '451 4.7.0', 'backoff'],
    ['for the size that the server announced', { extensions: ['SIZE 10'] }, '550 5.2.3 / 552 5.3.4', 'never'],
  ])('%s means that nothing was taken', async (_what, script, code, retry) => {
    const { outcome } = await submitOnce(script);
    expect(outcome).toMatchObject({ kind: 'refused', failure: { code, retry: { kind: retry } } });
  });

  test('ends the connection, so that nothing of it gets into the next email', async () => {
    await using server = await startScriptedSmtpServer({ recipient: () => '550 5.1.10 Recipient not found' });
    await using submission = await connect(server);
    const email = { from: PRACTICE, recipients: [ALICE], raw: SMALL };
    expect((await submission.submit(email)).kind).toBe('refused');
    expect((await submission.submit(email)).kind).toBe('not-sent');
    expect(server.commands.filter((line) => line.startsWith('MAIL'))).toHaveLength(1);
  });
});
