import { CommandContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { EmailWarning } from './email-warning.js';
import { RestartEmailService } from './restart.command.js';

export const healthModule = new ContainerModule(({ bind }) => {
  bind(EmailWarning).toSelf().inSingletonScope();
  bind(CommandContribution).to(RestartEmailService).inSingletonScope();
});
