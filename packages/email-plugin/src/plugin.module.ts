import 'reflect-metadata';
import { ContainerModule } from 'inversify';
import { healthModule } from './health/health.module.js';
import { menuModule } from './menu/menu.module.js';
import { networkModule } from './network/network.module.js';
import { receiveModule } from './receive/receive.module.js';
import { sendModule } from './send/send.module.js';
import { settingsModule } from './settings/settings.module.js';
import { setupModule } from './setup/setup.module.js';
import { signInModule } from './sign-in/sign-in.module.js';
import { supportModule } from './support/support.module.js';

/** The plugin's entry: what the host loads into a child container of its own. */
export const plugin = new ContainerModule(async (options) => {
  for (const module of [
    settingsModule,
    networkModule,
    signInModule,
    menuModule,
    setupModule,
    receiveModule,
    sendModule,
    healthModule,
    supportModule,
  ]) {
    await module.load(options);
  }
});
