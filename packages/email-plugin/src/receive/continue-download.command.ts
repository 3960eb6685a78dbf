import { JobControl, type CommandContribution, type CommandOutcome } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { CONTINUE_DOWNLOAD, RECEIVE_JOB } from './download-pause.js';

/** Goes on with a paused download where it was, by any user. */
@injectable()
export class ContinueDownload implements CommandContribution {
  readonly id = 'email.continue-download';

  constructor(@inject(JobControl) private readonly jobs: JobControl) {}

  async run(): Promise<CommandOutcome> {
    await this.jobs.request(RECEIVE_JOB, { name: CONTINUE_DOWNLOAD, detail: {} });
    return { done: true };
  }
}
