import { readFile } from 'node:fs/promises';
import { FailureError, type SupportFact } from '@exact/host-contracts';
import type { SettingsReader } from '../settings/settings-reader.js';
import type { AccountSettings, Settings } from '../settings/settings.js';

const PROVIDERS: Readonly<Record<Settings['provider'], string>> = {
  microsoft365: 'Microsoft Office 365',
  off: 'none, email is off',
};

/** What staff see in the diagnosis beside the health of the service. */
export async function emailFacts(reader: SettingsReader): Promise<readonly SupportFact[]> {
  return [...(await setUp(reader)), { name: 'Version of EXACT Email', value: await pluginVersion() }];
}

/** The plugin's own version, as its package says it. */
export async function pluginVersion(): Promise<string> {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(await readFile(file, 'utf8')) as { readonly version: string }).version;
}

async function setUp(reader: SettingsReader): Promise<readonly SupportFact[]> {
  try {
    const { settings } = await reader.read();
    if (!settings) return [];
    const { provider, account } = settings;
    return [
      { name: 'Provider', value: PROVIDERS[provider] },
      ...(provider === 'off' || !account ? [] : mailbox(account)),
    ];
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return [{ name: 'Set-up', value: error.failure.sentence }];
  }
}

/** A shared mailbox is opened under its own name; else the address says it all. */
function mailbox({ address, imapUser }: AccountSettings): readonly SupportFact[] {
  return imapUser.toLowerCase() === address.toLowerCase() ? [] : [{ name: 'Mailbox', value: imapUser }];
}
