import type { Clock, HostInformation, Logger, OutboxStore } from '@exact/host-contracts';
import type { MailboxConnector } from '../receive/mailbox.js';
import { EmailSender } from './email-sender.js';
import { EmailsAhead } from './emails-ahead.js';
import type { Random } from './random.js';
import type { RunEnd, SendContext, SendMemory } from './send-context.js';
import type { SendHealth } from './send-health.js';
import { SendRun } from './send-run.js';
import { SentLately } from './sent-lately.js';
import { SubmissionKeeper } from './submission-keeper.js';
import type { SubmissionConnector } from './submission.js';
import { UncertainResolver } from './uncertain-resolver.js';
import { WakeUp } from './wake-up.js';

/** What a run uses beside its context. */
export interface SendServices {
  readonly outbox: OutboxStore;
  readonly host: HostInformation;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: Random;
  readonly submissions: SubmissionConnector;
  readonly mailboxes: MailboxConnector;
  readonly health: SendHealth;
  /** The server has let us in. */
  onSignedIn(): Promise<void>;
}

/** Makes the parts of one run and lets it go until something ends it. */
export async function sendMail(context: SendContext, memory: SendMemory, services: SendServices): Promise<RunEnd> {
  const { outbox, host, clock, logger, random, submissions, mailboxes, health } = services;
  await using keeper = new SubmissionKeeper(submissions, clock, context);
  using wakeUp = new WakeUp(context.run, clock, outbox.onDidChange);
  const resolver = new UncertainResolver(context, { outbox, mailboxes, host, clock, logger });
  const sentLately = new SentLately(outbox, context.account.key);
  const sender = new EmailSender(context, {
    outbox,
    host,
    clock,
    random,
    keeper,
    sentLately,
    onSignedIn: () => services.onSignedIn(),
    onAccepted: () => {
      memory.failuresInRow = 0;
    },
  });
  const ahead = new EmailsAhead({ outbox, sender, context, now: () => clock.now() });
  const parts = { outbox, clock, health, keeper, wakeUp, sender, ahead, sentLately, resolver };
  return await new SendRun(context, memory, parts).go();
}
