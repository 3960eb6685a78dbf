import { ContainerModule } from 'inversify';
import { Network } from './network.js';
import { SystemNetwork } from './system-network.js';

export const networkModule = new ContainerModule(({ bind }) => {
  bind(Network).to(SystemNetwork).inSingletonScope();
});
