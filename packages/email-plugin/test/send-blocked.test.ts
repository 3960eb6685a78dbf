import type { Failure } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { startScriptedSmtpServer } from './support/scripted-smtp-server.js';
import { SendService } from './support/send-service.js';

const ALICE = 'alice@patients.example';
const ENDED: Failure = {
  code: 'AADSTS700082',
  sentence: 'The sign-in has ended.',
  fixedBy: 'user',
  advice: '',
  retry: { kind: 'after-sign-in' },
};

describe('mail waits, and none is lost,', () => {
  test('when the sign-in has ended: it is asked for, and the email stays untouched', async () => {
    await using server = await startScriptedSmtpServer();
    await using sending = new SendService({ smtp: server.server });
    sending.token = { kind: 'sign-in-required', failure: ENDED };
    await sending.write([ALICE]);
    expect(await sending.start()).toEqual({ kind: 'idle' });
    expect(sending.outbox.rows[0]).toMatchObject({ state: 'queued', attempts: 0 });
    expect(sending.health).toMatchObject({ state: 'sign-in required', failure: ENDED, waiting: 1 });
    expect(sending.prompts).toMatchObject([{ title: 'Email Warning' }]);
    expect(server.connections()).toBe(0);
  });

  test('until somebody has signed in again, which takes the warning away', async () => {
    await using server = await startScriptedSmtpServer();
    await using sending = new SendService({ smtp: server.server });
    const signedIn = sending.token;
    sending.token = { kind: 'sign-in-required', failure: ENDED };
    await sending.write([ALICE]);
    await sending.start();
    sending.token = signedIn;
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states[0] === 'sent');
    expect(sending.prompts).toEqual([]);
    expect(server.messages).toHaveLength(1);
  });

  test('when SMTP AUTH is switched off: IT is named, no sign-in is asked for, and it is tried again', async () => {
    const reply = '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.';
    await using server = await startScriptedSmtpServer({ authenticate: () => reply });
    await using sending = new SendService({ smtp: server.server });
    await sending.write([ALICE]);
    expect(await sending.start()).toEqual({ kind: 'again', at: sending.clock.now() + 10 * 60_000 });
    expect(sending.outbox.states).toEqual(['queued']);
    expect(sending.health).toMatchObject({
      state: 'needs attention',
      failure: { code: '535 5.7.139 mailbox', fixedBy: 'admin' },
      activity: 'In the Outbox: 1 email',
    });
    expect(sending.prompts).toEqual([]);
  });

  test('when the server can’t be reached: a blip alarms nobody but what waits is counted; what stays alarms', async () => {
    const server = await startScriptedSmtpServer();
    await using sending = new SendService({ smtp: server.server });
    await server[Symbol.asyncDispose]();
    await sending.write([ALICE]);
    expect(await sending.start()).toMatchObject({ kind: 'failed', failure: { retry: { kind: 'backoff' } } });
    expect(sending.health).toMatchObject({ state: 'working', waiting: 1 });
    expect(await sending.start()).toMatchObject({ kind: 'failed' });
    expect(sending.health).toMatchObject({ state: 'needs attention', waiting: 1 });
    expect(sending.outbox.rows[0]).toMatchObject({ state: 'queued', attempts: 0 });
  });

  test('when one email after the other is turned away: the run ends and backs off', async () => {
    await using server = await startScriptedSmtpServer({ message: () => '451 4.7.0 Temporary server error' });
    await using sending = new SendService({ smtp: server.server });
    await sending.write([ALICE], [ALICE], [ALICE]);
    expect(await sending.start()).toMatchObject({ kind: 'failed', failure: { code: '451 4.7.0' } });
    expect(sending.outbox.states).toEqual(['queued', 'queued', 'queued']);
    expect(server.messages).toHaveLength(2);
  });
});

describe('the provider’s emails a minute', () => {
  test('count what it turned away, too', async () => {
    await using server = await startScriptedSmtpServer({ recipient: () => '550 5.1.10 Recipient not found' });
    await using sending = new SendService({ smtp: server.server, limits: { messagesPerMinute: 2 } });
    await sending.write([ALICE], [ALICE], [ALICE]);
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states[1] === 'failed');
    await sending.clock.advance(59_000);
    expect(sending.outbox.states).toEqual(['failed', 'failed', 'queued']);
    await sending.clock.advance(1_000);
    await sending.outbox.until(() => sending.outbox.states[2] === 'failed');
  });
});

describe('nothing is sent', () => {
  test('when email is off', async () => {
    await using sending = new SendService({ provider: 'off' });
    await sending.write([ALICE]);
    expect(await sending.start()).toEqual({ kind: 'idle' });
    expect(sending.health).toEqual({ part: 'send', state: 'off' });
    expect(sending.outbox.states).toEqual(['queued']);
  });

  test('from a database that is not genuine, not even for a mail that waits long', async () => {
    await using server = await startScriptedSmtpServer();
    await using sending = new SendService({ smtp: server.server });
    sending.genuineness = { genuine: false, reason: 'its name says training.' };
    await sending.write([ALICE]);
    expect(await sending.start('send-receive')).toMatchObject({ kind: 'again' });
    expect(sending.outbox.states).toEqual(['queued']);
    expect(sending.health).toMatchObject({ state: 'off', failure: { code: 'outbox.not-genuine' } });
    expect(server.connections()).toBe(0);
  });

  test('once the database is not genuine any more, although the connection is open', async () => {
    await using server = await startScriptedSmtpServer();
    await using sending = new SendService({ smtp: server.server });
    await sending.write([ALICE]);
    const ended = sending.start();
    await sending.outbox.until(() => sending.outbox.states[0] === 'sent');
    sending.genuineness = { genuine: false, reason: 'its name says training.' };
    await sending.write([ALICE]);
    expect(await ended).toMatchObject({ kind: 'again' });
    expect(sending.outbox.states).toEqual(['sent', 'queued']);
    expect(server.messages).toHaveLength(1);
  });

  test('when the database stops being genuine while the connection opens', async () => {
    let submissions = 0;
    await using sending: SendService = new SendService({
      connector: {
        connect: () => {
          sending.genuineness = { genuine: false, reason: 'its name says training.' };
          return Promise.resolve({
            encryption: 'TLS 1.3',
            submit: () => {
              submissions += 1;
              return Promise.resolve({ kind: 'accepted', recipients: [] });
            },
            [Symbol.asyncDispose]: () => Promise.resolve(),
          });
        },
      },
    });
    await sending.write([ALICE]);
    expect(await sending.start()).toMatchObject({ kind: 'again' });
    expect(sending.outbox.rows[0]).toMatchObject({ state: 'queued', attempts: 0 });
    expect(submissions).toBe(0);
  });
});
