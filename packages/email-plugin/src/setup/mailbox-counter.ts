import type { Control, InboxStore } from '@exact/host-contracts';
import { asFailure } from '../failures/failures.js';
import type { Mailbox } from '../receive/mailbox.js';
import type { Draft, MailboxCount } from './draft.js';

/** Opens the INBOX of the account that stands in the draft. */
export type OpenDraftMailbox = (signal: AbortSignal) => Promise<Mailbox>;

/** Says before a Reset Mailbox Counter how many messages it downloads and how many EXACT seems to have already. */
export class MailboxCounter implements Disposable {
  private counting: AbortController | undefined;

  constructor(
    private readonly draft: Draft,
    private readonly inbox: InboxStore,
    private readonly open: OpenDraftMailbox,
  ) {}

  /** The user ticked or cleared the box. */
  choose(reset: boolean): void {
    this.draft.update((draft) => {
      draft.resetCounter = reset;
    });
    this.countWhenDue();
  }

  /** Counts when the box is ticked and the mailbox can be opened; an older count of another mailbox is dropped. */
  countWhenDue(): void {
    this.counting?.abort();
    this.counting = undefined;
    if (!this.draft.resetCounter || !this.draft.account()) {
      this.show(undefined);
      return;
    }
    const counting = new AbortController();
    this.counting = counting;
    this.show({ kind: 'counting' });
    void this.count(counting.signal);
  }

  notices(): readonly Control[] {
    const { mailboxCount: count, resetCounter } = this.draft;
    if (!resetCounter) return [];
    if (!count) return [notice('info', 'The messages are counted as soon as you are signed in.')];
    switch (count.kind) {
      case 'counting':
        return [notice('info', 'Counting the messages in the mailbox…')];
      case 'counted':
        return [notice('info', sentence(count.messages, count.known))];
      case 'failed':
        return [
          {
            ...notice('warning', `The messages could not be counted. ${count.failure.sentence}`),
            failure: count.failure,
          },
        ];
    }
  }

  [Symbol.dispose](): void {
    this.counting?.abort();
  }

  private async count(signal: AbortSignal): Promise<void> {
    const result = await this.countMailbox(signal).catch((error: unknown): MailboxCount => {
      return { kind: 'failed', failure: asFailure(error, 'imap') };
    });
    if (!signal.aborted) this.show(result);
  }

  private async countMailbox(signal: AbortSignal): Promise<MailboxCount> {
    await using mailbox = await this.open(signal);
    let known = 0;
    for await (const messageIds of mailbox.messageIds()) {
      signal.throwIfAborted();
      for (let from = 0; from < messageIds.length; from += 1000) {
        known += await this.inbox.countKnown(messageIds.slice(from, from + 1000));
      }
    }
    return { kind: 'counted', messages: mailbox.exists, known };
  }

  private show(count: MailboxCount | undefined): void {
    this.draft.update((draft) => {
      draft.mailboxCount = count;
    });
  }
}

function notice(severity: 'info' | 'warning', text: string) {
  return { kind: 'notice', id: 'mailbox-count', severity, text } as const;
}

function sentence(messages: number, known: number): string {
  const all = messages === 1 ? '1 message' : `${messages.toLocaleString('en')} messages`;
  return `The mailbox holds ${all}. EXACT seems to have ${known.toLocaleString('en')} of them already. All are downloaded again after Finish; none appears twice.`;
}
