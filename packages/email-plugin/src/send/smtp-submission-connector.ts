import { injectable } from 'inversify';
import type { Submission, SubmissionConnector, SubmissionRequest } from './submission.js';

/** Imports nodemailer when the first email is to go. */
@injectable()
export class SmtpSubmissionConnector implements SubmissionConnector {
  async connect(request: SubmissionRequest): Promise<Submission> {
    const { connectSubmission } = await import('./smtp-submission.js');
    return connectSubmission(request);
  }
}
