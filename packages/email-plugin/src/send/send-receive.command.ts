import { JobControl, type CommandContribution, type CommandOutcome } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';

/** What the command asks of the jobs. */
export const SEND_RECEIVE = 'send-receive';

const JOBS = ['email.send', 'email.receive'];

/** Send/Receive: everything at once, without the delay between emails, within the provider's limits. */
@injectable()
export class SendReceive implements CommandContribution {
  readonly id = 'email.send-receive';

  constructor(@inject(JobControl) private readonly jobs: JobControl) {}

  async run(): Promise<CommandOutcome> {
    for (const job of JOBS) await this.jobs.request(job, { name: SEND_RECEIVE, detail: {} });
    return { done: true };
  }
}
