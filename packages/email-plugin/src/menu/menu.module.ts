import { MenuContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { emailSetupMenu } from './email-setup-menu.js';

export const menuModule = new ContainerModule(({ bind }) => {
  bind(MenuContribution).toConstantValue(emailSetupMenu);
});
