import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContribution, Fence, JobContribution, Logger, SupportContribution } from '@exact/host-contracts';
import type {
  ClockHost,
  DurableHost,
  HostInformationHost,
  JobsHost,
  PatientChoiceHost,
  PracticeInformationHost,
  PromptsHost,
  ServiceHealthHost,
  SupportHost,
} from '@exact/host-contracts/conformance';
import { CommandRunner } from '../dist/src/host/command-runner.js';
import type { FakeClock } from '../dist/src/host/fake-clock.js';
import { FileLogger } from '../dist/src/host/file-logger.js';
import { JobRunner } from '../dist/src/host/job-runner.js';
import { lendServices } from '../dist/src/host/lent-services.js';
import { Situations } from '../src/host/situations/situations.js';
import { PanelUser } from '../dist/src/host/panel-user.js';
import { PromptDesk } from '../dist/src/host/prompt-desk.js';
import { writeSupportFile } from '../dist/src/host/support-file.js';
import type { PracticeStores } from '../dist/src/stores/practice-stores.js';
import { MemoryPractice } from './conformance-memory.js';
import { StoresHarness } from './stores-harness.js';

/** All parts of the suite in one host. */
export interface ConformingPractice
  extends
    ClockHost,
    DurableHost,
    HostInformationHost,
    JobsHost,
    PatientChoiceHost,
    PracticeInformationHost,
    PromptsHost,
    ServiceHealthHost,
    SupportHost {
  readonly crash: () => Promise<ConformingPractice>;
  /** What was granted last; 0 before. */
  readonly latestFence: () => Fence;
}

/** The test host's stores, in a directory of their own. */
export async function openPractice(): Promise<ConformingPractice> {
  const harness = await StoresHarness.open();
  return conforming({
    stores: harness.stores,
    clock: harness.clock,
    restart: async () => {
      await harness.close();
      await harness.reopen();
      return harness.stores;
    },
    end: () => harness[Symbol.asyncDispose](),
  });
}

/** The same stores in memory. */
export function openPracticeInMemory(): Promise<ConformingPractice> {
  const practice = new MemoryPractice();
  const { stores, clock } = practice;
  const restart = () => {
    practice.restart();
    return Promise.resolve(stores);
  };
  const end = async () => {
    await stores[Symbol.asyncDispose]();
  };
  return Promise.resolve(conforming({ stores, clock, restart, end }));
}

interface OpenStores {
  readonly stores: PracticeStores;
  readonly clock: FakeClock;
  readonly restart: () => Promise<PracticeStores>;
  readonly end: () => Promise<void>;
}

const SILENT: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One process has the practice database, so that there is no other way in. */
function conforming(open: OpenStores): ConformingPractice {
  const { stores, clock } = open;
  const { inbox, outbox, configuration, health, patients, practice } = stores;
  const { endLog, ...support } = supporting(clock);
  const end = async () => {
    await endLog();
    await open.end();
  };
  return {
    inbox,
    inboxElsewhere: inbox,
    outbox,
    outboxElsewhere: outbox,
    configuration,
    configurationElsewhere: configuration,
    health,
    patients,
    addPatients: (given) => patients.seed(given),
    practice,
    clock,
    letPass: (milliseconds) => clock.advance(milliseconds),
    auditEntries: () => stores.audit.list(),
    ...leasing(stores),
    ...prompting(stores),
    ...knowingWhereItRuns(stores, clock),
    crash: async () => conforming({ ...open, stores: await open.restart() }),
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
  const desk = new PromptDesk(prompts, user, runner);
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
function working({ stores, clock, end }: OpenStores) {
  let runner: JobRunner | undefined;
  return {
    startJobs: (jobs: readonly JobContribution[]) => {
      runner = new JobRunner(jobs, { clock, logger: SILENT, health: stores.health, leases: stores.leases });
      runner.start();
      return Promise.resolve(runner);
    },
    [Symbol.asyncDispose]: async () => {
      await runner?.[Symbol.asyncDispose]();
      await end();
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
    stores,
    clock,
    endpoints,
    version: 'V13.706',
    plugins: [],
    user: new PanelUser(),
    logger: Object.assign({ lastLines: () => Promise.resolve([]) }, SILENT),
  };
  const situations = new Situations(undefined, undefined);
  const live = { version: () => options.version, jobs: () => undefined, tell: () => false };
  return {
    hostInformation: lendServices({ ...options, patientMail: undefined, situations, dataDirectory: '' }, live)
      .hostInformation,
    setGenuine: (genuine: boolean) => stores.database.rename(genuine ? 'Bright Smile Dental' : 'Demo'),
  };
}
