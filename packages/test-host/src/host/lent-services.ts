import { FailureError, type JobControl } from '@exact/host-contracts';
import { genuinenessOf } from './genuineness.js';
import type { HostChange } from './host.js';
import { hostFailures } from './host-failures.js';
import type { HostServices } from './host-services.module.js';
import type { HostOptions } from './running-host.js';

/** What the services say changes while the host runs. */
export interface LiveHost {
  version(): string;
  /** `undefined` between two starts. */
  jobs(): JobControl | undefined;
  /** `false` when nobody listens. */
  tell(change: HostChange): boolean;
}

/** Jobs run on the server only. One process has the data directory, so it is always that one. */
const ROLE = 'server';

/** The host services, out of the stores and of what the host itself knows. */
export function lendServices(options: HostOptions, live: LiveHost): HostServices {
  const { stores, user, clock, logger, endpoints, situations } = options;
  return {
    audit: stores.audit,
    clock,
    configuration: stores.configuration,
    currentUser: user,
    endpoints,
    health: stores.health,
    inbox: stores.inbox,
    logger,
    outbox: stores.outbox,
    patients: stores.patients,
    practice: stores.practice,
    prompts: stores.prompts,
    helpTopics: {
      open: (title) => {
        live.tell({ kind: 'help', title });
        return Promise.resolve();
      },
    },
    systemBrowser: {
      open: (url) => {
        const isOpen = !situations.isBrowserBlocked && live.tell({ kind: 'system-browser', url });
        return isOpen ? Promise.resolve() : Promise.reject(new FailureError(hostFailures.noBrowser));
      },
    },
    hostInformation: {
      version: () => Promise.resolve(live.version()),
      role: () => Promise.resolve(ROLE),
      database: async () => {
        const { id, name } = await stores.database.read();
        return { id, name, genuineness: genuinenessOf(name) };
      },
    },
    jobControl: {
      // Between two starts there is nothing to ask: the jobs begin anew with the next one.
      request: (job, request) => live.jobs()?.request(job, request) ?? Promise.resolve(),
      restart: () => live.jobs()?.restart() ?? Promise.resolve(),
    },
  };
}
