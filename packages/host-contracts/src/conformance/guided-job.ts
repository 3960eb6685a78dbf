import type { JobContribution, JobOutcome, JobRequest, JobRun } from '../contributions/job.js';
import { expectWithin } from './expect.js';

export const JOB = 'conformance.job';
export const REQUEST: JobRequest = { name: 'send-receive', detail: { by: 'Front desk' } };

/** A job whose runs the suite ends; an aborted run ends by itself. */
export class GuidedJob implements JobContribution {
  readonly title = 'Conformance';
  readonly runs: JobRun[] = [];
  running = 0;
  #end: ((outcome: JobOutcome) => void) | undefined;
  #fail: ((reason: Error) => void) | undefined;
  #began = Promise.withResolvers<undefined>();

  constructor(readonly id = JOB) {}

  run(run: JobRun): Promise<JobOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>();
    this.#end = resolve;
    this.#fail = reject;
    run.signal.addEventListener('abort', () => {
      resolve({ kind: 'idle' });
    });
    this.runs.push(run);
    this.running += 1;
    this.#began.resolve(undefined);
    this.#began = Promise.withResolvers();
    return promise.finally(() => {
      this.running -= 1;
    });
  }

  /** The run of that number, from 1, as soon as it has begun. */
  async began(number: number): Promise<JobRun> {
    while (this.runs.length < number) await expectWithin(this.#began.promise, `Run ${number} did not begin.`);
    return this.runs[number - 1] ?? Promise.reject(new Error(`There is no run ${number}.`));
  }

  end(outcome: JobOutcome): void {
    this.#end?.(outcome);
  }

  fail(reason: Error): void {
    this.#fail?.(reason);
  }
}
