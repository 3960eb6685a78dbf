import { Configuration } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import type { CurrentSettings, SettingsReader } from './settings-reader.js';

/** The settings in the host's configuration. Their form is imported with the first read, as it validates with zod. */
@injectable()
export class StoredSettings implements SettingsReader {
  constructor(@inject(Configuration) private readonly configuration: Configuration) {}

  async read(): Promise<CurrentSettings> {
    const [{ readSettings }, stored] = await Promise.all([import('./settings-form.js'), this.configuration.read()]);
    return { stored, settings: stored.settings && readSettings(stored.settings) };
  }
}
