import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContribution, Fence, JobContribution, Logger, SupportContribution } from '@exact/host-contracts';
import type {
  ClockHost,
  DeliveryReportsHost,
  DurableHost,
  HostInformationHost,
  JobsHost,
  PatientChoiceHost,
  PracticeInformationHost,
  PromptsHost,
  ServiceHealthHost,
  SupportHost,
  WorkstationHost,
} from '@exact/host-contracts/conformance';
import { CommandRunner } from '../dist/src/host/command-runner.js';
import type { FakeClock } from '../dist/src/host/fake-clock.js';
import { FileLogger } from '../dist/src/host/file-logger.js';
import { JobRunner } from '../dist/src/host/job-runner.js';
import { controlJobs, lendServices } from '../dist/src/host/lent-services.js';
import { Situations } from '../src/host/situations/situations.js';
import { PanelUser } from '../dist/src/host/panel-user.js';
import { Emitter } from '../dist/src/stores/emitter.js';
import { PromptDesk } from '../dist/src/host/prompt-desk.js';
import { writeSupportFile } from '../dist/src/host/support-file.js';
import type { PracticeStores } from '../dist/src/stores/practice-stores.js';
import { MemoryPractice } from './conformance-memory.js';
import { StoresHarness } from './stores-harness.js';

/** All parts of the suite in one host. */
export interface ConformingPractice
  extends
    ClockHost,
    DeliveryReportsHost,
    DurableHost,
    HostInformationHost,
    JobsHost,
    PatientChoiceHost,
    PracticeInformationHost,
    PromptsHost,
    ServiceHealthHost,
    SupportHost,
    WorkstationHost {
  readonly crash: () => Promise<ConformingPractice>;
  /** What was granted last; 0 before. */
  readonly latestFence: () => Fence;
}

/** The test host's stores, in a directory of their own, and those of a workstation beside them. */
export async function openPractice(): Promise<ConformingPractice> {
  const harness = await StoresHarness.open();
  let elsewhere = await harness.openWorkstation();
  return conforming({
    stores: harness.stores,
    elsewhere,
    clock: harness.clock,
    restart: async () => {
      await elsewhere[Symbol.asyncDispose]();
      await harness.close();
      await harness.reopen();
      elsewhere = await harness.openWorkstation();
      return { stores: harness.stores, elsewhere };
    },
    end: async () => {
      await elsewhere[Symbol.asyncDispose]();
      await harness[Symbol.asyncDispose]();
    },
  });
}

/** The same stores in memory; a workstation goes the server's way into them. */
export function openPracticeInMemory(): Promise<ConformingPractice> {
  const practice = new MemoryPractice();
  const { stores, clock } = practice;
  const restart = () => {
    practice.restart();
    return Promise.resolve({ stores, elsewhere: stores });
  };
  const end = async () => {
    await stores[Symbol.asyncDispose]();
  };
  return Promise.resolve(conforming({ stores, elsewhere: stores, clock, restart, end }));
}

interface BothStores {
  readonly stores: PracticeStores;
  /** The same at a workstation. */
  readonly elsewhere: PracticeStores;
}

interface OpenStores extends BothStores {
  readonly clock: FakeClock;
  readonly restart: () => Promise<BothStores>;
  readonly end: () => Promise<void>;
}

const SILENT: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

function conforming(open: OpenStores): ConformingPractice {
  const { stores, elsewhere, clock } = open;
  const { inbox, outbox, configuration, health, patients, practice } = stores;
  const { endLog, ...support } = supporting(clock);
  const end = async () => {
    await endLog();
    await open.end();
  };
  return {
    inbox,
    inboxElsewhere: elsewhere.inbox,
    outbox,
    outboxElsewhere: elsewhere.outbox,
    configuration,
    configurationElsewhere: elsewhere.configuration,
    health,
    healthElsewhere: elsewhere.health,
    practiceElsewhere: elsewhere.practice,
    patients,
    addPatients: (given) => patients.seed(given),
    practice,
    clock,
    letPass: (milliseconds) => clock.advance(milliseconds),
    auditEntries: async () => (await stores.audit.list({ offset: 0, limit: 500 })).rows.toReversed(),
    ...leasing(stores),
    ...prompting(stores),
    ...knowingWhereItRuns(stores, clock),
    ...support,
    ...working({ ...open, end }),
  };
}

function leasing({ leases }: PracticeStores) {
  let latest = 0;
  return {
    grantLease: async () => {
      const outcome = await leases.acquire('server', 90_000);
      if (outcome.kind === 'held') throw new Error('Somebody else has the lease');
      return (latest = outcome.fence);
    },
    latestFence: () => latest,
  };
}

/** The host's own prompt desk, with the commands that a test adds. */
function prompting({ prompts }: PracticeStores) {
  const commands = new Map<string, CommandContribution>();
  const user = new PanelUser();
  const runner = new CommandRunner(
    (id) => commands.get(id),
    user,
    SILENT,
    () => new AbortController().signal,
  );
  const desk = new PromptDesk(prompts, user, runner, () => undefined);
  return {
    prompts,
    pendingPrompts: () => desk.pending(),
    answerPrompt: (id: string, choice: string) => desk.answer(id, choice),
    addCommand: (command: CommandContribution) => {
      commands.set(command.id, command);
    },
  };
}

/** The host's own job runner, which ends before the stores do. */
function working(open: OpenStores) {
  const { stores, elsewhere, clock } = open;
  let runner: JobRunner | undefined;
  let ids: readonly string[] = [];
  const endJobs = async (): Promise<void> => {
    await runner?.[Symbol.asyncDispose]();
    runner = undefined;
  };
  return {
    jobControlElsewhere: controlJobs(elsewhere.jobRequests, () => ids),
    startJobs: (jobs: readonly JobContribution[]) => {
      const { health, leases, jobRequests: requests } = stores;
      ids = jobs.map(({ id }) => id);
      runner = new JobRunner(jobs, { clock, logger: SILENT, health, leases, requests });
      runner.start();
      return Promise.resolve(controlJobs(requests, () => ids));
    },
    crash: async () => {
      await endJobs();
      return conforming({ ...open, ...(await open.restart()) });
    },
    [Symbol.asyncDispose]: async () => {
      await endJobs();
      await open.end();
    },
  };
}

/** The host's own log and support file. A log is begun with the first line. */
function supporting(clock: FakeClock) {
  let directory: string | undefined;
  let log: FileLogger | undefined;
  const opened = (): FileLogger => {
    directory ??= mkdtempSync(join(tmpdir(), 'exact-log-'));
    return (log ??= new FileLogger(join(directory, 'host.log'), clock));
  };
  const logger: Logger = {
    info: (event, data) => {
      opened().info(event, data);
    },
    warn: (event, data) => {
      opened().warn(event, data);
    },
    error: (event, data) => {
      opened().error(event, data);
    },
  };
  return {
    logger,
    supportFile: async (contributions: readonly SupportContribution[]) => {
      const sources = { clock, sections: [], contributions, log: opened(), known: [] };
      return (await writeSupportFile(sources)).text;
    },
    endLog: async () => {
      await log?.[Symbol.asyncDispose]();
      if (directory !== undefined) rmSync(directory, { recursive: true });
    },
  };
}

/** The information that the host lends, and the switch of its panel. */
function knowingWhereItRuns(stores: PracticeStores, clock: FakeClock) {
  const endpoints = { get: () => Promise.reject(new Error('There are no servers')) };
  const options = {
    role: 'server' as const,
    stores,
    clock,
    endpoints,
    version: 'V13.706',
    plugins: [],
    user: new PanelUser(),
    logger: Object.assign({ lastLines: () => Promise.resolve([]) }, SILENT),
  };
  const rest = {
    patientMail: undefined,
    situations: new Situations(undefined, undefined, undefined),
    dataDirectory: '',
    isServerRunning: () => true,
    onDidChangeServer: new Emitter<undefined>().event,
  };
  const live = { version: () => options.version, jobs: () => undefined, tell: () => false };
  return {
    hostInformation: lendServices({ ...options, ...rest }, live).hostInformation,
    setGenuine: (genuine: boolean) => stores.database.rename(genuine ? 'Bright Smile Dental' : 'Demo'),
  };
}
