import { FailureError, type HostInformation, type JobControl } from '@exact/host-contracts';
import { genuinenessOf } from './genuineness.js';
import type { HostChange } from './host.js';
import { hostFailures } from './host-failures.js';
import type { HostServices } from './host-services.module.js';
import type { JobRequests } from '../stores/job-request-table.js';
import type { HostOptions } from './running-host.js';

/** What the services say changes while the host runs. */
export interface LiveHost {
  version(): string;
  /** Ids of the jobs that the plugins bring; `undefined` between two starts. */
  jobs(): readonly string[] | undefined;
  /** `false` when nobody listens. */
  tell(change: HostChange): boolean;
}

/** What a process is to its practice. */
export type Role = Awaited<ReturnType<HostInformation['role']>>;

/** The host services, out of the stores and of what the host itself knows. */
export function lendServices(options: HostOptions, live: LiveHost): HostServices {
  const { role, stores, user, clock, logger, endpoints, situations } = options;
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
      role: () => Promise.resolve(role),
      database: async () => {
        const { id, name } = await stores.database.read();
        return { id, name, genuineness: genuinenessOf(name) };
      },
    },
    jobControl: controlJobs(stores.jobRequests, () => live.jobs()),
  };
}

/** Leaves what is asked of the jobs where the server finds it, whichever process that is. */
export function controlJobs(requests: JobRequests, jobs: () => readonly string[] | undefined): JobControl {
  return {
    request: (job, request) => {
      const isKnown = jobs()?.includes(job) ?? true;
      return isKnown ? requests.add(job, request) : Promise.reject(new RangeError(`There is no job ${job}`));
    },
    restart: () => requests.restart(),
  };
}
