import {
  Clock,
  Configuration,
  HostInformation,
  InboxStore,
  MicrosoftEndpoints,
  OutboxStore,
  ServiceHealth,
  type SupportContribution,
  type SupportFact,
  type SupportSection,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { Network } from '../network/network.js';
import { SettingsReader } from '../settings/settings-reader.js';
import type { SupportServices } from './support-services.js';

/** What the plugin knows for the diagnosis and for the support file. All of it is imported when somebody asks. */
@injectable()
export class EmailSupport implements SupportContribution {
  readonly id = 'email';
  private readonly services: SupportServices;

  constructor(
    @inject(Clock) clock: Clock,
    @inject(Configuration) configuration: Configuration,
    @inject(HostInformation) host: HostInformation,
    @inject(InboxStore) inbox: InboxStore,
    @inject(MicrosoftEndpoints) endpoints: MicrosoftEndpoints,
    @inject(OutboxStore) outbox: OutboxStore,
    @inject(ServiceHealth) health: ServiceHealth,
    @inject(Network) network: Network,
    @inject(SettingsReader) settings: SettingsReader,
  ) {
    this.services = { clock, configuration, host, inbox, endpoints, outbox, health, network, settings };
  }

  async facts(): Promise<readonly SupportFact[]> {
    const { emailFacts } = await import('./email-facts.js');
    return emailFacts(this.services.settings);
  }

  async sections(signal: AbortSignal): Promise<readonly SupportSection[]> {
    const { emailSections } = await import('./email-sections.js');
    return emailSections(this.services, signal);
  }
}
