import type { JobContribution } from '../contributions/job.js';
import type { Clock } from '../services/clock.js';
import type { JobControl } from '../services/job-control.js';
import { expectData, expectThat, expectTold } from './expect.js';
import { GuidedJob, JOB, REQUEST } from './guided-job.js';
import { FAILURE } from './samples.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to run jobs. */
export interface JobsHost extends AsyncDisposable {
  /** Starts the host's jobs, called once: these and no others. Resolves when they may run. */
  readonly startJobs: (jobs: readonly JobContribution[]) => Promise<JobControl>;
  /** Ends the host and resolves with the same practice after the next start. Disposed with the first. */
  readonly crash: () => Promise<JobsHost>;
  readonly clock: Clock;
  /** Moves the host's clock on by so many milliseconds, minutes of them, and resolves when what was due has begun. */
  readonly letPass: (milliseconds: number) => Promise<void>;
}

const MINUTE = 60_000;

const JOBS: HostPromises<JobsHost> = {
  'each job runs when the host starts, and nothing was asked of it': async ({ startJobs }) => {
    const jobs = [new GuidedJob(), new GuidedJob(`${JOB}.other`)];
    await startJobs(jobs);
    for (const job of jobs) expectData('What was asked', (await job.began(1)).requests, []);
  },

  'a job runs again at the time that it gave, not before': async ({ startJobs, clock, letPass }) => {
    const job = new GuidedJob();
    await startJobs([job]);
    await job.began(1);
    job.end({ kind: 'again', at: clock.now() + MINUTE });
    await letPass(MINUTE - 1);
    expectThat(job.runs.length === 1, 'The job ran before the time that it gave.');
    await letPass(1);
    await job.began(2);
  },

  'a job has one run at a time': async ({ startJobs, letPass }) => {
    const job = new GuidedJob();
    const control = await startJobs([job]);
    await job.began(1);
    await control.request(JOB, REQUEST);
    await letPass(1000);
    expectThat(job.running === 1, `${job.running} runs of one job are under way.`);
  },

  'a run that listens is told of a request': async ({ startJobs }) => {
    const job = new GuidedJob();
    const control = await startJobs([job]);
    const run = await job.began(1);
    const told = await expectTold(
      run.onDidRequest,
      () => control.request(JOB, REQUEST),
      (request) => request,
    );
    expectData('What the run was told', told, REQUEST);
  },

  'a request starts a run, which is given it': async ({ startJobs, letPass }) => {
    const job = new GuidedJob();
    const control = await startJobs([job]);
    await job.began(1);
    job.end({ kind: 'idle' });
    await letPass(MINUTE);
    expectThat(job.runs.length === 1, 'A job that has nothing to do was run.');
    await control.request(JOB, REQUEST);
    expectData('What was asked', (await job.began(2)).requests, [REQUEST]);
  },

  'a request that no run has heard yet survives a crash': async (before) => {
    const busy = new GuidedJob();
    const control = await before.startJobs([busy]);
    await busy.began(1);
    await control.request(JOB, REQUEST);
    const after = await before.crash();
    const job = new GuidedJob();
    await after.startJobs([job]);
    expectData('What was asked', (await job.began(1)).requests, [REQUEST]);
  },

  'a run that failed is repeated within ten minutes, but not at once': async ({ startJobs, letPass }) => {
    const job = new GuidedJob();
    await startJobs([job]);
    await job.began(1);
    job.end({ kind: 'failed', failure: FAILURE });
    await letPass(4000);
    expectThat(job.runs.length === 1, 'The job was repeated at once.');
    await letPass(10 * MINUTE);
    await job.began(2);
  },

  'a run that failed and needs a person is not repeated by itself': async ({ startJobs, letPass }) => {
    const job = new GuidedJob();
    await startJobs([job]);
    await job.began(1);
    job.end({ kind: 'failed', failure: { ...FAILURE, retry: { kind: 'after-sign-in' } } });
    await letPass(30 * MINUTE);
    expectThat(job.runs.length === 1, 'The job was repeated although it needs a person.');
  },

  'a job that throws is repeated': async ({ startJobs, letPass }) => {
    const job = new GuidedJob();
    await startJobs([job]);
    await job.began(1);
    job.fail(new Error('A defect of the job'));
    await letPass(10 * MINUTE);
    await job.began(2);
  },

  'a restart aborts the run and begins another one under a higher fence': async ({ startJobs }) => {
    const job = new GuidedJob();
    const control = await startJobs([job]);
    const first = await job.began(1);
    await control.restart();
    const second = await job.began(2);
    expectThat(first.signal.aborted, 'The run was not aborted.');
    expectThat(second.fence > first.fence, `The fence ${second.fence} is not higher than ${first.fence}.`);
  },

  'a heartbeat throws nothing, also when the run has lost its lease': async ({ startJobs }) => {
    const job = new GuidedJob();
    const control = await startJobs([job]);
    const first = await job.began(1);
    await first.heartbeat();
    await control.restart();
    await job.began(2);
    await first.heartbeat();
  },
};

/** What a host owes the contracts `JobContribution` and `JobControl`. */
export function jobs(suite: Suite<JobsHost>): void {
  register(suite, JOBS);
}
