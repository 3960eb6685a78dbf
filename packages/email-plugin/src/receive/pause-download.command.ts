import { JobControl, type CommandContribution, type CommandOutcome } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { PAUSE_DOWNLOAD, RECEIVE_JOB } from './download-pause.js';

/** Pauses a long download, by any user: the line is needed for something else. Sending goes on. */
@injectable()
export class PauseDownload implements CommandContribution {
  readonly id = 'email.pause-download';

  constructor(@inject(JobControl) private readonly jobs: JobControl) {}

  async run(): Promise<CommandOutcome> {
    await this.jobs.request(RECEIVE_JOB, { name: PAUSE_DOWNLOAD, detail: {} });
    return { done: true };
  }
}
