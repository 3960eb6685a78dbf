import { randomUUID } from 'node:crypto';
import type { JobContribution, Subscription } from '@exact/host-contracts';
import { Emitter } from '../stores/emitter.js';
import type { Leases } from '../stores/lease-table.js';
import { JobLoop, type JobLoopServices, type Tenure } from './job-loop.js';

/** A lease that is not renewed for so long is anybody's. Milliseconds. */
const LEASE_DURATION = 90_000;
/** When the lease can't be asked for, e.g. because the disk is full. Milliseconds. */
const FAULT_PAUSE = 10_000;
/** How often the lease is renewed and the hearts of the runs are listened to. */
const RENEWAL = 30_000;

export interface JobRunnerServices extends JobLoopServices {
  readonly leases: Leases;
}

/**
 * Runs jobs under the practice's one lease. A tenure is the time between a lease's fence and the next: a restart, a
 * change of the configuration or a lost lease ends it with all runs, and another begins with a new fence.
 */
export class JobRunner implements AsyncDisposable {
  readonly #loops: readonly JobLoop[];
  readonly #holder = randomUUID();
  readonly #stop = new AbortController();
  readonly #began = new Emitter<undefined>();
  #tenure: AbortController | undefined;
  #serving: Promise<void> | undefined;
  #subscriptions: readonly Subscription[] = [];

  constructor(
    jobs: readonly JobContribution[],
    private readonly services: JobRunnerServices,
  ) {
    this.#loops = jobs.map((job) => new JobLoop(job, services));
  }

  /** Runs that have not ended, abandoned ones included. */
  get openRuns(): number {
    return this.#loops.reduce((sum, loop) => sum + loop.openRuns, 0);
  }

  /** Begins as soon as the lease is granted. Without jobs there is nothing to run. */
  start(): void {
    if (this.#loops.length === 0 || this.#serving) return;
    const { requests } = this.services;
    this.#subscriptions = [
      requests.onDidAdd(() => {
        for (const loop of this.#loops) void loop.heed();
      }),
      requests.onDidAskRestart(() => void this.restart()),
    ];
    this.#serving = this.#serve();
  }

  /** Resolves when the runs have begun anew; at once while there is no lease, since that begins them anyway. */
  restart(): Promise<void> {
    const tenure = this.#tenure;
    if (!tenure || this.#stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const subscription = this.#began.event(() => {
        subscription.dispose();
        resolve();
      });
      tenure.abort(new Error('The jobs are started anew'));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('The host stops'));
    for (const subscription of this.#subscriptions) subscription.dispose();
    await this.#serving;
    // Whoever waits for a restart waits no longer.
    this.#began.fire(undefined);
    await this.services.leases.release(this.#holder);
  }

  async #serve(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const fence = await this.#acquire();
      if (fence === undefined) continue;
      const tenure = new AbortController();
      const signal = AbortSignal.any([this.#stop.signal, tenure.signal]);
      this.#tenure = tenure;
      this.#began.fire(undefined);
      const renew = () => this.#renew(tenure);
      const loops = this.#loops.map((loop) => loop.serve({ fence, signal, renew } satisfies Tenure));
      await Promise.all([...loops, this.#watch(tenure, signal)]);
      this.#tenure = undefined;
    }
  }

  /** `undefined` after a wait: for somebody else's lease to end, or for the stores to work again. */
  async #acquire(): Promise<number | undefined> {
    const { leases, clock, logger } = this.services;
    let pause = FAULT_PAUSE;
    try {
      const outcome = await leases.acquire(this.#holder, LEASE_DURATION);
      if (outcome.kind === 'granted') return outcome.fence;
      logger.warn('job.lease-held', { until: outcome.until });
      pause = Math.max(1_000, outcome.until - clock.now());
    } catch (error) {
      logger.error('job.lease-failed', { message: Error.isError(error) ? error.message : String(error) });
    }
    await clock.sleep(pause, this.#stop.signal).catch(() => undefined);
    return undefined;
  }

  /** A lease that can't be renewed is as good as lost. */
  async #renew(tenure: AbortController): Promise<void> {
    if (tenure.signal.aborted) return;
    const { leases, logger } = this.services;
    try {
      if ((await leases.renew(this.#holder, LEASE_DURATION)) === 'renewed') return;
      logger.warn('job.lease-lost');
    } catch (error) {
      logger.error('job.lease-failed', { message: Error.isError(error) ? error.message : String(error) });
    }
    tenure.abort(new Error('The lease is lost'));
  }

  /** Keeps the lease while jobs wait, and ends a tenure in which the heart of a run has stopped. */
  async #watch(tenure: AbortController, signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.services;
    for (;;) {
      await clock.sleep(RENEWAL, signal).catch(() => undefined);
      if (signal.aborted) return;
      const silent = this.#loops.find(
        ({ lastBeat }) => lastBeat !== undefined && clock.now() - lastBeat > LEASE_DURATION,
      );
      if (silent) {
        logger.error('job.heart-stopped', { job: silent.job.id });
        tenure.abort(new Error(`The heart of ${silent.job.id} has stopped`));
      } else {
        await this.#renew(tenure);
      }
    }
  }
}
