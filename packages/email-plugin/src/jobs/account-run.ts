import {
  FailureError,
  type Clock,
  type Failure,
  type HealthReport,
  type HostInformation,
  type JobOutcome,
  type JobRun,
  type ServiceHealth,
} from '@exact/host-contracts';
import type { SettingsReader } from '../settings/settings-reader.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import { Heartbeat } from './heartbeat.js';

/** How soon a database that is not genuine is looked at again, milliseconds. */
const LOOK_AGAIN_MS = 60_000;

/** What a run asks the host and the settings. */
export interface AccountRunServices {
  readonly clock: Clock;
  readonly host: HostInformation;
  readonly health: ServiceHealth;
  readonly settings: SettingsReader;
}

/** The database turned out not to be the practice's live one in the middle of a run. */
export interface NotGenuine {
  readonly kind: 'not-genuine';
  readonly reason: string;
}

/** What a job does for the account. */
export interface AccountWork {
  readonly part: HealthReport['part'];
  /** What is said on a database that is not genuine. */
  notGenuine(reason: string): Failure;
  work(account: AccountSettings, schedule: ScheduleSettings): Promise<JobOutcome | NotGenuine>;
}

/**
 * A run of a job for the account that is set up: its heart beats, it does nothing while email is off or the database is
 * not genuine, and a failure that the work did not judge itself is said. What is not a `FailureError` is a defect, which
 * the host records.
 */
export async function runForAccount(run: JobRun, services: AccountRunServices, job: AccountWork): Promise<JobOutcome> {
  const { clock, health } = services;
  const { part } = job;
  await using heartbeat = new Heartbeat(run, clock);
  heartbeat.start();
  try {
    const end = await workUnlessOff(run, services, job);
    if (end.kind !== 'not-genuine') return end;
    await health.report({ part, state: 'off', failure: job.notGenuine(end.reason) }, run.fence);
    return { kind: 'again', at: clock.now() + LOOK_AGAIN_MS };
  } catch (error) {
    if (run.signal.aborted) return { kind: 'idle' };
    if (!(error instanceof FailureError)) throw error;
    await health.report({ part, state: 'needs attention', failure: error.failure }, run.fence);
    return { kind: 'failed', failure: error.failure };
  }
}

async function workUnlessOff(
  run: JobRun,
  { host, health, settings: reader }: AccountRunServices,
  job: AccountWork,
): Promise<JobOutcome | NotGenuine> {
  const { settings } = await reader.read();
  if (settings?.provider !== 'microsoft365' || !settings.account) {
    await health.report({ part: job.part, state: 'off' }, run.fence);
    return { kind: 'idle' };
  }
  const { genuineness } = await host.database();
  if (!genuineness.genuine) return { kind: 'not-genuine', reason: genuineness.reason };
  return job.work(settings.account, settings.schedule);
}
