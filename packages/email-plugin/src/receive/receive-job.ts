import {
  Clock,
  FailureError,
  HostInformation,
  InboxStore,
  Logger,
  MicrosoftEndpoints,
  PatientDirectory,
  ServiceHealth,
  type Failure,
  type JobContribution,
  type JobOutcome,
  type JobRun,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { asFailure } from '../failures/failures.js';
import { EmailWarning } from '../health/email-warning.js';
import { SettingsReader } from '../settings/settings-reader.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import { SignInBroker } from '../sign-in/sign-in.js';
import { MailboxConnector } from './mailbox.js';
import { MailboxWatch } from './mailbox-watch.js';
import { notGenuineReceiving } from './receive-failures.js';

/** How soon a database that is not genuine, or a mailbox that stays shut, is looked at again. */
const LOOK_AGAIN_MS = 60_000;
const REFUSED_AGAIN_MS = 10 * 60_000;

/** Receives what lies in the INBOX, then watches it within the practice's checking times. */
@injectable()
export class ReceiveJob implements JobContribution {
  readonly id = 'email.receive';
  readonly title = 'Receive email';
  /** A blip of the network alarms nobody: the second failure in a row does. */
  private failuresInRow = 0;

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(HostInformation) private readonly host: HostInformation,
    @inject(InboxStore) private readonly inbox: InboxStore,
    @inject(Logger) private readonly logger: Logger,
    @inject(MicrosoftEndpoints) private readonly endpoints: MicrosoftEndpoints,
    @inject(PatientDirectory) private readonly patients: PatientDirectory,
    @inject(ServiceHealth) private readonly health: ServiceHealth,
    @inject(SettingsReader) private readonly settings: SettingsReader,
    @inject(SignInBroker) private readonly broker: SignInBroker,
    @inject(MailboxConnector) private readonly mailboxes: MailboxConnector,
    @inject(EmailWarning) private readonly warning: EmailWarning,
  ) {}

  async run(run: JobRun): Promise<JobOutcome> {
    const { settings } = await this.settings.read();
    if (settings?.provider !== 'microsoft365' || !settings.account) {
      await this.health.report({ part: 'receive', state: 'off' }, run.fence);
      return { kind: 'idle' };
    }
    const { genuineness } = await this.host.database();
    if (!genuineness.genuine) return this.off(run, notGenuineReceiving(genuineness.reason));
    try {
      return await this.watch(run, settings.account, settings.schedule);
    } catch (error) {
      if (run.signal.aborted) return { kind: 'idle' };
      return await this.explain(error, run, settings.account);
    }
  }

  private async watch(run: JobRun, account: AccountSettings, schedule: ScheduleSettings): Promise<JobOutcome> {
    const { imap } = await this.endpoints.get();
    const tokens = this.broker.stored(account.signedIn, run.fence);
    const watch = new MailboxWatch({
      run,
      account,
      schedule,
      clock: this.clock,
      host: this.host,
      inbox: this.inbox,
      patients: this.patients,
      health: this.health,
      open: () => this.mailboxes.open({ server: imap, user: account.imapUser, tokens, signal: run.signal }),
      onReceived: async () => {
        this.failuresInRow = 0;
        await this.warning.clear();
      },
    });
    const end = await watch.go();
    return end.kind === 'not-genuine' ? this.off(run, notGenuineReceiving(end.reason)) : { kind: 'idle' };
  }

  private async explain(error: unknown, run: JobRun, account: AccountSettings): Promise<JobOutcome> {
    const failure = error instanceof FailureError ? error.failure : asFailure(error, 'imap');
    this.logger.warn('receive.failed', { code: failure.code });
    const signedInAs = account.signedIn.username;
    if (failure.retry.kind === 'after-sign-in') {
      await this.health.report({ part: 'receive', state: 'sign-in required', failure, signedInAs }, run.fence);
      await this.warning.raise(failure, account.signedIn);
      return { kind: 'idle' };
    }
    this.failuresInRow += 1;
    const at = failure.retry.kind === 'backoff' ? failure.retry.at : undefined;
    if (at !== undefined) {
      // The server asked us to wait: normal, and shown as such.
      await this.health.report({ part: 'receive', state: 'working', throttledUntil: at, signedInAs }, run.fence);
      return { kind: 'again', at };
    }
    if (this.failuresInRow > 1 || failure.retry.kind === 'never') {
      await this.health.report({ part: 'receive', state: 'needs attention', failure, signedInAs }, run.fence);
    }
    if (failure.retry.kind === 'never') return { kind: 'again', at: this.clock.now() + REFUSED_AGAIN_MS };
    return { kind: 'failed', failure };
  }

  private async off(run: JobRun, failure: Failure): Promise<JobOutcome> {
    await this.health.report({ part: 'receive', state: 'off', failure }, run.fence);
    return { kind: 'again', at: this.clock.now() + LOOK_AGAIN_MS };
  }
}
