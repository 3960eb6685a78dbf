import type {
  Clock,
  Configuration,
  HostInformation,
  InboxStore,
  MicrosoftEndpoints,
  OutboxStore,
  ServiceHealth,
} from '@exact/host-contracts';
import type { Network } from '../network/network.js';
import type { SettingsReader } from '../settings/settings-reader.js';

/** Where the plugin looks for what it tells support. */
export interface SupportServices {
  readonly clock: Clock;
  readonly configuration: Pick<Configuration, 'readSecret'>;
  readonly host: HostInformation;
  readonly inbox: Pick<InboxStore, 'cursor' | 'setAside'>;
  readonly endpoints: MicrosoftEndpoints;
  readonly outbox: Pick<OutboxStore, 'counts' | 'list'>;
  readonly health: Pick<ServiceHealth, 'read'>;
  readonly network: Network;
  readonly settings: SettingsReader;
}
