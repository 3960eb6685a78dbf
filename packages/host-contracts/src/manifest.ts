import { parseHostVersion } from './host-version.js';

/**
 * What a host knows of a plugin before it imports any of it: the key `exactPlugin` of the plugin's `package.json`.
 */
export interface PluginManifest {
  /** Stable, lower case with dashes, e.g. `exact-email`. */
  readonly id: string;
  /** For people, e.g. `EXACT Email`. */
  readonly title: string;
  /** The first host version in which the plugin exists, e.g. `V13.706`. */
  readonly enabledFrom: string;
  /** The contract version that the plugin was built for: a whole number, see {@link CONTRACT_VERSION}. */
  readonly contractVersion: number;
  /** The inversify major that the plugin's module was built with. */
  readonly inversify: number;
  /** The module, relative to `package.json`, that exports the plugin's `ContainerModule` as `plugin`. */
  readonly entry: string;
  /** Browser modules by name, relative to `package.json`, for hosts that draw in a web view. */
  readonly browserModules: Readonly<Record<string, string>>;
}

/** The version of these contracts. It rises when a host that fulfilled the last one no longer fulfils this one. */
export const CONTRACT_VERSION = 1;

/** A manifest, or why the data is none. */
export type ManifestReading =
  { readonly ok: true; readonly manifest: PluginManifest } | { readonly ok: false; readonly reason: string };

/** Reads the manifest out of a parsed `package.json`. Never throws, whatever it is given. */
export function readManifest(packageJson: unknown): ManifestReading {
  const data = isRecord(packageJson) ? packageJson['exactPlugin'] : undefined;
  if (!isRecord(data)) return refuse('package.json has no "exactPlugin" object');
  const { id, title, enabledFrom, contractVersion, inversify, entry, browserModules = {} } = data;
  if (!isFilled(id) || !/^[a-z][a-z0-9-]*$/.test(id))
    return refuse('"id" must be lower case letters, digits and dashes');
  if (!isFilled(title)) return refuse('"title" must be a text');
  if (!isFilled(enabledFrom) || !parseHostVersion(enabledFrom))
    return refuse('"enabledFrom" must be a host version such as "V13.706"');
  if (!isWhole(contractVersion)) return refuse('"contractVersion" must be a whole number');
  if (!isWhole(inversify)) return refuse('"inversify" must be a whole number');
  if (!isFilled(entry)) return refuse('"entry" must be a path relative to package.json');
  if (!isTextRecord(browserModules)) return refuse('"browserModules" must map names to paths');
  return { ok: true, manifest: { id, title, enabledFrom, contractVersion, inversify, entry, browserModules } };
}

function refuse(reason: string): ManifestReading {
  return { ok: false, reason };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every(isFilled);
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
