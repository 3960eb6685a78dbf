import { FailureError, type JsonObject, type SupportSection } from '@exact/host-contracts';
import { TOKEN_CACHE_SECRET } from '../sign-in/sign-in.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import { connectionsSection } from './connections-section.js';
import { pluginVersion } from './email-facts.js';
import { asTime, failureData } from './failure-data.js';
import { inboxSection, outboxSection } from './mail-sections.js';
import type { SupportServices } from './support-services.js';

/** The plugin's part of the support file. */
export async function emailSections(
  services: SupportServices,
  signal: AbortSignal,
): Promise<readonly SupportSection[]> {
  const { data, account } = await setUp(services);
  return [
    { title: 'Set-up', data: { 'version of EXACT Email': await pluginVersion(), ...data } },
    await healthSection(services),
    ...(account
      ? [await outboxSection(services.outbox, account.key), await inboxSection(services.inbox, account.key)]
      : []),
    await connectionsSection(services, signal),
  ];
}

async function setUp({
  settings: reader,
  configuration,
}: SupportServices): Promise<{ readonly data: JsonObject; readonly account?: AccountSettings }> {
  try {
    const { stored, settings } = await reader.read();
    const { revision, changed } = stored;
    const general = {
      revision,
      'changed last': asTime(changed?.at),
      'sign-in stored': await isSignInStored(configuration),
      'older set-up in force': stored.other !== undefined,
    };
    if (!settings) return { data: { ...general, provider: 'never set up' } };
    const { provider, account, schedule } = settings;
    const data = { ...general, provider, ...(account && accountData(account)), schedule: scheduleData(schedule) };
    return account ? { data, account } : { data };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { data: { unreadable: failureData(error.failure) } };
  }
}

function scheduleData({ checkingTimes, ...rest }: ScheduleSettings): JsonObject {
  const times = checkingTimes.map(({ weekday, from, to }) => `weekday ${String(weekday)}, ${from} to ${to}`);
  return { ...rest, checkingTimes: times };
}

/** Which accounts play which part, without saying who they are. */
function accountData({ address, displayName, signedIn, imapUser, smtpUser }: AccountSettings): JsonObject {
  const same = (one: string, other: string): string => (one.toLowerCase() === other.toLowerCase() ? 'yes' : 'no');
  return {
    'domain of the practice address': domainOf(address),
    'name before the address': displayName === undefined ? 'no' : 'yes',
    'domain of who signed in': domainOf(signedIn.username),
    'organisation at Microsoft': signedIn.tenantId,
    'signed in as the practice address': same(signedIn.username, address),
    'receives as the practice address': same(imapUser, address),
    'receives as who signed in': same(imapUser, signedIn.username),
    'sends as who signed in': same(smtpUser, signedIn.username),
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

async function isSignInStored(configuration: SupportServices['configuration']): Promise<string> {
  try {
    return (await configuration.readSecret(TOKEN_CACHE_SECRET)) === undefined ? 'no' : 'yes';
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return error.failure.code;
  }
}

async function healthSection({ health }: SupportServices): Promise<SupportSection> {
  const reports = await health.read();
  const data = reports.map(({ part, failure, lastAt, throttledUntil, signedInAs, download, ...rest }) => [
    part,
    {
      ...rest,
      'signed in': signedInAs === undefined ? 'no' : 'yes',
      last: asTime(lastAt),
      ...(throttledUntil !== undefined && { 'asked to wait until': asTime(throttledUntil) }),
      ...(download && { download: { ...download } }),
      ...(failure && { failure: failureData(failure) }),
    },
  ]) as readonly (readonly [string, JsonObject])[];
  return { title: 'Health', data: Object.fromEntries(data) };
}
