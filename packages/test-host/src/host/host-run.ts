import type { Clock, Logger, ServiceHealth, WizardContribution } from '@exact/host-contracts';
import type { Container } from 'inversify';
import type { JobRequests } from '../stores/job-request-table.js';
import type { Leases } from '../stores/lease-table.js';
import { JobRunner } from './job-runner.js';
import type { Role } from './lent-services.js';
import { PluginSet } from './plugin-set.js';
import { HostWizardFrame } from './wizard-frame.js';

export interface HostRunServices {
  readonly role: Role;
  readonly container: Container;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly health: ServiceHealth;
  readonly leases: Leases;
  readonly requests: JobRequests;
}

/** One start of the host under one version: its plugins, jobs and open wizards. */
export class HostRun implements AsyncDisposable {
  readonly #frames = new Set<HostWizardFrame>();
  readonly #end = new AbortController();
  readonly jobs: JobRunner;

  private constructor(
    readonly version: string,
    readonly plugins: PluginSet,
    services: HostRunServices,
  ) {
    this.jobs = new JobRunner(plugins.jobs, services);
  }

  /** Aborted when it ends. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Admits and loads the plugins anew, then starts their jobs if this is the server. */
  static async begin(version: string, directories: readonly string[], services: HostRunServices): Promise<HostRun> {
    const { container, clock, logger } = services;
    const plugins = await PluginSet.load(directories, { version, services: container, clock, logger });
    const run = new HostRun(version, plugins, services);
    if (services.role === 'server') run.jobs.start();
    return run;
  }

  async openWizard(contribution: WizardContribution): Promise<HostWizardFrame> {
    const frame = await HostWizardFrame.open(contribution, (closed) => this.#frames.delete(closed));
    this.#frames.add(frame);
    return frame;
  }

  /** Commands are told to end, open wizards are cancelled, runs end, plugins go. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new Error('The host stops'));
    for (const frame of [...this.#frames]) await frame[Symbol.asyncDispose]();
    await this.jobs[Symbol.asyncDispose]();
    await this.plugins[Symbol.asyncDispose]();
  }
}
