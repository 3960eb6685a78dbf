import { inject, injectable } from 'inversify';
import { Network } from '../network/network.js';
import type { Submission, SubmissionConnector, SubmissionRequest } from './submission.js';

/** Imports nodemailer when the first email is to go. */
@injectable()
export class SmtpSubmissionConnector implements SubmissionConnector {
  constructor(@inject(Network) private readonly network: Network) {}

  async connect(request: SubmissionRequest): Promise<Submission> {
    const { connectSubmission } = await import('./smtp-submission.js');
    return connectSubmission(request, this.network);
  }
}
