import type { JobContribution, JobOutcome, JobRun } from '@exact/host-contracts';
import { jobs } from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { type Fault, testFaults } from './conformance-faults.js';

/** Each job is run in another way than it asks for. */
function running(run: (job: JobContribution, given: JobRun) => Promise<JobOutcome>): Fault['plant'] {
  return (practice) => ({
    ...practice,
    startJobs: (given) =>
      practice.startJobs(given.map((job) => ({ id: job.id, title: job.title, run: (each) => run(job, each) }))),
  });
}

function ending(change: (outcome: JobOutcome) => JobOutcome): Fault['plant'] {
  return running(async (job, run) => change(await job.run(run)));
}

const RUNS_ON_A_REQUEST_AT_ONCE: Fault['plant'] = (practice) => {
  let isListening = false;
  let underWay: { readonly job: JobContribution; readonly run: JobRun } | undefined;
  const plant = running((job, run) => {
    underWay = { job, run };
    const onDidRequest: JobRun['onDidRequest'] = (listener) => {
      isListening = true;
      return run.onDidRequest(listener);
    };
    return job.run({ ...run, onDidRequest }).finally(() => (underWay = undefined));
  });
  return {
    ...practice,
    startJobs: async (given) => {
      const control = await plant(practice).startJobs(given);
      return {
        restart: () => control.restart(),
        request: async (id, request) => {
          if (underWay && !isListening) void underWay.job.run(underWay.run);
          await control.request(id, request);
        },
      };
    },
  };
};

const KEEPS_ITS_FENCE: Fault['plant'] = (practice) => {
  let first: number | undefined;
  return running((job, run) => {
    first ??= run.fence;
    return job.run({ ...run, fence: first });
  })(practice);
};

const FAULTS: readonly Fault[] = [
  {
    fault: 'runs the first of its jobs only',
    plant: (practice) => ({ ...practice, startJobs: (given) => practice.startJobs(given.slice(0, 1)) }),
    breaks: 'each job runs when the host starts, and nothing was asked of it',
  },
  {
    fault: 'runs a job a millisecond too early',
    plant: ending((outcome) => (outcome.kind === 'again' ? { ...outcome, at: outcome.at - 1 } : outcome)),
    breaks: 'a job runs again at the time that it gave, not before',
  },
  {
    fault: 'runs a job on a request although it runs',
    plant: RUNS_ON_A_REQUEST_AT_ONCE,
    breaks: 'a job has one run at a time',
  },
  {
    fault: 'keeps requests from a run that listens',
    plant: running((job, run) => job.run({ ...run, onDidRequest: () => ({ dispose: () => undefined }) })),
    breaks: 'a run that listens is told of a request',
  },
  {
    fault: 'does not say what a run was started for',
    plant: running((job, run) => job.run({ ...run, requests: [] })),
    breaks: 'a request starts a run, which is given it',
  },
  {
    fault: 'keeps requests in memory',
    plant: (practice) => ({
      ...practice,
      crash: async () => running((job, run) => job.run({ ...run, requests: [] }))(await practice.crash()),
    }),
    breaks: 'a request that no run has heard yet survives a crash',
  },
  {
    fault: 'repeats what failed at once',
    plant: ending((outcome) =>
      outcome.kind === 'failed' && outcome.failure.retry.kind === 'backoff' ? { kind: 'again', at: 0 } : outcome,
    ),
    breaks: 'a run that failed is repeated within ten minutes, but not at once',
  },
  {
    fault: 'repeats whatever failed',
    plant: ending((outcome) =>
      outcome.kind === 'failed' ? { ...outcome, failure: { ...outcome.failure, retry: { kind: 'backoff' } } } : outcome,
    ),
    breaks: 'a run that failed and needs a person is not repeated by itself',
  },
  {
    fault: 'gives up a job that throws',
    plant: running((job, run) => job.run(run).catch(() => ({ kind: 'idle' }))),
    breaks: 'a job that throws is repeated',
  },
  {
    fault: 'runs on under the same fence',
    plant: KEEPS_ITS_FENCE,
    breaks: 'a restart aborts the run and begins another one under a higher fence',
  },
  {
    fault: 'throws when the lease is lost',
    plant: running((job, run) => {
      const heartbeat = () => (run.signal.aborted ? Promise.reject(new Error('Lost')) : run.heartbeat());
      return job.run({ ...run, heartbeat });
    }),
    breaks: 'a heartbeat throws nothing, also when the run has lost its lease',
  },
];

describe('a host of jobs that', () => {
  testFaults(jobs, FAULTS);
});
