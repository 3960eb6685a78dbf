import { JobControl, type CommandContribution, type CommandOutcome } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';

/** Restarts the email service, by any user. */
@injectable()
export class RestartEmailService implements CommandContribution {
  readonly id = 'email.restart';

  constructor(@inject(JobControl) private readonly jobs: JobControl) {}

  async run(): Promise<CommandOutcome> {
    await this.jobs.restart();
    return { done: true };
  }
}
