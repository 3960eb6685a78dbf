import type { Contract, StoredConfiguration } from '@exact/host-contracts';
import type { Settings } from './settings.js';

/** The stored settings in today's form, with the revision that they belong to. */
export interface CurrentSettings {
  readonly stored: StoredConfiguration;
  /** `undefined` = never set up by this plugin. */
  readonly settings: Settings | undefined;
}

/** Reads the configuration and brings an older stored form up to date. */
export interface SettingsReader {
  /** Throws a `FailureError` with code `settings.unreadable` or `settings.newer` (written by a newer plugin). */
  read(): Promise<CurrentSettings>;
}

export const SettingsReader = Symbol.for('exact.email-plugin.SettingsReader') as Contract<SettingsReader>;
