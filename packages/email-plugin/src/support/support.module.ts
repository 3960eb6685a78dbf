import { SupportContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { EmailSupport } from './email-support.js';

export const supportModule = new ContainerModule(({ bind }) => {
  bind(SupportContribution).to(EmailSupport).inSingletonScope();
});
