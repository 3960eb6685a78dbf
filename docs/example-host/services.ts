import {
  AuditLog,
  Clock,
  Configuration,
  type Contract,
  CurrentUser,
  type Event,
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
  type StoredConfiguration,
  SystemBrowser,
} from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { clock } from './clock.ts';
import { MemoryInbox } from './memory-inbox.ts';

export const HOST_VERSION = 'V13.706';

const PRACTICE = { name: 'Example Practice', emailAddress: 'reception@practice.example', campaignPlus: false };

const hostInformation: HostInformation = {
  version: () => Promise.resolve(HOST_VERSION),
  database: () => {
    const genuineness = { genuine: false, reason: 'It is the example’s, in memory.' } as const;
    return Promise.resolve({ id: 'example', name: 'Example', genuineness });
  },
  // Jobs run on the server only, so that nothing is received or sent here.
  role: () => Promise.resolve('workstation'),
};

const endpoints: MicrosoftEndpoints = {
  get: () =>
    Promise.resolve({
      clientId: '00000000-0000-0000-0000-000000000000',
      authority: 'https://login.microsoftonline.com/organizations',
      imap: { host: 'outlook.office365.com', port: 993 },
      smtp: { host: 'smtp.office365.com', port: 587 },
      limits: {
        messagesPerMinute: 30,
        recipientsPerDay: 10_000,
        recipientsPerMessage: 500,
        attachmentsPerMessage: 250,
        messageBytes: 36_700_160,
      },
    }),
};

const unchanging: Event<never> = () => ({ dispose: () => undefined });

let stored: StoredConfiguration = { revision: 0, settings: undefined, other: undefined, changed: undefined };
const configuration: Configuration = {
  read: () => Promise.resolve(stored),
  commit: ({ expectedRevision, settings }) => {
    if (expectedRevision !== stored.revision) {
      return Promise.resolve({ kind: 'refused', reason: 'stale-revision', current: stored });
    }
    const revision = stored.revision + 1;
    stored = { revision, settings, other: undefined, changed: { by: 'Front desk', at: clock.now() } };
    return Promise.resolve({ kind: 'committed', revision });
  },
  readSecret: () => Promise.resolve(undefined),
  writeSecret: () => Promise.resolve({ kind: 'refused', reason: 'stale-fence' }),
  replaceSecret: () => Promise.resolve({ kind: 'refused', reason: 'stale-revision', current: stored }),
  onDidChange: unchanging,
};

/** What this example lends to plugins. Whatever only a job or a sign-in would call says so when it is called. */
export const hostServices = new ContainerModule(({ bind }) => {
  bind(Clock).toConstantValue(clock);
  bind(Logger).toConstantValue({ info: () => undefined, warn: console.warn, error: console.error });
  bind(HostInformation).toConstantValue(hostInformation);
  bind(CurrentUser).toConstantValue({
    get: () => Promise.resolve({ id: '1', name: 'Front desk', rights: ['configure-email'] }),
  });
  bind(MicrosoftEndpoints).toConstantValue(endpoints);
  bind(Configuration).toConstantValue(configuration);
  bind(PracticeInformation).toConstantValue({
    read: () => Promise.resolve(PRACTICE),
    updateEmailAddress: () => Promise.reject(new Error('The example practice keeps its address')),
    onDidChange: unchanging,
  });
  bind(PatientDirectory).toConstantValue({
    findByAddresses: (addresses) => Promise.resolve(addresses.map(() => [])),
  });
  bind(InboxStore).toConstantValue(new MemoryInbox());
  bind(OutboxStore).toConstantValue(notLent(OutboxStore));
  bind(Prompts).toConstantValue(notLent(Prompts));
  bind(AuditLog).toConstantValue(notLent(AuditLog));
  bind(ServiceHealth).toConstantValue(notLent(ServiceHealth));
  bind(JobControl).toConstantValue(notLent(JobControl));
  bind(HelpTopics).toConstantValue(notLent(HelpTopics));
  bind(SystemBrowser).toConstantValue(notLent(SystemBrowser));
});

/** A service whose every call is refused by name. */
function notLent<T extends object>(service: Contract<T>): T {
  return new Proxy({} as T, {
    get: (_target, member) => {
      // What has a "then" would be taken for a promise.
      if (typeof member === 'symbol' || member === 'then') return undefined;
      return () => Promise.reject(new Error(`This host does not lend ${String(service.description)}.${member}`));
    },
  });
}
