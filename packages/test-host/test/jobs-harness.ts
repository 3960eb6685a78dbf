import type { JobContribution, JobOutcome, JobRequest, JobRun, LogData, Logger } from '@exact/host-contracts';
import { JobRunner } from '../dist/src/host/job-runner.js';
import type { Leases } from '../dist/src/stores/lease-table.js';
import { StoresHarness } from './stores-harness.js';

/** A run that a test ends. */
export interface OpenRun extends JobRun {
  end(outcome: JobOutcome): void;
  fail(error: Error): void;
}

/** A job whose runs a test ends; by itself a run ends when it is aborted, if it is polite. */
export class GuidedJob implements JobContribution {
  readonly runs: OpenRun[] = [];
  readonly title = 'Guided job';

  constructor(
    readonly id: string,
    private readonly isPolite = true,
  ) {}

  /** The run that began last. */
  get last(): OpenRun {
    const last = this.runs.at(-1);
    if (!last) throw new Error(`${this.id} has not run`);
    return last;
  }

  run(run: JobRun): Promise<JobOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>();
    this.runs.push({ ...run, end: resolve, fail: reject });
    if (this.isPolite) {
      run.signal.addEventListener('abort', () => {
        resolve({ kind: 'idle' });
      });
    }
    return promise;
  }
}

/** A logger that remembers. */
class MemoryLogger implements Logger {
  readonly events: { readonly event: string; readonly data: LogData | undefined }[] = [];
  readonly info = (event: string, data?: LogData): void => void this.events.push({ event, data });
  readonly warn = this.info;
  readonly error = this.info;
}

/** Jobs at work on real stores, with a clock to move. */
export class JobsHarness implements AsyncDisposable {
  readonly logger = new MemoryLogger();
  /** In place of the stores' own. */
  leases: Leases | undefined;
  readonly #runners: JobRunner[] = [];

  private constructor(readonly practice: StoresHarness) {}

  static async open(): Promise<JobsHarness> {
    return new JobsHarness(await StoresHarness.openConnected());
  }

  get clock() {
    return this.practice.clock;
  }

  /** Starts a runner, which starts anew after each commit as the host does. */
  start(...jobs: readonly JobContribution[]): JobRunner {
    const { stores } = this.practice;
    const leases = this.leases ?? stores.leases;
    const { health, jobRequests: requests } = stores;
    const services = { clock: this.clock, logger: this.logger, health, leases, requests };
    const runner = new JobRunner(jobs, services);
    stores.configuration.onDidChange(() => void runner.restart());
    this.#runners.push(runner);
    runner.start();
    return runner;
  }

  /** As a person asks it, at whichever workstation. */
  request(job: string, request: JobRequest): Promise<void> {
    return this.practice.stores.jobRequests.add(job, request);
  }

  /** Without any time passing. */
  until(condition: () => boolean | Promise<boolean>): Promise<void> {
    return this.clock.until(condition);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const runner of this.#runners) await runner[Symbol.asyncDispose]();
    await this.practice[Symbol.asyncDispose]();
  }
}
