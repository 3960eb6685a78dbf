import { FailureError, type Clock, type Failure } from '@exact/host-contracts';
import type { SendContext } from './send-context.js';
import type { Envelope, Submission, SubmissionConnector, SubmitOutcome } from './submission.js';

/** An idle connection is closed after this, milliseconds: Exchange lets three be open and closes idle ones itself. */
const IDLE_LIMIT_MS = 60_000;
/** How long a submission is awaited when the run has to end within five seconds. */
const LAST_WORDS_MS = 4_000;

/** The one connection of a run: opened when it is needed, kept between emails, closed when it idles. */
export class SubmissionKeeper implements AsyncDisposable {
  private kept: Submission | undefined;
  /** Epoch ms of its last submission. */
  private usedAt: number | undefined;
  private submitting: Promise<unknown> | undefined;
  /** Of the connections: longer than that of the run by what a submission may still take. */
  private readonly life = new AbortController();

  constructor(
    private readonly connector: SubmissionConnector,
    private readonly clock: Clock,
    private readonly context: SendContext,
  ) {
    context.run.signal.addEventListener('abort', this.onAbort);
  }

  get isOpen(): boolean {
    return this.kept !== undefined;
  }

  /** Makes sure that there is a connection; returns why not. Throws the run's reason to stop. */
  async open(): Promise<Failure | undefined> {
    const { account, tokens, endpoints, run } = this.context;
    run.signal.throwIfAborted();
    if (this.kept) return undefined;
    const { smtp } = await endpoints.get();
    const request = { server: smtp, user: account.smtpUser, tokens, signal: this.life.signal };
    try {
      this.kept = await this.connector.connect(request);
      return undefined;
    } catch (error) {
      run.signal.throwIfAborted();
      if (error instanceof FailureError) return error.failure;
      throw error;
    }
  }

  /**
   * Hands over one email on the open connection. A kept connection that turns out to be closed is no fault of the email,
   * which then gets a fresh one. Anything but `accepted` closes the connection.
   */
  async submit(envelope: Envelope): Promise<SubmitOutcome> {
    const wasUsed = this.usedAt !== undefined;
    const outcome = await this.submitOnce(envelope);
    if (outcome.kind === 'accepted') return outcome;
    await this.close();
    if (outcome.kind !== 'not-sent' || !wasUsed || this.context.run.signal.aborted) return outcome;
    return this.submitAfresh(envelope, outcome);
  }

  async closeWhenIdle(): Promise<void> {
    const closesAt = this.closesAt();
    if (closesAt !== undefined && closesAt <= this.clock.now()) await this.close();
  }

  /** When the connection will have idled long enough, epoch ms; `undefined` when there is none. */
  closesAt(): number | undefined {
    return this.usedAt === undefined ? undefined : this.usedAt + IDLE_LIMIT_MS;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.context.run.signal.removeEventListener('abort', this.onAbort);
    await this.close();
  }

  private async submitOnce(envelope: Envelope): Promise<SubmitOutcome> {
    if (!this.kept) throw new TypeError('no connection was opened');
    const submitting = this.kept.submit(envelope);
    this.submitting = submitting;
    try {
      return await submitting;
    } finally {
      this.submitting = undefined;
      this.usedAt = this.clock.now();
    }
  }

  /** When the run is stopped meanwhile the email stays not sent. */
  private async submitAfresh(envelope: Envelope, before: SubmitOutcome): Promise<SubmitOutcome> {
    try {
      const failure = await this.open();
      return failure ? { kind: 'not-sent', failure } : await this.submit(envelope);
    } catch (error) {
      if (!this.context.run.signal.aborted) throw error;
      return before;
    }
  }

  private async close(): Promise<void> {
    const { kept } = this;
    this.kept = undefined;
    this.usedAt = undefined;
    await kept?.[Symbol.asyncDispose]();
  }

  private readonly onAbort = (): void => {
    void this.end();
  };

  /** Never rejects. */
  private async end(): Promise<void> {
    if (this.submitting) {
      const inTime = new AbortController();
      const late = this.clock.sleep(LAST_WORDS_MS, inTime.signal).catch(() => undefined);
      await Promise.race([this.submitting, late]);
      inTime.abort();
    }
    this.life.abort(this.context.run.signal.reason);
  }
}
