import {
  type Clock,
  type CommandCall,
  type CommandOutcome,
  type Event,
  FailureError,
  type InboxStore,
  type Logger,
  type MicrosoftEndpoints,
  type OutboxStore,
  overallState,
  type Practice,
  type ProviderLimits,
  type Prompt,
  type Subscription,
  type SupportFact,
} from '@exact/host-contracts';
import { Container } from 'inversify';
import { Emitter } from '../stores/emitter.js';
import type { PracticeStores } from '../stores/practice-stores.js';
import { CommandRunner } from './command-runner.js';
import type {
  ChangeHistory,
  EmailService,
  Host,
  HostChange,
  MenuEntry,
  PluginRecord,
  SupportFile,
  WizardFrame,
} from './host.js';
import { hostFailures } from './host-failures.js';
import { HostPanel, type PatientMail } from './host-panel.js';
import { HostRun } from './host-run.js';
import { hostServicesModule } from './host-services.module.js';
import type { JobRunner } from './job-runner.js';
import { lendServices, type Role } from './lent-services.js';
import type { PanelUser } from './panel-user.js';
import { PromptDesk } from './prompt-desk.js';
import type { Situations } from './situations/situations.js';
import { withoutServer } from './server-away.js';
import { type LogTail, writeSupportFile } from './support-file.js';
import { hostSections } from './support-sections.js';

export interface HostOptions {
  readonly role: Role;
  readonly version: string;
  /** Package directories, loaded in this order. */
  readonly plugins: readonly string[];
  readonly stores: PracticeStores;
  readonly user: PanelUser;
  readonly clock: Clock;
  readonly logger: Logger & LogTail;
  readonly endpoints: MicrosoftEndpoints;
  /** `undefined` with the real Microsoft 365. */
  readonly patientMail: PatientMail | undefined;
  readonly situations: Situations;
  readonly dataDirectory: string;
  /** Whether a process runs the practice's jobs. */
  readonly isServerRunning: () => boolean;
  readonly onDidChangeServer: Event<undefined>;
}

/** The kinds of change that say all. */
type PlainChange = Exclude<HostChange, { readonly url: string } | { readonly title: string }>['kind'];

/** The test host at work, without its page. The stores stay open when it is disposed. */
export class RunningHost implements Host {
  readonly panel: HostPanel;
  readonly #changes = new Emitter<HostChange>();
  readonly #container = new Container();
  readonly #commands: CommandRunner;
  readonly #prompts: PromptDesk;
  readonly #subscriptions: readonly Subscription[];
  /** Those of all starts. */
  readonly #runners: JobRunner[] = [];
  #version: string;
  /** `undefined` between two starts. */
  #run: HostRun | undefined;
  #starting: Promise<void>;

  private constructor(private readonly options: HostOptions) {
    const { stores, user, logger } = options;
    this.#version = options.version;
    const services = lendServices(options, {
      version: () => this.#version,
      jobs: () => this.#run?.plugins.jobs.map(({ id }) => id),
      tell: (change) => this.tell(change),
    });
    this.#container.load(hostServicesModule(services));
    this.#commands = new CommandRunner(
      (id) => this.#run?.plugins.command(id),
      user,
      logger,
      () => this.#run?.signal ?? AbortSignal.abort(),
    );
    this.#prompts = new PromptDesk(stores.prompts, user, this.#commands, () => void this.tell({ kind: 'prompts' }));
    this.panel = new HostPanel(this, options);
    this.#subscriptions = this.#listen();
    this.#starting = Promise.resolve();
  }

  static async start(options: HostOptions): Promise<RunningHost> {
    const host = new RunningHost(options);
    await host.#begin(options.version);
    return host;
  }

  readonly onDidChange = this.#changes.event;

  get inbox(): InboxStore {
    return this.options.stores.inbox;
  }

  get outbox(): OutboxStore {
    return this.options.stores.outbox;
  }

  get version(): string {
    return this.#version;
  }

  /** What became of the plugins at the last start. */
  get records(): readonly PluginRecord[] {
    return this.#run?.plugins.records ?? [];
  }

  /** Runs that have not ended, abandoned ones included. */
  get openRuns(): number {
    return this.#runners.reduce((sum, runner) => sum + runner.openRuns, 0);
  }

  menu(): Promise<readonly MenuEntry[]> {
    const entries = this.#run?.plugins.menu ?? [];
    const { user } = this.options;
    return Promise.resolve(
      entries.map(({ id, menu, label, right }) => ({ id, menu, label, enabled: user.has(right) })),
    );
  }

  async openWizard(menuEntry: string): Promise<WizardFrame> {
    const run = this.#run;
    const entry = run?.plugins.menu.find(({ id }) => id === menuEntry);
    const wizard = entry?.opens.kind === 'wizard' ? run?.plugins.wizard(entry.opens.wizard) : undefined;
    if (!run || !entry || !wizard) throw new FailureError(hostFailures.unknownEntry);
    const { user } = this.options;
    if (!user.has(entry.right) || !user.has(wizard.right)) throw new FailureError(hostFailures.rightMissing);
    return run.openWizard(wizard);
  }

  runCommand(call: CommandCall): Promise<CommandOutcome> {
    return this.#commands.run(call);
  }

  prompts(): Promise<readonly Prompt[]> {
    return this.#prompts.pending();
  }

  answer(prompt: string, choice: string): Promise<CommandOutcome> {
    return this.#prompts.answer(prompt, choice);
  }

  /** Off without an account, and in a version without any job: what was reported before holds no longer then. */
  async emailService(): Promise<EmailService> {
    const { configuration, health } = this.options.stores;
    const account = await configuration.account();
    if (!this.options.isServerRunning()) return withoutServer(account?.address.address, await health.read());
    if (!account || !this.#run?.plugins.jobs.length) {
      return { state: 'off', reports: [], address: undefined, setAside: [] };
    }
    const [reports, setAside] = await Promise.all([health.read(), this.inbox.setAside(account.key, 'INBOX')]);
    const address = account.address.address;
    return { state: overallState(reports), reports, address, setAside: setAside.map(({ failure }) => failure) };
  }

  async mailLimits(): Promise<ProviderLimits> {
    return (await this.options.endpoints.get()).limits;
  }

  async supportFacts(): Promise<readonly SupportFact[]> {
    const facts = (this.#run?.plugins.support ?? []).map((contribution) => contribution.facts());
    return (await Promise.all(facts)).flat();
  }

  async supportFile(): Promise<SupportFile> {
    const { clock, logger: log, stores } = this.options;
    const { version, records } = this;
    const { state } = await this.emailService();
    return writeSupportFile({
      clock,
      log,
      sections: await hostSections({ version, records, state, stores }),
      contributions: this.#run?.plugins.support ?? [],
      known: (await stores.patients.list()).map(({ name }) => name),
    });
  }

  practice(): Promise<Practice> {
    return this.options.stores.practice.read();
  }

  changeHistory(query: { readonly offset: number; readonly limit: number }): Promise<ChangeHistory> {
    return this.options.stores.audit.list(query);
  }

  updatePracticeAddress(address: string): Promise<void> {
    return this.options.stores.practice.updateEmailAddress(address);
  }

  browserModule(plugin: string, name: string): string | undefined {
    return this.#run?.plugins.browserModule(plugin, name);
  }

  /** Ends everything and starts again under another version, in this process. One restart after the other. */
  restart(version: string): Promise<void> {
    this.#starting = this.#starting.then(async () => {
      await this.#end();
      await this.#begin(version);
      this.tell({ kind: 'restarted' });
    });
    return this.#starting;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#starting;
    await this.#end();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** `false` when nobody listens. */
  tell(change: HostChange): boolean {
    const isHeard = this.#changes.hasListeners;
    this.#changes.fire(change);
    return isHeard;
  }

  async #begin(version: string): Promise<void> {
    const { role, plugins, clock, logger, stores } = this.options;
    this.#version = version;
    const { health, leases, jobRequests: requests } = stores;
    const services = { role, container: this.#container, clock, logger, health, leases, requests };
    this.#run = await HostRun.begin(version, plugins, services);
    this.#runners.push(this.#run.jobs);
  }

  async #end(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    await run?.[Symbol.asyncDispose]();
  }

  /** A new configuration, and another database name, start the jobs anew. */
  #listen(): readonly Subscription[] {
    const { stores } = this.options;
    const tell = (...kinds: readonly PlainChange[]): void => {
      for (const kind of kinds) this.tell({ kind });
    };
    return [
      this.options.onDidChangeServer(() => tell('health')),
      stores.inbox.onDidChange(() => tell('inbox')),
      stores.outbox.onDidChange(() => tell('outbox')),
      stores.health.onDidChange(() => tell('health')),
      stores.practice.onDidChange(() => tell('practice', 'panel')),
      stores.onDidChangePrompts(() => {
        void this.#prompts.look();
        tell('prompts');
      }),
      stores.configuration.onDidChange(() => {
        void this.#run?.jobs.restart();
        tell('health');
      }),
      stores.onDidChangeDatabase(() => {
        void this.#run?.jobs.restart();
        tell('panel');
      }),
    ];
  }
}
