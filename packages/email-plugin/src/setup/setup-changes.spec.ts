import { describe, expect, test } from '@jest/globals';
import type { AccountSettings, ScheduleSettings, Settings } from '../settings/settings.js';
import { setupChanges, type SetupChange } from './setup-changes.js';

const SCHEDULE: ScheduleSettings = {
  sendImmediately: true,
  delayBetweenEmailsSeconds: 2,
  checkEveryMinutes: 5,
  checkingTimes: ([1, 2, 3, 4, 5] as const).map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
  presetTimes: [],
};
const ADDRESS = 'reception@practice.example';
const ACCOUNT: AccountSettings = {
  key: `microsoft365:tenant:${ADDRESS}`,
  address: ADDRESS,
  imapUser: ADDRESS,
  smtpUser: ADDRESS,
  signedIn: { homeAccountId: 'oid.tenant', objectId: 'oid', tenantId: 'tenant', username: ADDRESS },
};
const BEFORE: Settings = { provider: 'microsoft365', account: ACCOUNT, schedule: SCHEDULE };

function changes(change: Partial<SetupChange>): readonly unknown[] {
  const same = { before: BEFORE, after: BEFORE, other: undefined, signedIn: undefined, resetCounter: false };
  return setupChanges({ ...same, ...change }).map(({ subject, before, after }) => [subject, before, after]);
}

describe('the record of a Finish', () => {
  test('is empty when nothing changed', () => {
    expect(changes({})).toEqual([]);
  });

  test('has each line of the schedule that changed, and no other', () => {
    const checkingTimes = SCHEDULE.checkingTimes.filter(({ weekday }) => weekday !== 3);
    const after = { ...BEFORE, schedule: { ...SCHEDULE, checkEveryMinutes: 10, checkingTimes } };
    const week = 'Check the mailbox at these times';
    expect(changes({ after })).toEqual([
      [
        'email.schedule',
        { 'Check every (minutes)': '5', [week]: 'Monday to Friday 08:00 to 18:00' },
        {
          'Check every (minutes)': '10',
          [week]: 'Monday to Tuesday 08:00 to 18:00, Thursday to Friday 08:00 to 18:00',
        },
      ],
    ]);
  });

  test('says that email was turned off, and what was there before', () => {
    const after: Settings = { provider: 'off', schedule: SCHEDULE };
    expect(changes({ after })).toEqual([
      ['email.provider', 'Microsoft Office 365', 'Do not send or receive email'],
      ['email.account', ADDRESS, null],
    ]);
  });

  test('names the older set-up that it ends', () => {
    const found = changes({ before: undefined, other: { description: 'POP3, mail.practice.example' } });
    expect(found[0]).toEqual(['email.provider', 'POP3, mail.practice.example', 'Microsoft Office 365']);
  });

  test('has a sign-in as the same account, too, and a reset counter', () => {
    expect(changes({ signedIn: ADDRESS, resetCounter: true })).toEqual([
      ['email.sign-in', ADDRESS, ADDRESS],
      ['email.mailbox-counter', expect.any(String), expect.any(String)],
    ]);
  });

  test('tells a shared mailbox by its own name', () => {
    const after = { ...BEFORE, account: { ...ACCOUNT, imapUser: 'info@practice.example' } };
    expect(changes({ after })).toEqual([['email.account', ADDRESS, `${ADDRESS}, mailbox info@practice.example`]]);
  });
});
