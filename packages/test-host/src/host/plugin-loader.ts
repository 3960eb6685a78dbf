import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  admit,
  type Clock,
  CommandContribution,
  JobContribution,
  type Logger,
  MenuContribution,
  type PluginManifest,
  readManifest,
  SupportContribution,
  WizardContribution,
} from '@exact/host-contracts';
import { Container, type ContainerModule } from 'inversify';
import type { PluginRecord } from './host.js';

/** The major of the inversify that this host is built with. */
const INVERSIFY = 8;

/** How long a plugin may take to load. Milliseconds of the host's clock. */
const LOAD_LIMIT = 10_000;

/** A plugin that is well: its contributions, every one of them made. */
export interface LoadedPlugin extends AsyncDisposable {
  readonly directory: string;
  readonly manifest: PluginManifest;
  readonly menu: readonly MenuContribution[];
  readonly wizards: readonly WizardContribution[];
  readonly jobs: readonly JobContribution[];
  readonly commands: readonly CommandContribution[];
  readonly support: readonly SupportContribution[];
}

/** What became of a plugin. */
export interface PluginLoading {
  readonly record: PluginRecord;
  /** Present when it is loaded. */
  readonly plugin?: LoadedPlugin;
}

export interface PluginHost {
  readonly version: string;
  /** Where the host services are bound. */
  readonly services: Container;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Loads the plugin of a package directory. Admission is by the data of its `package.json`: of a plugin that is refused
 * nothing is imported. One that throws, hangs or lacks a service is left out, with the reason. Never rejects.
 */
export async function loadPlugin(directory: string, host: PluginHost): Promise<PluginLoading> {
  const loading = await attempt(directory, host);
  const { plugin, kind } = loading.record;
  if (loading.record.kind === 'refused') {
    host.logger.warn('plugin.refused', { plugin, code: loading.record.admission.code });
  } else if (loading.record.kind === 'failed') {
    host.logger.error('plugin.failed', { plugin, reason: loading.record.reason });
  } else {
    host.logger.info(`plugin.${kind}`, { plugin });
  }
  return loading;
}

async function attempt(directory: string, host: PluginHost): Promise<PluginLoading> {
  const name = basename(directory);
  const reading = await readPackage(directory);
  if (!reading.ok) return { record: { plugin: name, title: name, kind: 'failed', reason: reading.reason } };
  const { manifest } = reading;
  const known = { plugin: manifest.id, title: manifest.title };
  const admission = admit(manifest, { version: host.version, inversify: INVERSIFY });
  if (!admission.admitted) return { record: { ...known, kind: 'refused', admission } };
  try {
    const plugin = await withinLimit(host.clock, enter(directory, manifest, host.services));
    return { record: { ...known, kind: 'loaded' }, plugin };
  } catch (error) {
    return { record: { ...known, kind: 'failed', reason: messageOf(error) } };
  }
}

async function readPackage(directory: string): Promise<ReturnType<typeof readManifest>> {
  try {
    return readManifest(JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')));
  } catch (error) {
    return { ok: false, reason: messageOf(error) };
  }
}

/** Imports the entry and makes every contribution now: what is missing shows only when it is asked for. */
async function enter(directory: string, manifest: PluginManifest, services: Container): Promise<LoadedPlugin> {
  const entry = pathToFileURL(join(directory, manifest.entry)).href;
  const exported = (await import(entry)) as { readonly plugin?: unknown };
  const container = new Container({ parent: services });
  await using entering = new AsyncDisposableStack();
  entering.defer(() => container.unbindAllAsync());
  await container.loadAsync(asModule(exported.plugin));
  const contributions = {
    menu: await container.getAllAsync(MenuContribution),
    wizards: await container.getAllAsync(WizardContribution),
    jobs: await container.getAllAsync(JobContribution),
    commands: await container.getAllAsync(CommandContribution),
    support: await container.getAllAsync(SupportContribution),
  };
  const entered = entering.move();
  return { directory, manifest, ...contributions, [Symbol.asyncDispose]: () => entered.disposeAsync() };
}

/** By shape, not by class: a plugin may have brought a copy of inversify of its own. */
function asModule(exported: unknown): ContainerModule {
  const isModule =
    typeof exported === 'object' && exported !== null && 'load' in exported && typeof exported.load === 'function';
  if (!isModule) throw new TypeError('The entry exports no ContainerModule called "plugin"');
  return exported as ContainerModule;
}

async function withinLimit<T extends AsyncDisposable>(clock: Clock, loading: Promise<T>): Promise<T> {
  const over = new AbortController();
  const limit = clock.sleep(LOAD_LIMIT, over.signal).then(() => {
    // One that gets there after all finds nobody waiting.
    void loading.then((late) => late[Symbol.asyncDispose]());
    throw new Error(`It did not load within ${LOAD_LIMIT / 1000} seconds`);
  });
  try {
    return await Promise.race([loading, limit]);
  } finally {
    over.abort();
  }
}

function messageOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error);
}
