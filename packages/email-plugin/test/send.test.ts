import { describe, expect, test } from '@jest/globals';
import { startScriptedSmtpServer, type SmtpScript } from './support/scripted-smtp-server.js';
import { SendService, type SendSituation } from './support/send-service.js';
import { PRACTICE } from './support/submission-connection.js';

const ALICE = 'alice@patients.example';
const BOB = 'bob@patients.example';
const DAY_MS = 24 * 60 * 60_000;

/** The send job before a real submission server. */
async function service(script: SmtpScript, situation: SendSituation = {}) {
  const server = await startScriptedSmtpServer(script);
  const sending = new SendService({ smtp: server.server, ...situation });
  return {
    server,
    sending,
    async [Symbol.asyncDispose]() {
      await sending[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('an email in the Outbox', () => {
  test('is sent once, as the bytes that were stored before, over one kept connection', async () => {
    await using started = await service({});
    const { server, sending } = started;
    await sending.write([ALICE], [BOB]);
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states.every((state) => state === 'sent'));
    const [first, second] = sending.outbox.rows;
    expect(server.messages.map(({ raw }) => raw.toString('latin1'))).toEqual(
      [first, second].map((row) => Buffer.from(row?.raw ?? []).toString('latin1')),
    );
    expect(server.messages.map(({ connection, from }) => [connection, from])).toEqual([
      [1, PRACTICE],
      [1, PRACTICE],
    ]);
    expect(server.messages[0]?.raw.toString()).toContain(`Message-ID: ${first?.messageId ?? '?'}`);
    expect(first).toMatchObject({ attempts: 1, sentAt: sending.clock.now() });
  });

  test('that some recipients refuse fails for them only, and Reset sends it to nobody else', async () => {
    let refused: string | undefined = ALICE;
    await using started = await service({
      recipient: (address) => (address === refused ? '550 5.1.10 Recipient not found' : undefined),
    });
    const { server, sending } = started;
    const { outbox } = sending;
    await sending.write([ALICE, BOB]);
    void sending.start();
    await outbox.until(() => outbox.states[0] === 'failed');
    expect(outbox.rows[0]).toMatchObject({
      failure: { code: '550 5.1.10' },
      recipients: [
        { address: ALICE, outcome: 'refused', failure: { code: '550 5.1.10' } },
        { address: BOB, outcome: 'accepted' },
      ],
    });
    refused = undefined;
    await outbox.reset([1]);
    await outbox.until(() => outbox.states[0] === 'sent');
    expect(server.messages.map(({ recipients }) => recipients)).toEqual([[BOB], [ALICE]]);
    expect(server.messages[1]?.raw.equals(server.messages[0]?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  test('whose connection broke before the end of DATA goes again later, once, on a fresh connection', async () => {
    await using started = await service({ cut: (message) => (message === 0 ? 'at DATA' : undefined) });
    const { server, sending } = started;
    const { outbox, clock } = sending;
    await sending.write([ALICE]);
    void sending.start();
    await outbox.until(() => outbox.rows[0]?.notBefore !== undefined);
    expect(outbox.rows[0]).toMatchObject({ state: 'queued', attempts: 1, notBefore: clock.now() + 10_000 });
    await clock.advance(10_000);
    await outbox.until(() => outbox.states[0] === 'sent');
    expect(server.messages.map(({ connection }) => connection)).toEqual([2]);
  });

  test('that Send/Receive could not send at once goes again by itself', async () => {
    await using started = await service(
      { cut: (message) => (message === 0 ? 'at MAIL' : undefined) },
      { schedule: { sendImmediately: false } },
    );
    const { outbox, clock } = started.sending;
    await started.sending.write([ALICE]);
    void started.sending.start('send-receive');
    await outbox.until(() => outbox.rows[0]?.notBefore !== undefined);
    await clock.advance(10_000);
    await outbox.until(() => outbox.states[0] === 'sent');
  });

  test('whose connection broke after DATA is uncertain, and is sent when it lies in Sent Items', async () => {
    await using started = await service({ cut: () => 'after DATA' }, { sentItems: { [PRACTICE]: [] } });
    const { server, sending } = started;
    const { outbox, clock } = sending;
    await sending.write([ALICE]);
    void sending.start();
    await outbox.until(() => outbox.states[0] === 'uncertain');
    await clock.advance(10_000);
    expect(outbox.states).toEqual(['uncertain']);
    expect(sending.health).toMatchObject({ state: 'needs attention', uncertain: 1 });
    sending.sentItems = { [PRACTICE]: [outbox.rows[0]?.messageId ?? ''] };
    await clock.advance(30_000);
    expect(outbox.rows[0]).toMatchObject({ state: 'sent', recipients: [{ outcome: 'accepted' }], attempts: 1 });
    expect(server.messages).toHaveLength(1);
  });

  test('that is found in Sent Items failed for those who were refused before', async () => {
    const recipient = (address: string) => (address === ALICE ? '550 5.1.10 Recipient not found' : undefined);
    await using started = await service({ recipient, cut: () => 'after DATA' }, { sentItems: { [PRACTICE]: [] } });
    const { outbox, clock } = started.sending;
    await started.sending.write([ALICE, BOB]);
    void started.sending.start();
    await outbox.until(() => outbox.states[0] === 'uncertain');
    started.sending.sentItems = { [PRACTICE]: [outbox.rows[0]?.messageId ?? ''] };
    await clock.advance(30_000);
    expect(outbox.rows[0]).toMatchObject({
      state: 'failed',
      recipients: [{ outcome: 'refused' }, { outcome: 'accepted' }],
    });
  });

  test.each<[string, SendSituation]>([
    ['is not in Sent Items', { sentItems: { [PRACTICE]: [] } }],
    ['can’t be looked for', { sentItems: {} }],
  ])('that is uncertain and %s stays so, and is never repeated', async (_why, situation) => {
    await using started = await service({ cut: () => 'after DATA' }, situation);
    const { server, sending } = started;
    await sending.write([ALICE]);
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states[0] === 'uncertain');
    await sending.clock.advance(4_999);
    expect(sending.opened).toEqual([]);
    await sending.clock.advance(2 * DAY_MS);
    expect(sending.outbox.states).toEqual(['uncertain']);
    expect(sending.opened).toHaveLength(5);
    expect(server.messages).toHaveLength(1);
  });

  test('that was sent before is not settled by the copy of it in Sent Items', async () => {
    await using started = await service({ cut: () => 'after DATA' }, { sentItems: { [PRACTICE]: [] } });
    const { outbox, clock } = started.sending;
    await started.sending.write([ALICE]);
    // It came back, and somebody has reset it.
    Object.assign(outbox.rows[0] ?? {}, { sentAt: clock.now() });
    void started.sending.start();
    await outbox.until(() => outbox.states[0] === 'uncertain');
    started.sending.sentItems = { [PRACTICE]: [outbox.rows[0]?.messageId ?? ''] };
    await clock.advance(2 * DAY_MS);
    expect(outbox.states).toEqual(['uncertain']);
  });

  test('of a shared mailbox is looked for in the Sent Items of the person too', async () => {
    const person = 'manager@practice.example';
    await using started = await service(
      { cut: () => 'after DATA' },
      { smtpUser: person, sentItems: { [PRACTICE]: [], [person]: [] } },
    );
    const { outbox, clock } = started.sending;
    await started.sending.write([ALICE]);
    void started.sending.start();
    await outbox.until(() => outbox.states[0] === 'uncertain');
    started.sending.sentItems = { [PRACTICE]: [], [person]: [outbox.rows[0]?.messageId ?? ''] };
    await clock.advance(5_000);
    expect(outbox.states).toEqual(['sent']);
    expect(started.sending.opened).toEqual([PRACTICE, person]);
  });

  test('that the server refuses for now goes again later, without failing', async () => {
    await using started = await service({
      message: (message) => (message === 0 ? '432 4.3.2 Concurrent connections limit exceeded' : '250 2.0.0 OK'),
    });
    const { outbox, clock } = started.sending;
    await started.sending.write([ALICE]);
    void started.sending.start();
    await outbox.until(() => outbox.rows[0]?.notBefore !== undefined);
    expect(outbox.states).toEqual(['queued']);
    await clock.advance(10_000);
    await outbox.until(() => outbox.states[0] === 'sent');
  });

  test('that Microsoft would refuse anyway fails before anything is sent', async () => {
    await using started = await service(
      {},
      {
        limits: { recipientsPerMessage: 1, attachmentsPerMessage: 1, messageBytes: 2000 },
      },
    );
    const { server, sending } = started;
    await sending.write([ALICE, BOB]);
    const email = { to: [{ address: ALICE }], subject: '', text: 'x'.repeat(2000), attachments: [] };
    await sending.outbox.enqueue(email);
    const attachment = { name: 'plan.pdf', contentType: 'application/pdf', content: new Uint8Array(1) };
    await sending.outbox.enqueue({ ...email, text: '', attachments: [attachment, attachment] });
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states.every((state) => state === 'failed'));
    expect(sending.outbox.rows.map(({ failure }) => failure?.code)).toEqual([
      'outbox.too-many-recipients',
      'outbox.too-large',
      'outbox.too-many-attachments',
    ]);
    expect(server.connections()).toBe(0);
  });
});

describe('a run', () => {
  test('that begins holds what waited for more than a day, and leaves what was in doubt in doubt', async () => {
    await using started = await service({}, { sentItems: { [PRACTICE]: [] } });
    const { server, sending } = started;
    await sending.write([ALICE], [BOB]);
    const [, second] = sending.outbox.rows;
    if (second) second.state = 'submitting';
    await sending.clock.advance(DAY_MS + 1);
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states[0] === 'held');
    expect(sending.outbox.states).toEqual(['held', 'uncertain']);
    expect(sending.outbox.rows.map(({ failure }) => failure?.code)).toEqual([
      'outbox.waited-too-long',
      'outbox.interrupted',
    ]);
    expect(server.connections()).toBe(0);
  });

  test('closes a connection that has idled for a minute, and opens another for the next email', async () => {
    await using started = await service({});
    const { server, sending } = started;
    await sending.write([ALICE]);
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states[0] === 'sent');
    await sending.clock.advance(61_000);
    await sending.write([BOB]);
    await sending.outbox.until(() => sending.outbox.states[1] === 'sent');
    expect(server.commands.filter((line) => line === 'QUIT')).toHaveLength(1);
    expect(server.messages.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  test('does not blame an email for a kept connection that the server closed meanwhile', async () => {
    await using started = await service({});
    const { server, sending } = started;
    await sending.write([ALICE]);
    void sending.start();
    await sending.outbox.until(() => sending.outbox.states[0] === 'sent');
    server.breakConnections();
    await sending.write([BOB]);
    await sending.outbox.until(() => sending.outbox.states[1] === 'sent');
    expect(sending.outbox.rows[1]).toMatchObject({ attempts: 1 });
    expect(sending.outbox.rows[1]).not.toHaveProperty('notBefore');
  });

  test('that is ended lets a submission finish', async () => {
    const reply = Promise.withResolvers<string>();
    await using started = await service({ message: () => reply.promise });
    const { server, sending } = started;
    await sending.write([ALICE], [BOB]);
    void sending.start();
    await server.nextMessage();
    const ended = sending.stop();
    reply.resolve('250 2.0.0 OK');
    expect(await ended).toEqual({ kind: 'idle' });
    expect(sending.outbox.states).toEqual(['sent', 'queued']);
  });

  test('that is ended gives a submission four seconds, and then leaves it uncertain', async () => {
    await using started = await service({ message: () => new Promise(() => undefined) });
    const { server, sending } = started;
    await sending.write([ALICE]);
    void sending.start();
    await server.nextMessage();
    const ended = sending.stop();
    await sending.clock.advance(4_000);
    expect(await ended).toEqual({ kind: 'idle' });
    expect(sending.outbox.states).toEqual(['uncertain']);
  });

  test('whose lease is lost sends nothing more', async () => {
    await using started = await service({});
    const { server, sending } = started;
    await sending.write([ALICE]);
    const ended = sending.start();
    sending.outbox.fence += 1;
    expect(await ended).toEqual({ kind: 'idle' });
    expect(server.messages).toEqual([]);
  });

  test('keeps its heart beating while the server thinks', async () => {
    const reply = Promise.withResolvers<string>();
    await using started = await service({ message: () => reply.promise });
    const { server, sending } = started;
    await sending.write([ALICE]);
    void sending.start();
    await server.nextMessage();
    const before = sending.heartbeats;
    await sending.clock.advance(90_000);
    expect(sending.heartbeats - before).toBeGreaterThanOrEqual(3);
    reply.resolve('250 2.0.0 OK');
    await sending.outbox.until(() => sending.outbox.states[0] === 'sent');
  });
});
