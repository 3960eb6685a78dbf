import type { JobControl } from '../services/job-control.js';
import type { PracticeInformation } from '../services/practice-information.js';
import type { ServiceHealth } from '../services/service-health.js';
import { expectData, expectThat, expectTold } from './expect.js';
import type { FinishHost } from './finish.js';
import { GuidedJob, JOB, REQUEST } from './guided-job.js';
import type { JobsHost } from './jobs.js';
import type { PracticeInformationHost } from './practice-information.js';
import { ACCOUNT, batch, commit, enqueue, message, receive, rowsOf } from './samples.js';
import type { ServiceHealthHost } from './service-health.js';
import { type HostPromises, register, type Suite } from './suite.js';

/**
 * A host of which several processes work for one practice: the services as its server has them, and the same as a
 * workstation has them (`…Elsewhere`), which is another process or stands for one.
 */
export interface WorkstationHost
  extends
    FinishHost,
    Omit<JobsHost, 'crash'>,
    Omit<PracticeInformationHost, 'auditEntries'>,
    Omit<ServiceHealthHost, 'grantLease'> {
  readonly practiceElsewhere: PracticeInformation;
  readonly healthElsewhere: ServiceHealth;
  readonly jobControlElsewhere: JobControl;
}

const WORKSTATIONS: HostPromises<WorkstationHost> = {
  'the server is told of a Finish at a workstation, with what is stored': async (host) => {
    const { configuration, configurationElsewhere } = host;
    const told = await expectTold(
      configuration.onDidChange,
      () => commit(configurationElsewhere, { settings: { form: 3 } }),
      async (value) => ({ value, stored: await configuration.read() }),
    );
    const stored = { revision: 1, settings: { form: 3 } };
    expectData('What the listener was told and saw', told, { value: stored, stored });
  },

  'the server is told of a sign-in at a workstation, which it can read': async ({
    configuration,
    configurationElsewhere,
  }) => {
    await commit(configurationElsewhere, { secrets: { tokens: 'first' } });
    const told = await expectTold(
      configuration.onDidChange,
      () => configurationElsewhere.replaceSecret('tokens', 'second', 1, []),
      () => configuration.readSecret('tokens'),
    );
    expectData('The secret', told, 'second');
  },

  'the server reads the secrets that a workstation stored': async ({ configuration, configurationElsewhere }) => {
    await commit(configurationElsewhere, { secrets: { tokens: 'cache' } });
    expectData('The secret', await configuration.readSecret('tokens'), 'cache');
  },

  'a Finish at a workstation makes every write of a run that began before it stale': async (host) => {
    const fence = await host.grantLease();
    await commit(host.configurationElsewhere);
    const outcome = await host.inbox.receive(batch(fence, [message(1)]));
    expectData('The outcome', outcome, { kind: 'refused', reason: 'stale-fence' });
  },

  'a workstation is told of mail that the server received': async ({ inbox, inboxElsewhere, grantLease }) => {
    const fence = await grantLease();
    const seen = await expectTold(
      inboxElsewhere.onDidChange,
      () => receive(inbox, batch(fence, [message(1)])),
      () => rowsOf(inboxElsewhere),
    );
    expectData('What the listener saw', seen, [{ index: { subject: 'Message 1' } }]);
  },

  'an email that a workstation wrote is the server’s to send': async (host) => {
    await commit(host.configuration);
    await enqueue(host.outboxElsewhere);
    const request = { account: ACCOUNT.key, fence: await host.grantLease(), now: host.clock.now() };
    expectData('The claimed email', await host.outbox.claim(request), { state: 'claimed' });
  },

  'a workstation is told what becomes of an email': async ({ configuration, outbox, outboxElsewhere }) => {
    await commit(configuration);
    const seen = await expectTold(
      outboxElsewhere.onDidChange,
      () => enqueue(outbox),
      () => outboxElsewhere.counts(ACCOUNT.key),
    );
    expectData('What the listener saw', seen, { waiting: 1 });
  },

  'a workstation is told how the service fares': async ({ health, healthElsewhere, grantLease }) => {
    const fence = await grantLease();
    const seen = await expectTold(
      healthElsewhere.onDidChange,
      () => health.report({ part: 'send', state: 'working' }, fence),
      () => healthElsewhere.read(),
    );
    expectData('What the listener saw', seen, [{ part: 'send', state: 'working' }]);
  },

  'a workstation is told of a new practice address': async ({ practice, practiceElsewhere }) => {
    const told = await expectTold(
      practiceElsewhere.onDidChange,
      () => practice.updateEmailAddress('conformance@practice.example'),
      (value) => value,
    );
    expectData('What the listener was told', told, { emailAddress: 'conformance@practice.example' });
  },

  'a request at a workstation reaches the run on the server': async ({ startJobs, jobControlElsewhere }) => {
    const job = new GuidedJob();
    await startJobs([job]);
    const run = await job.began(1);
    const told = await expectTold(
      run.onDidRequest,
      () => jobControlElsewhere.request(JOB, REQUEST),
      (request) => request,
    );
    expectData('What the run was told', told, REQUEST);
  },

  'a restart at a workstation begins another run under a higher fence': async (host) => {
    const job = new GuidedJob();
    await host.startJobs([job]);
    const first = await job.began(1);
    await host.jobControlElsewhere.restart();
    const second = await job.began(2);
    expectThat(second.fence > first.fence, `The fence ${second.fence} is not higher than ${first.fence}.`);
  },
};

/** What a host owes to a practice with more than one computer. */
export function workstations(suite: Suite<WorkstationHost>): void {
  register(suite, WORKSTATIONS);
}
