import { ContainerModule } from 'inversify';
import { EmailWarning } from './email-warning.js';

export const healthModule = new ContainerModule(({ bind }) => {
  bind(EmailWarning).toSelf().inSingletonScope();
});
