import type {
  Clock,
  Failure,
  Fence,
  HealthReport,
  JobContribution,
  JobOutcome,
  JobRequest,
  JobRun,
  Logger,
  ServiceHealth,
} from '@exact/host-contracts';
import { Emitter } from '../stores/emitter.js';
import type { JobRequests } from '../stores/job-request-table.js';
import { backoff } from './backoff.js';
import { defectDetails, describeDefect } from './defect.js';

/** How long an aborted run may take to end before it is abandoned. Milliseconds. */
const ABORT_LIMIT = 5_000;

export interface JobLoopServices {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly health: ServiceHealth;
  readonly requests: JobRequests;
}

/** A lease as a loop sees it. */
export interface Tenure {
  readonly fence: Fence;
  /** Aborted when the lease ends, for whatever reason. */
  readonly signal: AbortSignal;
  /** Prolongs the lease. */
  renew(): Promise<void>;
}

/** How a run ended in the eyes of its loop. */
type RunEnd =
  | { readonly kind: 'ended'; readonly outcome: JobOutcome }
  | { readonly kind: 'defect'; readonly error: unknown }
  | { readonly kind: 'abandoned' };

/** One job: its runs, one after the other, and what is asked of it. */
export class JobLoop {
  /** Taken from the store for a run that is about to begin. */
  #waiting: JobRequest[] = [];
  #tenure: Tenure | undefined;
  #requests: Emitter<JobRequest> | undefined;
  #wake: (() => void) | undefined;
  #lastBeat: number | undefined;
  #openRuns = 0;

  constructor(
    readonly job: JobContribution,
    private readonly services: JobLoopServices,
  ) {}

  /** Runs that have not ended, abandoned ones included. */
  get openRuns(): number {
    return this.#openRuns;
  }

  /** Epoch ms of the present run's last heartbeat; `undefined` while none runs. */
  get lastBeat(): number | undefined {
    return this.#lastBeat;
  }

  /**
   * Something was asked of the jobs, perhaps of this one: a run that listens hears it at once, and without a run one
   * begins. A run that does not listen leaves it in the store, for the next one.
   */
  async heed(): Promise<void> {
    if (!this.#tenure || (this.#requests && !this.#requests.hasListeners)) return;
    await this.#take(this.#tenure);
    if (!this.#requests?.hasListeners) {
      if (this.#waiting.length > 0) this.#wake?.();
      return;
    }
    for (const request of this.#waiting.splice(0)) this.#requests.fire(request);
  }

  /** Runs the job until the tenure ends. By then the last run has ended or was abandoned. */
  async serve(tenure: Tenure): Promise<void> {
    this.#tenure = tenure;
    await this.#runs(tenure);
    this.#tenure = undefined;
    await this.#giveBack();
  }

  async #runs(tenure: Tenure): Promise<void> {
    const isOver = (): boolean => tenure.signal.aborted;
    let failures = 0;
    for (;;) {
      await this.#take(tenure);
      if (isOver()) return;
      const end = await this.#run(tenure);
      if (isOver() || end.kind === 'abandoned') return;
      const failed = end.kind === 'defect' || end.outcome.kind === 'failed';
      failures = failed ? failures + 1 : 0;
      if (end.kind === 'defect') await this.#recordDefect(end.error, tenure.fence);
      await this.#waitUntil(this.#nextRun(end, failures), tenure);
    }
  }

  async #run(tenure: Tenure): Promise<RunEnd> {
    const { clock, logger } = this.services;
    const requests = new Emitter<JobRequest>();
    const run: JobRun = {
      fence: tenure.fence,
      signal: tenure.signal,
      requests: this.#waiting.splice(0),
      onDidRequest: (listener) => {
        const subscription = requests.event(listener);
        // What was asked before anybody listened is still in the store.
        if (this.#requests === requests) void this.heed();
        return subscription;
      },
      heartbeat: async () => {
        if (this.#requests === requests) this.#lastBeat = clock.now();
        await tenure.renew();
      },
    };
    this.#requests = requests;
    this.#lastBeat = clock.now();
    const raceIsOver = new AbortController();
    const end = await Promise.race([this.#execute(run), this.#abandonment(tenure.signal, raceIsOver.signal)]);
    raceIsOver.abort();
    this.#requests = undefined;
    this.#lastBeat = undefined;
    if (end.kind === 'abandoned') logger.error('job.abandoned', { job: this.job.id, fence: tenure.fence });
    return end;
  }

  async #execute(run: JobRun): Promise<RunEnd> {
    this.#openRuns += 1;
    try {
      return { kind: 'ended', outcome: await this.job.run(run) };
    } catch (error) {
      return { kind: 'defect', error };
    } finally {
      this.#openRuns -= 1;
    }
  }

  /** Resolves when the run ignored its abort for too long; never when it ended before. */
  #abandonment(aborted: AbortSignal, raceIsOver: AbortSignal): Promise<RunEnd> {
    return new Promise((resolve) => {
      const begin = (): void => {
        this.services.clock.sleep(ABORT_LIMIT, raceIsOver).then(
          () => resolve({ kind: 'abandoned' }),
          () => undefined,
        );
      };
      if (aborted.aborted) begin();
      else aborted.addEventListener('abort', begin, { once: true, signal: raceIsOver });
    });
  }

  /** Epoch ms; `undefined` = on request. */
  #nextRun(end: Exclude<RunEnd, { kind: 'abandoned' }>, failures: number): number | undefined {
    const { clock, logger } = this.services;
    if (end.kind === 'defect') return clock.now() + backoff(failures);
    const { outcome } = end;
    if (outcome.kind === 'again') return outcome.at;
    if (outcome.kind === 'idle') return undefined;
    const { code, retry } = outcome.failure;
    logger.warn('job.failed', { job: this.job.id, code, retry: retry.kind });
    return retry.kind === 'backoff' ? (retry.at ?? clock.now() + backoff(failures)) : undefined;
  }

  async #waitUntil(at: number | undefined, tenure: Tenure): Promise<void> {
    const wake = new AbortController();
    this.#wake = () => wake.abort();
    await this.heed();
    const { signal } = tenure;
    const either = AbortSignal.any([signal, wake.signal]);
    const { clock } = this.services;
    const wait = at === undefined ? aborted(either) : clock.sleep(Math.max(0, at - clock.now()), either);
    await wait.catch(() => undefined);
    this.#wake = undefined;
  }

  async #take({ fence }: Tenure): Promise<void> {
    await this.#reachRequests(async (requests) => {
      this.#waiting.push(...(await requests.take(this.job.id, fence)));
    });
  }

  /** What was taken for a run that did not begin any more. */
  async #giveBack(): Promise<void> {
    await this.#reachRequests(async (requests) => {
      for (const request of this.#waiting) await requests.add(this.job.id, request);
      this.#waiting = [];
    });
  }

  /** While the store can't be reached what is asked stays where it is: in it, or here. */
  async #reachRequests(work: (requests: JobRequests) => Promise<void>): Promise<void> {
    const { requests, logger } = this.services;
    try {
      await work(requests);
    } catch (error) {
      const message = Error.isError(error) ? error.message : String(error);
      logger.error('job.requests-failed', { job: this.job.id, message });
    }
  }

  /** A job that throws is broken: staff see it, and support finds why. */
  async #recordDefect(error: unknown, fence: Fence): Promise<void> {
    const { id, title } = this.job;
    this.services.logger.error('job.threw', { job: id, ...describeDefect(error) });
    const failure: Failure = {
      code: 'job.defect',
      sentence: `${title} has stopped because of a fault in EXACT.`,
      fixedBy: 'vendor',
      advice: 'EXACT tries again by itself. If it stays like this, tell EXACT support.',
      retry: { kind: 'backoff' },
      details: defectDetails(error),
    };
    const { health, logger } = this.services;
    await health.report({ part: partOf(id), state: 'needs attention', failure }, fence).catch((fault: unknown) => {
      logger.error('job.health-failed', { job: id, message: Error.isError(fault) ? fault.message : String(fault) });
    });
  }
}

/** Health has two halves; what does not send is counted to receiving. */
function partOf(job: string): HealthReport['part'] {
  return job.endsWith('.send') ? 'send' : 'receive';
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
