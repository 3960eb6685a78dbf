import { contract } from '../contract.js';
import type { Fence } from '../contributions/job.js';
import type { Event } from '../event.js';
import type { Failure } from '../failure.js';
import type { DownloadProgress } from '../mail/download.js';

/** What the indicator says, from best to worst but for `off`, which is no fault. */
export type HealthState = 'working' | 'off' | 'needs attention' | 'sign-in required';

/** How one half of the email service fares, as outcomes, not as log lines. */
export interface HealthReport {
  readonly part: 'receive' | 'send';
  readonly state: HealthState;
  /** Epoch ms of the last message received or sent. `undefined` keeps what was reported before. */
  readonly lastAt?: number;
  /** How many emails wait, are held, failed or are uncertain (send only). */
  readonly waiting?: number;
  readonly held?: number;
  readonly failed?: number;
  readonly uncertain?: number;
  /** Messages that could not be fetched and were set aside (receive only). */
  readonly setAside?: number;
  /** Epoch ms until which the server asked us to wait. */
  readonly throttledUntil?: number;
  /** Why it does not work. */
  readonly failure?: Failure;
  /** The account's sign-in name. */
  readonly signedInAs?: string;
  /** A plain sentence about what is going on, e.g. `Downloading: 120 of 300 messages`. */
  readonly activity?: string;
  /** How far a download of many messages is (receive only). Reported about once a second. A host draws it in place of `activity`. */
  readonly download?: DownloadProgress;
}

/** The host's memory of how the service fares, practice-wide. */
export interface ServiceHealth {
  /** Replaces the report of that part. A stale fence changes nothing. */
  report(report: HealthReport, fence: Fence): Promise<void>;
  /** The last report of each part; empty before the first. */
  read(): Promise<readonly HealthReport[]>;
  /** Within five seconds on the server and on every workstation. */
  readonly onDidChange: Event<void>;
}

/** Use this to say how the service fares, or to learn it. */
export const ServiceHealth = contract<ServiceHealth>('ServiceHealth');

/** The one state that the indicator shows: the worst of the parts; `off` when there is none or all are off. */
export function overallState(reports: readonly HealthReport[]): HealthState {
  const states = new Set(reports.map((report) => report.state));
  for (const state of ['sign-in required', 'needs attention', 'working'] as const) {
    if (states.has(state)) return state;
  }
  return 'off';
}
