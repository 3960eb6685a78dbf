import { FailureError, type Clock, type Failure } from '@exact/host-contracts';
import { asFailure } from '../failures/failures.js';
import type { SendContext } from './send-context.js';
import type { Submission, SubmissionConnector } from './submission.js';

/** An idle connection is closed after this, milliseconds: Exchange lets three be open and closes idle ones itself. */
const IDLE_LIMIT_MS = 60_000;

/** The one connection of a run: opened when it is needed, kept between emails, closed when it idles. */
export class SubmissionKeeper implements AsyncDisposable {
  private kept: Submission | undefined;
  private usedAt = 0;

  constructor(
    private readonly connector: SubmissionConnector,
    private readonly clock: Clock,
    private readonly context: SendContext,
  ) {}

  /** The open connection, or why there is none. */
  async connection(): Promise<Submission | { readonly failure: Failure }> {
    const { account, tokens, microsoft, run } = this.context;
    try {
      this.kept ??= await this.connector.connect({
        server: microsoft.smtp,
        user: account.smtpUser,
        tokens,
        signal: run.signal,
      });
      this.usedAt = this.clock.now();
      return this.kept;
    } catch (error) {
      if (error instanceof FailureError) return { failure: error.failure };
      return { failure: asFailure(error, 'network') };
    }
  }

  async closeWhenIdle(): Promise<void> {
    if (this.clock.now() - this.usedAt >= IDLE_LIMIT_MS) await this.drop();
  }

  /** Closes a connection that failed, so that the next email gets a fresh one. */
  async drop(): Promise<void> {
    const { kept } = this;
    this.kept = undefined;
    await kept?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drop();
  }
}
