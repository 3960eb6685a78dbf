import { CommandContribution, WizardContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { MailboxProbe } from '../probe/mailbox-probe.js';
import { TestMessages } from '../probe/test-messages.js';
import { EmailSetup } from './email-setup.js';
import { UpdatePracticeInformation } from './practice-information.command.js';
import { SetupServices } from './setup-services.js';

export const setupModule = new ContainerModule(({ bind }) => {
  bind(TestMessages).toSelf().inSingletonScope();
  bind(MailboxProbe).toSelf().inSingletonScope();
  bind(SetupServices).toSelf().inSingletonScope();
  bind(WizardContribution).to(EmailSetup).inSingletonScope();
  bind(CommandContribution).to(UpdatePracticeInformation).inSingletonScope();
});
