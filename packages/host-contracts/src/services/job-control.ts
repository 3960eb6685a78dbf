import { contract } from '../contract.js';
import type { JobRequest } from '../contributions/job.js';

/** Reaches the jobs on the practice's server from any workstation. */
export interface JobControl {
  /**
   * Delivers a request to a running run, or starts one with it, within five seconds. Resolves when the request is on
   * record: it survives a crash, and a server that does not run now. The same again before a run has heard it is one.
   */
  request(job: string, request: JobRequest): Promise<void>;
  /** Ends the runs of all jobs of the plugin and starts them anew within five seconds, without waiting for a back-off. */
  restart(): Promise<void>;
}

/** Use this to ask something of a job. */
export const JobControl = contract<JobControl>('JobControl');
