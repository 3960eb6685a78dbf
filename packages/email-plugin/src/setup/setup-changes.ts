import type { AuditEntry, JsonValue, OtherEmail } from '@exact/host-contracts';
import type { AccountSettings, ScheduleSettings, Settings } from '../settings/settings.js';
import { signInEntry } from '../sign-in/sign-in-entry.js';
import { addressOf } from './draft.js';
import { showPracticeAddress } from './practice-address.js';

/** What a Finish starts from and ends with. */
export interface SetupChange {
  readonly before: Settings | undefined;
  /** The older set-up that it ends. */
  readonly other: OtherEmail | undefined;
  readonly after: Settings;
  /** The sign-in name when somebody signed in for this Finish, be it as the same account. */
  readonly signedIn: string | undefined;
  readonly resetCounter: boolean;
}

/** What the practice reads later of a Finish: one entry for each part that it changed. */
export function setupChanges({ before, other, after, signedIn, resetCounter }: SetupChange): readonly AuditEntry[] {
  const provider = before ? PROVIDERS[before.provider] : (other?.description ?? null);
  const compared: readonly AuditEntry[] = [
    { subject: 'email.provider', title: 'Email provider', before: provider, after: PROVIDERS[after.provider] },
    {
      subject: 'email.account',
      title: 'Practice email address',
      before: describeAccount(before?.account),
      after: describeAccount(after.account),
    },
  ];
  return [
    ...compared.filter((entry) => entry.before !== entry.after),
    ...(signedIn === undefined ? [] : [signInEntry(before?.account?.signedIn.username, signedIn)]),
    ...scheduleEntry(before?.schedule, after.schedule),
    ...(resetCounter ? [RESET] : []),
  ];
}

/** As the radio buttons of the first page are called. */
const PROVIDERS: Readonly<Record<Settings['provider'], string>> = {
  microsoft365: 'Microsoft Office 365',
  off: 'Do not send or receive email',
};

const RESET: AuditEntry = {
  subject: 'email.mailbox-counter',
  title: 'Mailbox counter',
  before: 'Only new messages are downloaded',
  after: 'Reset: all messages of the mailbox are downloaded again',
};

/** A shared mailbox is opened under its own name; else the address says it all. */
function describeAccount(account: AccountSettings | undefined): string | null {
  if (!account) return null;
  const shown = showPracticeAddress(addressOf(account));
  const isOwn = account.imapUser.toLowerCase() === account.address.toLowerCase();
  return isOwn ? shown : `${shown}, mailbox ${account.imapUser}`;
}

/** Only the lines that changed. */
function scheduleEntry(before: ScheduleSettings | undefined, after: ScheduleSettings): readonly AuditEntry[] {
  const [old, now] = [before && describeSchedule(before), describeSchedule(after)];
  const changed = Object.keys(now).filter((name) => old?.[name] !== now[name]);
  if (changed.length === 0) return [];
  const only = (lines: Readonly<Record<string, string>>): JsonValue =>
    Object.fromEntries(changed.map((name) => [name, lines[name] ?? '']));
  const entry = { subject: 'email.schedule', title: 'Scheduled Send and Receive' };
  return [{ ...entry, before: old ? only(old) : null, after: only(now) }];
}

/** Under the names that stand on the page. */
function describeSchedule(schedule: ScheduleSettings): Readonly<Record<string, string>> {
  return {
    'Send all email immediately': schedule.sendImmediately ? 'yes' : 'no',
    'Delay between emails (seconds)': String(schedule.delayBetweenEmailsSeconds),
    'Check every (minutes)': String(schedule.checkEveryMinutes),
    'Check the mailbox at these times': describeWeek(schedule.checkingTimes),
    'Send and receive at these times of day': schedule.presetTimes.join(', ') || 'none',
  };
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Days in a row with the same times are told together. */
function describeWeek(spans: ScheduleSettings['checkingTimes']): string {
  const days: { first: string; last: string; times: string }[] = [];
  for (const [index, name] of WEEKDAYS.entries()) {
    const own = spans.filter(({ weekday }) => weekday === index + 1).map(({ from, to }) => `${from} to ${to}`);
    const times = own.sort().join(' and ') || 'not';
    const previous = days.at(-1);
    if (previous?.times === times) previous.last = name;
    else days.push({ first: name, last: name, times });
  }
  const told = days.filter(({ times }) => times !== 'not');
  const lines = told.map(({ first, last, times }) => `${first === last ? first : `${first} to ${last}`} ${times}`);
  return lines.join(', ') || 'never';
}
