import { ContainerModule } from 'inversify';
import { SettingsReader } from './settings-reader.js';
import { StoredSettings } from './stored-settings.js';

export const settingsModule = new ContainerModule(({ bind }) => {
  bind(SettingsReader).to(StoredSettings).inSingletonScope();
});
