import type {
  Configuration,
  ConfigurationCommit,
  FinishOutcome,
  PracticeInformation,
  Prompt,
  StoredConfiguration,
} from '@exact/host-contracts';
import { storeSettings } from '../settings/settings-form.js';
import type { Settings } from '../settings/settings.js';
import { TOKEN_CACHE_SECRET } from '../sign-in/sign-in.js';
import { changedMeanwhile } from './changed-meanwhile.js';
import { addressOf, type Draft } from './draft.js';
import { isSameAddress } from './practice-address.js';
import { updatePracticeInformationCall } from './practice-information.command.js';
import { setupChanges } from './setup-changes.js';

/** What Finish starts from: what was stored when the wizard opened. */
export interface FinishFrom {
  readonly stored: StoredConfiguration;
  readonly settings: Settings | undefined;
}

/** Saves the draft in one commit, all or nothing. "Other email (current)" changes nothing. */
export async function finish(
  draft: Draft,
  from: FinishFrom,
  configuration: Configuration,
  practiceInformation: PracticeInformation,
): Promise<FinishOutcome> {
  if (draft.provider === undefined || draft.provider === 'other') return { kind: 'finished' };
  const settings = settingsOf(draft, draft.provider, from.settings);
  const session =
    settings.provider === 'microsoft365' && draft.signIn.kind === 'proved' ? draft.signIn.session : undefined;
  const prompt = await question(settings, from.settings, practiceInformation);
  const outcome = await configuration.commit({
    expectedRevision: from.stored.revision,
    settings: storeSettings(settings),
    account: sendingAccount(settings),
    secrets: session ? { [TOKEN_CACHE_SECRET]: session.serialize() } : {},
    ...(draft.resetCounter &&
      settings.provider === 'microsoft365' &&
      settings.account && { resetCounter: settings.account.key }),
    retireOther: true,
    ...(prompt && { prompt }),
    audit: setupChanges({
      before: from.settings,
      other: from.stored.other,
      after: settings,
      signedIn: session?.account.username,
      resetCounter: draft.resetCounter && settings.provider === 'microsoft365',
    }),
  });
  if (outcome.kind === 'committed') return { kind: 'finished' };
  return { kind: 'refused', failure: changedMeanwhile(from.settings, outcome.current) };
}

function settingsOf(draft: Draft, provider: 'microsoft365' | 'off', before: Settings | undefined): Settings {
  // Turned off, the rest is remembered as it was: nobody went through the other pages.
  if (provider === 'off') return { provider, account: before?.account, schedule: before?.schedule ?? draft.schedule };
  return { provider, account: draft.account(), schedule: draft.schedule };
}

function sendingAccount({ provider, account }: Settings): ConfigurationCommit['account'] {
  return provider === 'off' || !account ? undefined : { key: account.key, address: addressOf(account) };
}

/** Asked when the practice's address is new and the practice information says another one. */
async function question(
  settings: Settings,
  before: Settings | undefined,
  practiceInformation: PracticeInformation,
): Promise<Prompt | undefined> {
  const address = settings.provider === 'off' ? undefined : settings.account?.address;
  if (address === undefined) return undefined;
  const isNew = !before?.account || !isSameAddress(before.account.address, address);
  const { emailAddress } = await practiceInformation.read();
  if (!isNew || isSameAddress(emailAddress, address)) return undefined;
  const present = emailAddress === '' ? '' : `It says ${emailAddress} now. `;
  return {
    id: 'email.practice-information',
    title: 'Practice Information',
    text: `Do you want to update the email address in the practice information to ${address}? ${present}Letters and reminders to patients show that address. Email is sent from ${address} in either case.`,
    right: 'configure-email',
    choices: [{ text: 'Yes', command: updatePracticeInformationCall(address) }, { text: 'No' }],
  };
}
