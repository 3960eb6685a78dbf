import { FakeClock } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { message, RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

/** A Monday. */
const EIGHT = Date.parse('2026-11-23T08:00:00Z');
const HOUR = 3_600_000;
const FROM_NINE = [{ weekday: 1, from: '09:00', to: '17:00' }];

describe('checking times', () => {
  test('outside of them there is no connection, until they begin', async () => {
    const clock = new FakeClock(EIGHT);
    const schedule = { checkingTimes: FROM_NINE };
    await using practice = await ReceivingPractice.open({ clock, schedule, mail: [message('early')] });
    const { activity } = await practice.health(({ state }) => state === 'working');
    expect(activity).toBe('Waiting for the next checking time');
    expect(practice.microsoft365.imap.connections).toBe(0);
    await clock.advance(HOUR);
    expect(await practice.inbox(1)).toMatchObject([{ index: { subject: 'early' } }]);
  });

  test('a preset time outside of them checks once', async () => {
    const clock = new FakeClock(EIGHT);
    const schedule = { checkingTimes: [], presetTimes: ['08:30'] };
    await using practice = await ReceivingPractice.open({ clock, schedule, mail: [message('early')] });
    await practice.health(({ state }) => state === 'working');
    await clock.advance(HOUR / 2);
    await practice.inbox(1);
    await practice.health(({ activity }) => activity === 'Waiting for the next checking time');
  });

  test('Send/Receive checks at any time', async () => {
    const clock = new FakeClock(EIGHT);
    await using practice = await ReceivingPractice.open({
      clock,
      schedule: { checkingTimes: [] },
      mail: [message('early')],
    });
    await practice.health(({ state }) => state === 'working');
    await practice.sendReceive();
    await practice.inbox(1);
  });

  test('a poll finds what IDLE did not tell', async () => {
    const clock = new FakeClock(EIGHT);
    await using practice = await ReceivingPractice.open({ clock, schedule: { checkEveryMinutes: 5 } });
    await practice.health(({ state, activity }) => state === 'working' && activity === undefined);
    const polled = new Promise<void>((resolve) => {
      practice.microsoft365.imap.onDidReceiveCommand(({ name }) => {
        if (name === 'NOOP') resolve();
      });
    });
    await clock.advance(5 * 60_000);
    await polled;
  });
});

describe('a database that is not the live one', () => {
  test('receives nothing, and goes on when it is again', async () => {
    await using practice = await ReceivingPractice.open({ databaseName: 'Bright Smile Dental backup' });
    const { state, failure } = await practice.health((report) => report.failure !== undefined);
    expect(state).toBe('off');
    expect(failure?.sentence).toMatch(/^Nothing is received into this database: /);
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('waits'));
    expect(practice.microsoft365.imap.connections).toBe(0);
    await practice.host.host.panel.setDatabaseName('Bright Smile Dental');
    await practice.inbox(1);
  });
});
