import { arch, platform, release } from 'node:os';
import type { HealthState, SupportSection } from '@exact/host-contracts';
import type { PracticeStores } from '../stores/practice-stores.js';
import { genuinenessOf } from './genuineness.js';
import type { PluginRecord } from './host.js';

/** What the host knows of itself. */
export interface HostState {
  readonly version: string;
  readonly records: readonly PluginRecord[];
  readonly state: HealthState;
  readonly stores: Pick<PracticeStores, 'database'>;
}

/** The host's own part of the support file. */
export async function hostSections({ version, records, state, stores }: HostState): Promise<readonly SupportSection[]> {
  const { name } = await stores.database.read();
  return [
    {
      title: 'Host',
      data: {
        version,
        'live database': genuinenessOf(name).genuine,
        node: process.version,
        system: `${platform()} ${release()} ${arch()}`,
        'email service': state,
      },
    },
    { title: 'Plugins', data: Object.fromEntries(records.map((record) => [record.plugin, whatBecameOf(record)])) },
  ];
}

function whatBecameOf(record: PluginRecord): string {
  switch (record.kind) {
    case 'loaded':
      return 'loaded';
    case 'refused':
      return `refused: ${record.admission.code}. ${record.admission.reason}`;
    case 'failed':
      return `failed: ${record.reason}`;
  }
}
