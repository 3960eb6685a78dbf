import {
  FailureError,
  type Clock,
  type HostInformation,
  type Logger,
  type OutboxEmail,
  type OutboxStore,
  type RecipientOutcome,
} from '@exact/host-contracts';
import type { MailboxConnector } from '../receive/mailbox.js';
import type { SendContext } from './send-context.js';

/** When an uncertain email is looked for in Sent Items, after it was first seen uncertain: Microsoft files the copy late at times. */
const LOOKS_AFTER_MS = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 60 * 60_000];

/** What a resolver is made of. */
export interface UncertainResolverParts {
  readonly outbox: OutboxStore;
  readonly mailboxes: MailboxConnector;
  readonly host: HostInformation;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Looks for uncertain emails in Sent Items: found means sent, unless an earlier submission left a copy there. Not found settles nothing, because a rule may have moved it
 * or the copy is late, and nothing uncertain is ever repeated by itself.
 */
export class UncertainResolver {
  private readonly seen = new Map<number, { readonly since: number; readonly looks: number }>();

  constructor(
    private readonly context: SendContext,
    private readonly parts: UncertainResolverParts,
  ) {}

  /** Looks for those that are due. A mailbox that does not open is no fault of sending: they stay uncertain. */
  async look(): Promise<void> {
    const uncertain = await this.parts.outbox.uncertain(this.context.account.key);
    const findable = uncertain.filter((email) => !mayHaveCopy(email));
    this.follow(findable);
    const due = findable.filter(({ id }) => this.takeLook(id));
    if (due.length === 0) return;
    const { genuineness } = await this.parts.host.database();
    if (!genuineness.genuine) return;
    // The copy of a shared mailbox lies in the Sent Items of the person who sent.
    const { imapUser, smtpUser } = this.context.account;
    for (const user of new Set([imapUser, smtpUser])) await this.lookIn(user, due);
  }

  /** When to look next (epoch ms); `undefined` when nothing is to be looked for. */
  nextLook(): number | undefined {
    const times = [...this.seen.values()].map(dueAt).filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Those that a person decided about, or that were found, are followed no more. */
  private follow(uncertain: readonly OutboxEmail[]): void {
    const ids = new Set(uncertain.map(({ id }) => id));
    for (const id of this.seen.keys()) if (!ids.has(id)) this.seen.delete(id);
    for (const id of ids) if (!this.seen.has(id)) this.seen.set(id, { since: this.parts.clock.now(), looks: 0 });
  }

  private takeLook(id: number): boolean {
    const known = this.seen.get(id);
    const at = known && dueAt(known);
    if (!known || at === undefined || at > this.parts.clock.now()) return false;
    this.seen.set(id, { ...known, looks: known.looks + 1 });
    return true;
  }

  private async lookIn(user: string, emails: readonly OutboxEmail[]): Promise<void> {
    const { endpoints, tokens, run } = this.context;
    const wanted = emails.filter(({ id }) => this.seen.has(id));
    if (wanted.length === 0) return;
    try {
      const { imap } = await endpoints.get();
      await using mailbox = await this.parts.mailboxes.open({ server: imap, user, tokens, signal: run.signal });
      for (const email of wanted) {
        if (email.messageId !== undefined && (await mailbox.isInSentItems(email.messageId))) await this.found(email);
      }
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      this.parts.logger.warn('send.sent-items-not-opened', { code: error.failure.code });
    }
  }

  private async found({ id, recipients }: OutboxEmail): Promise<void> {
    const { outbox, clock, logger } = this.parts;
    // To those who were refused before the connection broke it did not go.
    const reached = recipients
      .filter(({ outcome }) => outcome === 'pending')
      .map(({ address }): RecipientOutcome => ({ address, outcome: 'accepted' }));
    this.seen.delete(id);
    await outbox.settle(id, this.context.fence, { kind: 'settled', recipients: reached, at: clock.now() });
    logger.info('send.uncertain-found', { id });
  }
}

/** An earlier submission may have left its copy in Sent Items, which says nothing of the last one. */
function mayHaveCopy({ sentAt, recipients, decided }: OutboxEmail): boolean {
  return (
    sentAt !== undefined || decided?.decision === 'reset' || recipients.some(({ outcome }) => outcome === 'accepted')
  );
}

/** `undefined` after the last look. */
function dueAt({ since, looks }: { readonly since: number; readonly looks: number }): number | undefined {
  const after = LOOKS_AFTER_MS[looks];
  return after === undefined ? undefined : since + after;
}
