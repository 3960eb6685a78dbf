import {
  Clock,
  HostInformation,
  Logger,
  MicrosoftEndpoints,
  OutboxStore,
  ServiceHealth,
  type Failure,
  type JobContribution,
  type JobOutcome,
  type JobRun,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { EmailWarning } from '../health/email-warning.js';
import { MailboxConnector } from '../receive/mailbox.js';
import { SettingsReader } from '../settings/settings-reader.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import { SignInBroker } from '../sign-in/sign-in.js';
import { EmailSender } from './email-sender.js';
import type { RunEnd, SendContext } from './send-context.js';
import { interruptedSubmission, notGenuineSending, waitedTooLong } from './send-failures.js';
import { SendRun } from './send-run.js';
import { SubmissionKeeper } from './submission-keeper.js';
import { SubmissionConnector } from './submission.js';
import { UncertainResolver } from './uncertain-resolver.js';
import { WakeUp } from './wake-up.js';

const HELD_AFTER_MS = 24 * 60 * 60_000;
/** How soon a database that is not genuine, or a server that refuses us, is looked at again. */
const LOOK_AGAIN_MS = 60_000;
const REFUSED_AGAIN_MS = 10 * 60_000;

/** Sends what waits in the Outbox, paced, each email once. */
@injectable()
export class SendJob implements JobContribution {
  readonly id = 'email.send';
  readonly title = 'Send email';
  /** A blip of the network alarms nobody: the second failure in a row does. */
  private failuresInRow = 0;

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
  ) {}

  async run(run: JobRun): Promise<JobOutcome> {
    const { settings } = await this.settings.read();
    if (settings?.provider !== 'microsoft365' || !settings.account) {
      await this.health.report({ part: 'send', state: 'off' }, run.fence);
      return { kind: 'idle' };
    }
    const { genuineness } = await this.host.database();
    if (!genuineness.genuine) return this.off(run, notGenuineSending(genuineness.reason));
    const context = await this.context(run, settings.account, settings.schedule);
    const recovered = await this.outbox.recover({
      account: context.account.key,
      fence: run.fence,
      heldBefore: this.clock.now() - HELD_AFTER_MS,
      heldFailure: waitedTooLong(),
      uncertainFailure: interruptedSubmission(),
    });
    if (recovered.kind === 'refused') return { kind: 'idle' };
    return this.judge(await this.send(context), context);
  }

  private async context(run: JobRun, account: AccountSettings, schedule: ScheduleSettings): Promise<SendContext> {
    const microsoft = await this.endpoints.get();
    const tokens = this.broker.stored(account.signedIn, run.fence);
    return { run, fence: run.fence, account, schedule, tokens, microsoft };
  }

  private async send(context: SendContext): Promise<RunEnd> {
    await using keeper = new SubmissionKeeper(this.submissions, this.clock, context);
    using wakeUp = new WakeUp(context.run, this.clock, this.outbox.onDidChange);
    return new SendRun(context, {
      outbox: this.outbox,
      health: this.health,
      clock: this.clock,
      keeper,
      wakeUp,
      sender: new EmailSender(this.outbox, this.host, this.clock, context, keeper, () => {
        this.failuresInRow = 0;
      }),
      resolver: new UncertainResolver(this.outbox, this.mailboxes, this.clock, this.logger, context),
    }).go();
  }

  private async judge(end: RunEnd, { run, account }: SendContext): Promise<JobOutcome> {
    if (end.kind === 'stopped') return { kind: 'idle' };
    const { failure } = end;
    this.logger.warn('send.no-connection', { code: failure.code });
    if (failure.code === 'outbox.not-genuine') return this.off(run, failure);
    const { waiting, held, failed, uncertain } = await this.outbox.counts(account.key);
    const counts = { waiting, held, failed, uncertain };
    if (failure.retry.kind === 'after-sign-in') {
      await this.health.report({ part: 'send', state: 'sign-in required', failure, ...counts }, run.fence);
      await this.warning.raise(failure, account.signedIn);
      return { kind: 'idle' };
    }
    this.failuresInRow += 1;
    if (this.failuresInRow > 1 || failure.retry.kind === 'never') {
      await this.health.report({ part: 'send', state: 'needs attention', failure, ...counts }, run.fence);
    }
    if (failure.retry.kind === 'never') return { kind: 'again', at: this.clock.now() + REFUSED_AGAIN_MS };
    return { kind: 'failed', failure };
  }

  private async off(run: JobRun, failure: Failure): Promise<JobOutcome> {
    await this.health.report({ part: 'send', state: 'off', failure }, run.fence);
    return { kind: 'again', at: this.clock.now() + LOOK_AGAIN_MS };
  }
}
