import { contract } from '../contract.js';
import type { Failure } from '../failure.js';
import type { Event } from '../event.js';
import type { JsonObject } from '../json.js';

/**
 * The number of a lease. It rises with each lease that the host grants for the practice database, over all processes and
 * restarts. A store refuses a write whose fence is lower than the highest that it has granted.
 */
export type Fence = number;

/** Why a write under a lease was refused: somebody else holds the lease now. The run must stop. */
export const STALE_FENCE = 'stale-fence';

/** Something that a person or another part asks of a job while it runs or waits. */
export interface JobRequest {
  /** E.g. `send-receive`. */
  readonly name: string;
  readonly detail: JsonObject;
}

/** What one execution of a job is given. */
export interface JobRun {
  /** Goes with every write of this run. */
  readonly fence: Fence;
  /** Aborted when the lease is lost, the host stops or a restart is asked. The run then ends within five seconds. */
  readonly signal: AbortSignal;
  /** What the run was started for; empty at the host's start and on schedule. Later requests come by `onDidRequest`. */
  readonly requests: readonly JobRequest[];
  readonly onDidRequest: Event<JobRequest>;
  /**
   * Says that the run lives and renews the lease. To be called at least every 30 seconds, by the host's clock.
   * Throws nothing; a lost lease shows in `signal`.
   */
  heartbeat(): Promise<void>;
}

/** How a run ended. */
export type JobOutcome =
  /** Run me again at `at` (epoch ms); at once on a request or after a change of the configuration. */
  | { readonly kind: 'again'; readonly at: number }
  /** Nothing to do until a request or a change of the configuration. */
  | { readonly kind: 'idle' }
  /** It did not work. `failure.retry` says when it is run again; without a time the host backs off with jitter, 5 s to 10 min. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Background work. The host runs each job on the practice's server only, one run at a time, under a lease that it grants
 * to one process per practice database. A run may last for ever (watching a mailbox) as long as its heart beats.
 */
export interface JobContribution {
  /** Stable and unique within the host, e.g. `email.receive`. */
  readonly id: string;
  /** For people, e.g. `Receive email`. */
  readonly title: string;
  /**
   * One execution. Called at the host's start, after a change of the configuration, at the time that the last run gave,
   * and on request. What it throws is a defect: the host records it, shows it in the service's health and backs off.
   */
  run(run: JobRun): Promise<JobOutcome>;
}

/** Use this to do work in the background on the practice's server. */
export const JobContribution = contract<JobContribution>('JobContribution');
