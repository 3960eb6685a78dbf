import type { Failure, StoredConfiguration } from '@exact/host-contracts';
import { DEFAULT_SCHEDULE, type Settings } from '../settings/settings.js';
import { readSettings } from '../settings/settings-form.js';

/**
 * Somebody else pressed Finish since this wizard was opened: who, when, and what that changed. Throws a `FailureError`
 * when a newer plugin stored what is there now.
 */
export function changedMeanwhile(before: Settings | undefined, current: StoredConfiguration): Failure {
  const { changed, settings } = current;
  const who = changed
    ? `${changed.by} changed the email set-up at ${timeOf(changed.at)}`
    : 'The email set-up was changed';
  const what = differences(before, settings && readSettings(settings));
  return {
    code: 'setup.changed-meanwhile',
    sentence: `${who}, while this window was open: ${listed(what)}. Nothing of yours was saved.`,
    fixedBy: 'user',
    advice: 'Press Cancel, open Configure > Email and SMS Setup again, and look at what is there now.',
    retry: { kind: 'never' },
  };
}

/** What can differ, and how it is said of what is there now. */
const PARTS: readonly { value: (of: Partial<Settings>) => unknown; says: (now: Settings) => string }[] = [
  {
    value: ({ provider }) => provider,
    says: ({ provider }) => (provider === 'off' ? 'email is turned off' : 'the provider is Microsoft Office 365 now'),
  },
  {
    value: ({ account }) => account?.address,
    says: ({ account }) => `the practice email address is ${account?.address ?? 'not set'} now`,
  },
  { value: ({ account }) => account?.displayName, says: () => 'the name that patients see is another one' },
  {
    value: ({ account }) => account?.signedIn.username,
    says: ({ account }) => `the account signed in is ${account?.signedIn.username ?? 'nobody’s'} now`,
  },
  { value: ({ schedule }) => JSON.stringify(schedule), says: () => 'the schedule is another one' },
];

const NOTHING_SET_UP: Partial<Settings> = { schedule: DEFAULT_SCHEDULE };

function differences(before: Settings | undefined, after: Settings | undefined): readonly string[] {
  if (!after) return [];
  const old = before ?? NOTHING_SET_UP;
  return PARTS.filter(({ value }) => value(old) !== value(after)).map(({ says }) => says(after));
}

function listed(what: readonly string[]): string {
  return what.length === 0 ? 'the sign-in or the mailbox counter is new' : what.join('; ');
}

function timeOf(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
