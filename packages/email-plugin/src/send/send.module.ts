import { CommandContribution, JobContribution } from '@exact/host-contracts';
import { ContainerModule } from 'inversify';
import { SmtpSubmissionConnector } from './smtp-submission-connector.js';
import { Random } from './random.js';
import { SendJob } from './send-job.js';
import { SendReceive } from './send-receive.command.js';
import { SubmissionConnector } from './submission.js';

export const sendModule = new ContainerModule(({ bind }) => {
  bind(SubmissionConnector).to(SmtpSubmissionConnector).inSingletonScope();
  bind(Random).toConstantValue(Math.random);
  bind(JobContribution).to(SendJob).inSingletonScope();
  bind(CommandContribution).to(SendReceive).inSingletonScope();
});
