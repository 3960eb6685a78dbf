import { FailureError, type Clock, type Logger, type OutboxEmail, type OutboxStore } from '@exact/host-contracts';
import type { MailboxConnector } from '../receive/mailbox.js';
import type { SendContext } from './send-context.js';

/** When an uncertain email is looked for in Sent Items, after it was first seen uncertain: Microsoft files the copy late at times. */
const LOOKS_AFTER_MS = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 60 * 60_000];

/**
 * Looks for uncertain emails in Sent Items: found means sent. Not found settles nothing, because a rule may have moved it
 * or the copy is late, and nothing uncertain is ever repeated by itself.
 */
export class UncertainResolver {
  private readonly seen = new Map<number, { readonly since: number; looks: number }>();

  constructor(
    private readonly outbox: OutboxStore,
    private readonly mailboxes: MailboxConnector,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly context: SendContext,
  ) {}

  /** Looks for those that are due. A mailbox that does not open is no fault of sending: they stay uncertain. */
  async look(): Promise<void> {
    const due = (await this.outbox.uncertain(this.context.account.key)).filter((email) => this.isDue(email));
    if (due.length === 0) return;
    // The copy of a shared mailbox lies in the Sent Items of the person who sent.
    const { imapUser, smtpUser } = this.context.account;
    for (const user of new Set([imapUser, smtpUser])) {
      try {
        await this.lookIn(user, due);
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        this.logger.warn('send.sent-items-not-opened', { code: error.failure.code });
      }
    }
  }

  /** When to look next (epoch ms); `undefined` when nothing is to be looked for. */
  nextLook(): number | undefined {
    const times = [...this.seen.values()].flatMap(({ since, looks }) => {
      const after = LOOKS_AFTER_MS[looks];
      return after === undefined ? [] : [since + after];
    });
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private async lookIn(user: string, emails: readonly OutboxEmail[]): Promise<void> {
    const { microsoft, tokens, run, fence } = this.context;
    await using mailbox = await this.mailboxes.open({ server: microsoft.imap, user, tokens, signal: run.signal });
    for (const email of emails) {
      if (email.messageId === undefined || !this.seen.has(email.id)) continue;
      if (!(await mailbox.isInSentItems(email.messageId))) continue;
      this.seen.delete(email.id);
      const recipients = email.recipients.map(({ address }) => ({ address, outcome: 'accepted' as const }));
      await this.outbox.settle(email.id, fence, { kind: 'settled', recipients, at: this.clock.now() });
      this.logger.info('send.uncertain-found', { id: email.id });
    }
  }

  private isDue({ id }: OutboxEmail): boolean {
    const now = this.clock.now();
    const known = this.seen.get(id) ?? { since: now, looks: 0 };
    this.seen.set(id, known);
    const after = LOOKS_AFTER_MS[known.looks];
    if (after === undefined || known.since + after > now) return false;
    known.looks += 1;
    return true;
  }
}
