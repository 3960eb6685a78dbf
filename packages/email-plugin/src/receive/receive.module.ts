import { JobContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { ImapflowMailboxConnector } from './imapflow-mailbox-connector.js';
import { MailboxConnector } from './mailbox.js';
import { ReceiveJob } from './receive-job.js';

export const receiveModule = new ContainerModule(({ bind }) => {
  bind(MailboxConnector).to(ImapflowMailboxConnector).inSingletonScope();
  bind(JobContribution).to(ReceiveJob).inSingletonScope();
});
