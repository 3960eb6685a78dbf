import {
  Configuration,
  JobControl,
  type CommandContext,
  type CommandContribution,
  type CommandOutcome,
  type Failure,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { EmailWarning, REAUTHENTICATE_COMMAND } from '../health/email-warning.js';
import { SettingsReader } from '../settings/settings-reader.js';
import { signInEntry } from './sign-in-entry.js';
import { SignInBroker, TOKEN_CACHE_SECRET, type SignInOutcome, type SignInSession } from './sign-in.js';

/** Re-authenticate Now: the same account signs in again; cursor, history and waiting mail stay. */
@injectable()
export class Reauthenticate implements CommandContribution {
  readonly id = REAUTHENTICATE_COMMAND;
  readonly right = 'configure-email';

  constructor(
    @inject(SettingsReader) private readonly settings: SettingsReader,
    @inject(SignInBroker) private readonly broker: SignInBroker,
    @inject(Configuration) private readonly configuration: Configuration,
    @inject(JobControl) private readonly jobs: JobControl,
    @inject(EmailWarning) private readonly warning: EmailWarning,
  ) {}

  async run({ signal }: CommandContext): Promise<CommandOutcome> {
    const { stored, settings } = await this.settings.read();
    if (settings?.provider !== 'microsoft365' || !settings.account) return { done: false, failure: notSetUp() };
    using attempt = this.broker.signIn({ kind: 'again', account: settings.account.signedIn });
    const cancel = () => {
      attempt.cancel();
    };
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    const outcome = await attempt.outcome;
    signal.removeEventListener('abort', cancel);
    if (outcome.kind !== 'signed-in') return { done: false, failure: await whyNot(outcome) };
    using session = outcome.session;
    return await this.store(session, stored.revision, settings.account.signedIn.username);
  }

  private async store(session: SignInSession, revision: number, before: string): Promise<CommandOutcome> {
    const { username } = session.account;
    const entry = signInEntry(before, username);
    const outcome = await this.configuration.replaceSecret(TOKEN_CACHE_SECRET, session.serialize(), revision, [entry]);
    if (outcome.kind === 'refused') return { done: false, failure: changedMeanwhile() };
    await this.warning.clear();
    await this.jobs.restart();
    return { done: true, sentence: `${username} is signed in again.` };
  }
}

const ENDS = {
  cancelled: 'The sign-in was cancelled.',
  superseded: 'Another sign-in to Microsoft was begun in EXACT, so this one ended.',
  'timed-out': 'Nobody finished the sign-in within five minutes.',
} as const;

async function whyNot(outcome: Exclude<SignInOutcome, { kind: 'signed-in' }>): Promise<Failure> {
  if (outcome.kind === 'failed') {
    const { outsideSetup } = await import('./microsoft-failures.js');
    return outsideSetup(outcome.failure);
  }
  if (outcome.kind === 'not-ready') return mostBasic(outcome.obstacles);
  return {
    code: `sign-in.${outcome.kind}`,
    sentence: ENDS[outcome.kind],
    fixedBy: 'user',
    advice: 'Press Re-authenticate Now to try again. Email waits until then.',
    retry: { kind: 'after-sign-in' },
  };
}

/** A command says one thing: what the others may well follow from. */
function mostBasic(obstacles: readonly Failure[]): Failure {
  const [first] = obstacles;
  if (!first) throw new TypeError('not ready, and nothing in the way');
  return first;
}

function notSetUp(): Failure {
  return {
    code: 'sign-in.not-set-up',
    sentence: 'Email is not set up with Microsoft Office 365.',
    fixedBy: 'user',
    advice: 'Open Configure > Email and SMS Setup.',
    retry: { kind: 'never' },
  };
}

function changedMeanwhile(): Failure {
  return {
    code: 'sign-in.changed-meanwhile',
    sentence: 'Somebody changed the email set-up while you signed in, so nothing was stored.',
    fixedBy: 'user',
    advice: 'Press Re-authenticate Now again if the warning still shows.',
    retry: { kind: 'after-sign-in' },
  };
}
