import { join } from 'node:path';
import type {
  CommandContribution,
  JobContribution,
  MenuContribution,
  SupportContribution,
  WizardContribution,
} from '@exact/host-contracts';
import type { PluginRecord } from './host.js';
import { loadPlugin, type LoadedPlugin, type PluginHost } from './plugin-loader.js';

/** The plugins of one start of the host, and what they contribute. */
export class PluginSet implements AsyncDisposable {
  private constructor(
    /** What became of each, in the order given. */
    readonly records: readonly PluginRecord[],
    private readonly plugins: readonly LoadedPlugin[],
  ) {}

  static async load(directories: readonly string[], host: PluginHost): Promise<PluginSet> {
    const loadings = [];
    for (const directory of directories) loadings.push(await loadPlugin(directory, host));
    return new PluginSet(
      loadings.map(({ record }) => record),
      loadings.flatMap(({ plugin }) => plugin ?? []),
    );
  }

  get menu(): readonly MenuContribution[] {
    return this.plugins.flatMap(({ menu }) => menu);
  }

  get jobs(): readonly JobContribution[] {
    return this.plugins.flatMap(({ jobs }) => jobs);
  }

  get support(): readonly SupportContribution[] {
    return this.plugins.flatMap(({ support }) => support);
  }

  wizard(id: string): WizardContribution | undefined {
    return this.plugins.flatMap(({ wizards }) => wizards).find((wizard) => wizard.id === id);
  }

  command(id: string): CommandContribution | undefined {
    return this.plugins.flatMap(({ commands }) => commands).find((command) => command.id === id);
  }

  /** The file of a loaded plugin's browser module; `undefined` when there is none of that name. */
  browserModule(plugin: string, name: string): string | undefined {
    const found = this.plugins.find(({ manifest }) => manifest.id === plugin);
    if (!found || !Object.hasOwn(found.manifest.browserModules, name)) return undefined;
    const file = found.manifest.browserModules[name];
    return file === undefined ? undefined : join(found.directory, file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const plugin of this.plugins.toReversed()) await plugin[Symbol.asyncDispose]();
  }
}
