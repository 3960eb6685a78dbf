import type { Microsoft365Clock } from '../clock.js';

/** What one person may submit. https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements */
export interface SubmissionLimits {
  /** Beyond it messages are delayed. Microsoft: 30. */
  readonly messagesPerMinute: number;
  /** In 24 hours; beyond it messages are refused. Microsoft: 10,000. */
  readonly recipientsPerDay: number;
  /** Connections at the same time. Microsoft: 3. */
  readonly connections: number;
  /** Microsoft: 500 by default. */
  readonly recipientsPerMessage: number;
  /** Bytes of one message. Microsoft: 35 MB by default. */
  readonly messageBytes: number;
}

export const microsoftLimits: SubmissionLimits = {
  messagesPerMinute: 30,
  recipientsPerDay: 10_000,
  connections: 3,
  recipientsPerMessage: 500,
  messageBytes: 36_700_160,
};

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What one person has submitted so far. */
export class SubmissionCount {
  #submissions: { readonly at: number; readonly recipients: number }[] = [];

  constructor(
    private readonly limits: SubmissionLimits,
    private readonly clock: Microsoft365Clock,
  ) {}

  /** Milliseconds until the next message is within the limit of a minute; 0 = now. */
  get delayMs(): number {
    const now = this.clock.now();
    const recent = this.#submissions.filter(({ at }) => at > now - MINUTE_MS);
    const blocking = recent.at(-this.limits.messagesPerMinute);
    return blocking === undefined ? 0 : blocking.at + MINUTE_MS - now;
  }

  /** Whether so many more recipients are within the limit of a day. */
  hasRoomFor(recipients: number): boolean {
    const since = this.clock.now() - DAY_MS;
    this.#submissions = this.#submissions.filter(({ at }) => at > since);
    const used = this.#submissions.reduce((sum, submission) => sum + submission.recipients, 0);
    return used + recipients <= this.limits.recipientsPerDay;
  }

  add(recipients: number): void {
    this.#submissions.push({ at: this.clock.now(), recipients });
  }
}
