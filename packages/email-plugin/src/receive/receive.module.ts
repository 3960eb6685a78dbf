import { CommandContribution, JobContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { ContinueDownload } from './continue-download.command.js';
import { ImapflowMailboxConnector } from './imapflow-mailbox-connector.js';
import { MailboxConnector } from './mailbox.js';
import { PauseDownload } from './pause-download.command.js';
import { ReceiveJob } from './receive-job.js';

export const receiveModule = new ContainerModule(({ bind }) => {
  bind(MailboxConnector).to(ImapflowMailboxConnector).inSingletonScope();
  bind(JobContribution).to(ReceiveJob).inSingletonScope();
  bind(CommandContribution).to(PauseDownload).inSingletonScope();
  bind(CommandContribution).to(ContinueDownload).inSingletonScope();
});
