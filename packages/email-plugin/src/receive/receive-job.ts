import {
  Clock,
  FailureError,
  HostInformation,
  InboxStore,
  Logger,
  MicrosoftEndpoints,
  OutboxStore,
  PatientDirectory,
  ServiceHealth,
  type Failure,
  type JobContribution,
  type JobOutcome,
  type JobRun,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { EmailWarning } from '../health/email-warning.js';
import type { NotGenuine } from '../jobs/account-run.js';
import { SettingsReader } from '../settings/settings-reader.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import { SIGN_IN_ENDS_SOON, SignInBroker } from '../sign-in/sign-in.js';
import { RECEIVE_JOB } from './download-pause.js';
import { MailboxConnector } from './mailbox.js';
import type { ReceiveHealth } from './receive-health.js';

/** How soon a mailbox that stays shut is tried again. */
const REFUSED_AGAIN_MS = 10 * 60_000;
/** What is further away was told before the clock was put back. */
const LONGEST_THROTTLE_MS = 24 * 60 * 60_000;

/**
 * Receives what lies in the INBOX, then watches it within the practice's checking times. What a run uses is imported with
 * the first, so that the host's start does not wait for it.
 */
@injectable()
export class ReceiveJob implements JobContribution {
  readonly id = RECEIVE_JOB;
  readonly title = 'Receive email';
  /** A blip of the network alarms nobody: the second failure in a row does. */
  private failuresInRow = 0;
  /** The last connection brought something in. Else the server may have needed longer than it was given. */
  private hasWorked = true;

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(HostInformation) private readonly host: HostInformation,
    @inject(InboxStore) private readonly inbox: InboxStore,
    @inject(Logger) private readonly logger: Logger,
    @inject(MicrosoftEndpoints) private readonly endpoints: MicrosoftEndpoints,
    @inject(OutboxStore) private readonly outbox: OutboxStore,
    @inject(PatientDirectory) private readonly patients: PatientDirectory,
    @inject(ServiceHealth) private readonly health: ServiceHealth,
    @inject(SettingsReader) private readonly settings: SettingsReader,
    @inject(SignInBroker) private readonly broker: SignInBroker,
    @inject(MailboxConnector) private readonly mailboxes: MailboxConnector,
    @inject(EmailWarning) private readonly warning: EmailWarning,
  ) {}

  async run(run: JobRun): Promise<JobOutcome> {
    const [{ runForAccount }, { ReceiveHealth }, { notGenuineReceiving }] = await Promise.all([
      import('../jobs/account-run.js'),
      import('./receive-health.js'),
      import('./receive-failures.js'),
    ]);
    const { clock, host, health, settings } = this;
    return runForAccount(
      run,
      { clock, host, health, settings },
      {
        part: 'receive',
        notGenuine: notGenuineReceiving,
        work: async (account, schedule) => {
          const told = new ReceiveHealth(health, this.inbox, clock, account, run.fence);
          const throttled = await this.stillThrottled(account);
          if (throttled) return this.stayAway(throttled, run, account, told);
          try {
            return await this.watch(run, account, schedule, told);
          } catch (error) {
            if (run.signal.aborted || !(error instanceof FailureError)) throw error;
            return this.explain(error.failure, account, told);
          }
        },
      },
    );
  }

  /** The server named a time to stay away until: whoever presses Send/Receive or restarts EXACT meanwhile keeps to it, too. */
  private async stillThrottled({ signedIn }: AccountSettings): Promise<Failure | undefined> {
    const now = this.clock.now();
    const told = (await this.health.read()).find(({ part }) => part === 'receive');
    const left = (told?.throttledUntil ?? now) - now;
    const isOurs = told?.signedInAs === signedIn.username;
    if (!isOurs || left <= 0 || left > LONGEST_THROTTLE_MS) return undefined;
    const { throttledFor } = await import('./receive-failures.js');
    return throttledFor(left, now);
  }

  /** A download can be paused meanwhile, or its pause ended. */
  private async stayAway(
    failure: Failure,
    { fence, requests }: JobRun,
    account: AccountSettings,
    health: ReceiveHealth,
  ): Promise<JobOutcome> {
    const { DownloadPause } = await import('./download-pause.js');
    await new DownloadPause(this.inbox, account.key, fence).heed(requests);
    if (failure.retry.kind === 'backoff' && failure.retry.at !== undefined) await health.throttled(failure.retry.at);
    return { kind: 'failed', failure };
  }

  private async watch(
    run: JobRun,
    account: AccountSettings,
    schedule: ScheduleSettings,
    health: ReceiveHealth,
  ): Promise<JobOutcome | NotGenuine> {
    const { MailboxWatch } = await import('./mailbox-watch.js');
    const tokens = this.broker.stored(account.signedIn, run.fence);
    let done: number | undefined;
    const watch = new MailboxWatch({
      run,
      account,
      schedule,
      clock: this.clock,
      host: this.host,
      inbox: this.inbox,
      outbox: this.outbox,
      patients: this.patients,
      health,
      keepSignedIn: async () => {
        const outcome = await tokens.accessToken({ renew: true });
        // A person has to know of it; a network that fails is only tried again.
        const isForAPerson =
          outcome.kind === 'sign-in-required' ||
          (outcome.kind === 'failed' &&
            (outcome.failure.retry.kind === 'never' || outcome.failure.code === SIGN_IN_ENDS_SOON));
        if (isForAPerson) throw new FailureError(outcome.failure);
        return outcome.kind === 'token';
      },
      open: async (signal) => {
        const { imap } = await this.endpoints.get();
        const request = { server: imap, user: account.imapUser, tokens, signal, isPatient: !this.hasWorked };
        this.hasWorked = false;
        done = undefined;
        return await this.mailboxes.open(request);
      },
      onProgress: ({ messagesDone }) => {
        this.hasWorked ||= done !== undefined && messagesDone > done;
        done = messagesDone;
      },
      onReceived: async () => {
        this.failuresInRow = 0;
        this.hasWorked = true;
        await this.warning.clear();
      },
    });
    const end = await watch.go();
    switch (end.kind) {
      case 'not-genuine':
        return end;
      case 'overtaken':
        return { kind: 'again', at: this.clock.now() };
      case 'stopped':
        return { kind: 'idle' };
    }
  }

  private async explain(failure: Failure, account: AccountSettings, health: ReceiveHealth): Promise<JobOutcome> {
    const { code, retry } = failure;
    this.logger.warn('receive.failed', { code });
    this.failuresInRow += 1;
    switch (retry.kind) {
      case 'after-sign-in':
        await health.signInRequired(failure);
        await this.warning.raise(failure, account.signedIn);
        return { kind: 'idle' };
      case 'never':
        await health.needsAttention(failure);
        return { kind: 'again', at: this.clock.now() + REFUSED_AGAIN_MS };
      case 'backoff':
        if (retry.at !== undefined) await health.throttled(retry.at);
        else if (this.failuresInRow > 1 || failure.code === SIGN_IN_ENDS_SOON) await health.needsAttention(failure);
        else await health.standingStill();
        return { kind: 'failed', failure };
    }
  }
}
