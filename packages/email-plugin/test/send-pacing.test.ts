import { describe, expect, test } from '@jest/globals';
import type { SubmissionConnector } from '../src/send/submission.js';
import { SendService, type SendSituation } from './support/send-service.js';

const MINUTE_MS = 60_000;

/** The send job before a server that takes everything at once, with when it was taken. */
function paced(situation: SendSituation) {
  const taken: number[] = [];
  const connector: SubmissionConnector = {
    connect: () =>
      Promise.resolve({
        encryption: 'TLS 1.3',
        submit: ({ recipients }) => {
          taken.push(sending.clock.now());
          return Promise.resolve({
            kind: 'accepted',
            recipients: recipients.map((address) => ({ address, outcome: 'accepted' })),
          });
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
  };
  const sending = new SendService({ ...situation, connector });
  const start = sending.clock.now();
  return { sending, since: () => taken.map((at) => at - start) };
}

const emails = (count: number) => Array.from({ length: count }, (_, index) => [`p${index}@patients.example`]);

describe('sending all email immediately', () => {
  test('keeps the delay between emails', async () => {
    const { sending, since } = paced({ schedule: { delayBetweenEmailsSeconds: 5 } });
    await using running = sending;
    await running.writePrepared(...emails(3));
    void running.start();
    await running.clock.advance(12_000);
    expect(since()).toEqual([0, 5_000, 10_000]);
  });

  test('keeps to the provider’s emails a minute', async () => {
    const { sending, since } = paced({ limits: { messagesPerMinute: 3 } });
    await using running = sending;
    await running.writePrepared(...emails(7));
    void running.start();
    await running.clock.advance(3 * MINUTE_MS);
    expect(since()).toEqual([0, 0, 0, MINUTE_MS, MINUTE_MS, MINUTE_MS, 2 * MINUTE_MS]);
  });

  test('keeps to the provider’s recipients a day, and goes on as the day passes', async () => {
    const { sending, since } = paced({ limits: { recipientsPerDay: 2 } });
    await using running = sending;
    await running.writePrepared(...emails(3));
    void running.start();
    await running.clock.advance(20 * 60 * MINUTE_MS);
    expect(since()).toEqual([0, 0]);
    expect(running.health).toMatchObject({ state: 'working', waiting: 1, throttledUntil: expect.any(Number) });
    await running.clock.advance(5 * 60 * MINUTE_MS);
    expect(since()).toHaveLength(3);
  });

  test('lets an email pass by one whose recipients are too many for what is left of the day', async () => {
    const { sending } = paced({ limits: { recipientsPerDay: 3 } });
    await using running = sending;
    await running.writePrepared(['a@b.example', 'c@b.example'], ['d@b.example', 'e@b.example'], ['f@b.example']);
    void running.start();
    await running.clock.advance(MINUTE_MS);
    expect(running.outbox.states).toEqual(['sent', 'queued', 'sent']);
  });

  test('sends what is written at once, and what is to leave later at its time', async () => {
    const { sending, since } = paced({});
    await using running = sending;
    void running.start();
    await running.clock.advance(10 * MINUTE_MS);
    const later = { to: [], subject: '', text: '', attachments: [], notBefore: running.clock.now() + 5 * MINUTE_MS };
    await running.outbox.enqueue(later, Buffer.from('later'));
    await running.writePrepared(...emails(1));
    await running.clock.advance(10 * MINUTE_MS);
    expect(since()).toEqual([10 * MINUTE_MS, 15 * MINUTE_MS]);
  });
});

describe('without it', () => {
  const situation: SendSituation = {
    schedule: { sendImmediately: false, delayBetweenEmailsSeconds: 60, presetTimes: ['09:30'] },
    limits: { messagesPerMinute: 3 },
  };

  test('mail waits for Send/Receive, which sends all without the delay, within the limits', async () => {
    const { sending, since } = paced(situation);
    await using running = sending;
    await running.writePrepared(...emails(4));
    void running.start();
    await running.clock.advance(10 * MINUTE_MS);
    expect(since()).toEqual([]);
    expect(running.health).toMatchObject({ state: 'working', waiting: 4 });
    running.request('send-receive');
    await running.clock.advance(2 * MINUTE_MS);
    expect(since()).toEqual([10, 10, 10, 11].map((minutes) => minutes * MINUTE_MS));
  });

  test('or for a preset time, which keeps the delay', async () => {
    const { sending, since } = paced(situation);
    await using running = sending;
    await running.writePrepared(...emails(2));
    void running.start();
    await running.clock.advance(40 * MINUTE_MS);
    expect(since()).toEqual([30 * MINUTE_MS, 31 * MINUTE_MS]);
  });

  test('whose delay holds again after Send/Receive', async () => {
    const { sending, since } = paced(situation);
    await using running = sending;
    await running.writePrepared(...emails(1));
    void running.start('send-receive');
    await running.clock.advance(10 * MINUTE_MS);
    await running.writePrepared(...emails(2));
    await running.clock.advance(30 * MINUTE_MS);
    expect(since()).toEqual([0, 30 * MINUTE_MS, 31 * MINUTE_MS]);
  });

  test('a run that was started by Send/Receive sends at once, and what is written then waits again', async () => {
    const { sending, since } = paced(situation);
    await using running = sending;
    await running.writePrepared(...emails(1));
    void running.start('send-receive');
    await running.clock.advance(1);
    await running.writePrepared(...emails(1));
    await running.clock.advance(10 * MINUTE_MS);
    expect(since()).toEqual([0]);
  });

  test('another request is no Send/Receive', async () => {
    const { sending, since } = paced(situation);
    await using running = sending;
    await running.writePrepared(...emails(1));
    void running.start('something-else');
    running.request('something-else');
    await running.clock.advance(10 * MINUTE_MS);
    expect(since()).toEqual([]);
  });
});

describe('a preset time', () => {
  test.each([
    ['ends', '2026-10-24T07:00:00Z', ['2026-10-24T08:30:00.000Z', '2026-10-25T09:30:00.000Z']],
    ['begins', '2026-03-28T08:00:00Z', ['2026-03-28T09:30:00.000Z', '2026-03-29T08:30:00.000Z']],
  ])('is the practice’s own half past nine also when daylight saving %s overnight', async (_what, start, times) => {
    const { sending, since } = paced({
      start: Date.parse(start),
      schedule: { sendImmediately: false, presetTimes: ['09:30'] },
    });
    await using running = sending;
    await running.writePrepared(...emails(1));
    void running.start();
    await running.clock.advance(12 * 60 * MINUTE_MS);
    await running.writePrepared(...emails(1));
    await running.clock.advance(24 * 60 * MINUTE_MS);
    expect(since().map((ms) => new Date(Date.parse(start) + ms).toISOString())).toEqual(times);
  });

  test('that the clock was moved over still sends, once', async () => {
    const { sending, since } = paced({ schedule: { sendImmediately: false, presetTimes: ['09:30', '09:40'] } });
    await using running = sending;
    await running.writePrepared(...emails(1));
    void running.start();
    await running.clock.advance(MINUTE_MS);
    running.clock.jump(60 * MINUTE_MS);
    await running.clock.advance(MINUTE_MS);
    expect(since()).toHaveLength(1);
    await running.writePrepared(...emails(1));
    await running.clock.advance(60 * MINUTE_MS);
    expect(since()).toHaveLength(1);
  });
});

describe('a clock that is put back', () => {
  test('an hour does not hold email up for an hour', async () => {
    const { sending, since } = paced({ schedule: { delayBetweenEmailsSeconds: 5 }, limits: { messagesPerMinute: 3 } });
    await using running = sending;
    await running.writePrepared(...emails(3));
    void running.start();
    await running.clock.advance(20_000);
    running.clock.jump(-60 * MINUTE_MS);
    await running.writePrepared(...emails(2));
    await running.clock.advance(2 * MINUTE_MS);
    expect(since()).toHaveLength(5);
  });
});
