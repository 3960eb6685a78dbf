import {
  Clock,
  HostInformation,
  Logger,
  MicrosoftEndpoints,
  OutboxStore,
  ServiceHealth,
  type JobContribution,
  type JobOutcome,
  type JobRun,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { EmailWarning } from '../health/email-warning.js';
import type { NotGenuine } from '../jobs/account-run.js';
import { MailboxConnector } from '../receive/mailbox.js';
import { SettingsReader } from '../settings/settings-reader.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import { SIGN_IN_ENDS_SOON, SignInBroker } from '../sign-in/sign-in.js';
import { Random } from './random.js';
import type { RunEnd, SendContext, SendMemory } from './send-context.js';
import type { SendHealth } from './send-health.js';
import { SubmissionConnector } from './submission.js';

const HELD_AFTER_MS = 24 * 60 * 60_000;
/** How soon a server that refuses us is tried again. */
const REFUSED_AGAIN_MS = 10 * 60_000;

/**
 * Sends what waits in the Outbox, paced, each email once. What a run uses is imported with the first, so that the host's
 * start does not wait for it.
 */
@injectable()
export class SendJob implements JobContribution {
  readonly id = 'email.send';
  readonly title = 'Send email';
  private readonly memory: SendMemory = { failuresInRow: 0, isOwed: false };

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(HostInformation) private readonly host: HostInformation,
    @inject(Logger) private readonly logger: Logger,
    @inject(MicrosoftEndpoints) private readonly endpoints: MicrosoftEndpoints,
    @inject(OutboxStore) private readonly outbox: OutboxStore,
    @inject(ServiceHealth) private readonly health: ServiceHealth,
    @inject(SettingsReader) private readonly settings: SettingsReader,
    @inject(SignInBroker) private readonly broker: SignInBroker,
    @inject(SubmissionConnector) private readonly submissions: SubmissionConnector,
    @inject(MailboxConnector) private readonly mailboxes: MailboxConnector,
    @inject(EmailWarning) private readonly warning: EmailWarning,
    @inject(Random) private readonly random: Random,
  ) {}

  async run(run: JobRun): Promise<JobOutcome> {
    const [{ runForAccount }, { notGenuineSending }] = await Promise.all([
      import('../jobs/account-run.js'),
      import('./send-failures.js'),
    ]);
    const { clock, host, health, settings } = this;
    return runForAccount(
      run,
      { clock, host, health, settings },
      {
        part: 'send',
        notGenuine: notGenuineSending,
        work: (account, schedule) => this.work(run, account, schedule),
      },
    );
  }

  private async work(
    run: JobRun,
    account: AccountSettings,
    schedule: ScheduleSettings,
  ): Promise<JobOutcome | NotGenuine> {
    const [{ SendHealth }, { interruptedSubmission, waitedTooLong }] = await Promise.all([
      import('./send-health.js'),
      import('./send-failures.js'),
    ]);
    const recovered = await this.outbox.recover({
      account: account.key,
      fence: run.fence,
      heldBefore: this.clock.now() - HELD_AFTER_MS,
      heldFailure: waitedTooLong(),
      uncertainFailure: interruptedSubmission(),
    });
    if (recovered.kind === 'refused') return { kind: 'idle' };
    const { limits } = await this.endpoints.get();
    const tokens = this.broker.stored(account.signedIn, run.fence);
    const context = { run, fence: run.fence, account, schedule, tokens, limits, endpoints: this.endpoints };
    const health = new SendHealth(this.health, this.outbox, context);
    return this.judge(await this.send(context, health), context, health);
  }

  private async send(context: SendContext, health: SendHealth): Promise<RunEnd> {
    const { outbox, host, clock, logger, random, submissions, mailboxes } = this;
    const { sendMail } = await import('./send-mail.js');
    const onSignedIn = (): Promise<void> => this.clearWarning();
    const services = { outbox, host, clock, logger, random, submissions, mailboxes, health, onSignedIn };
    return sendMail(context, this.memory, services);
  }

  private async judge(end: RunEnd, { account }: SendContext, health: SendHealth): Promise<JobOutcome | NotGenuine> {
    if (end.kind === 'stopped') return { kind: 'idle' };
    if (end.kind === 'not-genuine') return end;
    const { failure } = end;
    this.logger.warn('send.failed', { code: failure.code });
    this.memory.failuresInRow += 1;
    switch (failure.retry.kind) {
      case 'after-sign-in':
        // What comes after a new sign-in is a new beginning.
        this.memory.failuresInRow = 0;
        await health.signInRequired(failure);
        await this.warning.raise(failure, account.signedIn);
        return { kind: 'idle' };
      case 'never':
        await health.needsAttention(failure);
        return { kind: 'again', at: this.clock.now() + REFUSED_AGAIN_MS };
      case 'backoff':
        if (this.memory.failuresInRow > 1 || failure.code === SIGN_IN_ENDS_SOON) await health.needsAttention(failure);
        else await health.asBefore();
        return { kind: 'failed', failure };
    }
  }

  /** Unless receiving still needs a sign-in. */
  private async clearWarning(): Promise<void> {
    const reports = await this.health.read();
    const isAsked = reports.some(({ part, state }) => part === 'receive' && state === 'sign-in required');
    if (!isAsked) await this.warning.clear();
  }
}
