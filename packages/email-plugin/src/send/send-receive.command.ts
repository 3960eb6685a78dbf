import { JobControl, ServiceHealth, type CommandContribution, type CommandOutcome } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';

/** What the command asks of the jobs. */
export const SEND_RECEIVE = 'send-receive';

const JOBS = ['email.send', 'email.receive'];

const RECEIVING_IS_PAUSED =
  'What waits in the Outbox is sent. Receiving is paused: press Continue when new email is to come in.';

/** Send/Receive: everything at once, without the delay between emails, within the provider's limits. */
@injectable()
export class SendReceive implements CommandContribution {
  readonly id = 'email.send-receive';

  constructor(
    @inject(JobControl) private readonly jobs: JobControl,
    @inject(ServiceHealth) private readonly health: ServiceHealth,
  ) {}

  async run(): Promise<CommandOutcome> {
    for (const job of JOBS) await this.jobs.request(job, { name: SEND_RECEIVE, detail: {} });
    const isPaused = (await this.health.read()).some(({ download }) => download?.paused === true);
    return isPaused ? { done: true, sentence: RECEIVING_IS_PAUSED } : { done: true };
  }
}
