import {
  AuditLog,
  Clock,
  Configuration,
  CurrentUser,
  HelpTopics,
  HostInformation,
  InboxStore,
  JobControl,
  Logger,
  MicrosoftEndpoints,
  OutboxStore,
  PatientDirectory,
  PracticeInformation,
  Prompts,
  ServiceHealth,
  SystemBrowser,
} from '@exact/host-contracts';
import { ContainerModule } from 'inversify';

/** All that the host lends to plugins. */
export interface HostServices {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly configuration: Configuration;
  readonly currentUser: CurrentUser;
  readonly endpoints: MicrosoftEndpoints;
  readonly health: ServiceHealth;
  readonly helpTopics: HelpTopics;
  readonly hostInformation: HostInformation;
  readonly inbox: InboxStore;
  readonly jobControl: JobControl;
  readonly logger: Logger;
  readonly outbox: OutboxStore;
  readonly patients: PatientDirectory;
  readonly practice: PracticeInformation;
  readonly prompts: Prompts;
  readonly systemBrowser: SystemBrowser;
}

export function hostServicesModule(services: HostServices): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(AuditLog).toConstantValue(services.audit);
    bind(Clock).toConstantValue(services.clock);
    bind(Configuration).toConstantValue(services.configuration);
    bind(CurrentUser).toConstantValue(services.currentUser);
    bind(HelpTopics).toConstantValue(services.helpTopics);
    bind(HostInformation).toConstantValue(services.hostInformation);
    bind(InboxStore).toConstantValue(services.inbox);
    bind(JobControl).toConstantValue(services.jobControl);
    bind(Logger).toConstantValue(services.logger);
    bind(MicrosoftEndpoints).toConstantValue(services.endpoints);
    bind(OutboxStore).toConstantValue(services.outbox);
    bind(PatientDirectory).toConstantValue(services.patients);
    bind(PracticeInformation).toConstantValue(services.practice);
    bind(Prompts).toConstantValue(services.prompts);
    bind(ServiceHealth).toConstantValue(services.health);
    bind(SystemBrowser).toConstantValue(services.systemBrowser);
  });
}
