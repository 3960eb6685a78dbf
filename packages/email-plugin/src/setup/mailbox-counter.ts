import type { Clock, Control, InboxStore } from '@exact/host-contracts';
import { asFailure } from '../failures/failures.js';
import type { Mailbox, SurveyedMessage } from '../receive/mailbox.js';
import type { Draft, MailboxCount } from './draft.js';

/** Opens the INBOX of the account that stands in the draft. */
export type OpenDraftMailbox = (signal: AbortSignal) => Promise<Mailbox>;

/** What one question to the store takes. */
const MOST_MESSAGE_IDS = 1000;

/** Says before a Reset Mailbox Counter how many messages it downloads, from when, and how many EXACT seems to have already. */
export class MailboxCounter implements Disposable {
  private counting: AbortController | undefined;

  constructor(
    private readonly draft: Draft,
    private readonly inbox: InboxStore,
    private readonly clock: Clock,
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
        return [notice('info', sentence(count, this.clock.timeZone()))];
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
    let [messages, bytes, known, first, last] = [0, 0, 0, Infinity, -Infinity];
    for await (const block of mailbox.survey()) {
      signal.throwIfAborted();
      known += await this.countKnown(block);
      for (const { arrivedAt, listedSize } of block) {
        messages += 1;
        bytes += listedSize;
        first = Math.min(first, arrivedAt);
        last = Math.max(last, arrivedAt);
      }
    }
    return { kind: 'counted', messages, bytes, known, arrived: messages === 0 ? undefined : { first, last } };
  }

  private async countKnown(messages: readonly SurveyedMessage[]): Promise<number> {
    const ids = messages.flatMap(({ messageId }) => messageId ?? []);
    let known = 0;
    for (let from = 0; from < ids.length; from += MOST_MESSAGE_IDS) {
      known += await this.inbox.countKnown(ids.slice(from, from + MOST_MESSAGE_IDS));
    }
    return known;
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

type Counted = Extract<MailboxCount, { kind: 'counted' }>;

function sentence({ messages, bytes, known, arrived }: Counted, timeZone: string): string {
  if (!arrived) return 'The mailbox is empty: there is nothing to download.';
  const all = messages === 1 ? '1 message' : `${messages.toLocaleString('en')} messages`;
  return `The mailbox holds ${all} (about ${megabytes(bytes)}), ${period(arrived, timeZone)}. EXACT seems to have ${known === 0 ? 'none of them yet' : `${known.toLocaleString('en')} of them already`}. All are downloaded again after Finish; none appears twice.`;
}

function period({ first, last }: NonNullable<Counted['arrived']>, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone });
  const [from, to] = [day.format(first), day.format(last)];
  return from === to ? `from ${from}` : `from ${from} to ${to}`;
}

function megabytes(bytes: number): string {
  const [unit, size] = bytes < 1e9 ? ['MB', bytes / 1e6] : ['GB', bytes / 1e9];
  return `${size < 10 ? Math.max(size, 0.1).toFixed(1) : size.toFixed(0)} ${unit}`;
}
