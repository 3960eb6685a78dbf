import { contract } from '../contract.js';
import type { Fence, STALE_FENCE } from '../contributions/job.js';
import type { Event } from '../event.js';
import type { Failure } from '../failure.js';
import type { AccountKey, Address } from '../mail/account.js';
import type { DeliveryReport } from '../mail/delivery-report.js';
import type { MessageIdentity } from '../mail/message.js';
import type { FencedOutcome } from './inbox-store.js';
import type { Patient } from './patient-directory.js';

/**
 * `queued (not before a time) → claimed → submitting → sent | failed | uncertain`, and `held` until a person releases it.
 * `submitting` is durable before MAIL FROM. `uncertain`: the outcome after DATA is unknown; never repeated by itself.
 * `stopped`: a person took it back before it left.
 */
export type OutboxState = 'queued' | 'claimed' | 'submitting' | 'sent' | 'failed' | 'uncertain' | 'held' | 'stopped';

export interface NewAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** An email that staff or the host wrote. */
export interface NewEmail {
  readonly to: readonly Address[];
  readonly cc?: readonly Address[];
  readonly bcc?: readonly Address[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly NewAttachment[];
  /** Message-ID of what it answers, with brackets. */
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Not to leave before, epoch ms. */
  readonly notBefore?: number;
  readonly patient?: Patient;
  /** The host wrote it by itself, e.g. a reminder: it is marked so, and out-of-office and other automatic replies stay away. */
  readonly automatic?: boolean;
}

/** What happened for one recipient. `pending`: not known or not tried yet. */
export interface RecipientOutcome {
  readonly address: string;
  readonly outcome: 'pending' | 'accepted' | 'refused';
  readonly failure?: Failure;
  /** What a delivery report has said since. The store keeps it; nobody hands it in with an outcome. */
  readonly news?: DeliveryNews;
}

/** What a delivery report says of a recipient. `failed`: it came back. `delayed`: it is still tried. */
export interface DeliveryNews {
  readonly result: 'failed' | 'delayed';
  readonly failure: Failure;
  /** When the report arrived, epoch ms. */
  readonly at: number;
}

/** An address to which email does not arrive, because the address itself is at fault. */
export interface FailingAddress {
  /** As it was asked for. */
  readonly address: string;
  readonly failure: Failure;
  /** When that was reported, epoch ms. */
  readonly at: number;
}

/** What a received message says of an email that was sent. */
export interface ReportedDelivery {
  readonly account: AccountKey;
  readonly fence: Fence;
  /** Of the message. */
  readonly identity: MessageIdentity;
  /** When the message arrived at the provider, epoch ms. */
  readonly arrivedAt: number;
  readonly report: DeliveryReport;
}

/** What became of a report. */
export type ReportOutcome =
  /** It is about this email. */
  | { readonly kind: 'noted'; readonly id: number }
  /** It is about none of the account's emails, or was noted before: nothing was changed. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly reason: typeof STALE_FENCE };

/** What a person last did about an email. */
export interface OutboxDecision {
  readonly decision: 'released' | 'reset' | 'stopped' | 'arrived' | 'sent again';
  /** Who, as the record of changes names them. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A row of the Outbox. */
export interface OutboxRow {
  readonly id: number;
  /** Empty when it was written while no account was set up. */
  readonly account: AccountKey;
  readonly state: OutboxState;
  /** Epoch ms. */
  readonly queuedAt: number;
  /** Who wrote it. */
  readonly queuedBy: string;
  readonly notBefore?: number;
  readonly sentAt?: number;
  readonly subject: string;
  readonly recipients: readonly RecipientOutcome[];
  readonly attachmentNames: readonly string[];
  readonly patient?: Patient;
  /** Fixed with the first attempt. */
  readonly messageId?: string;
  /** Why it is held, failed, uncertain or waits. */
  readonly failure?: Failure;
  /** How often its submission was begun. */
  readonly attempts: number;
  /** It came back for a recipient, and nobody has looked at it since. */
  readonly isNews?: true;
  /** Missing while nobody had to decide about it. */
  readonly decided?: OutboxDecision;
}

/** Which emails a list holds. */
export type OutboxView =
  /** All that was not sent or stopped; then a part of it, as {@link OutboxCounts} counts it. */
  | 'outbox'
  | 'waiting'
  | 'held'
  | 'failed'
  | 'uncertain'
  | 'sent'
  /** What came back for one recipient or more, whatever its state. */
  | 'undelivered'
  | 'stopped';

/** How a list is sorted. `time`: when it was sent in `sent` and `undelivered`, else when it was written. `to`: the first recipient's address. */
export interface OutboxOrder {
  readonly by: 'time' | 'to' | 'subject';
  readonly descending: boolean;
}

/** A piece of a list. */
export interface OutboxQuery {
  readonly view: OutboxView;
  /** Newest first without it. */
  readonly order?: OutboxOrder;
  readonly offset: number;
  /** 1 … 500. */
  readonly limit: number;
}

/** Why emails stand in the Outbox. */
export interface OutboxReason {
  readonly state: OutboxState;
  /** Of one of them: what is told of that email alone (a time, the server's words) is that one's. */
  readonly failure: Failure;
  /** How many emails have it. */
  readonly emails: number;
}

/** An email as it goes over the wire. */
export interface OutgoingMessage {
  /** With angle brackets. */
  readonly messageId: string;
  /** The exact bytes, CRLF line ends. */
  readonly raw: Uint8Array;
}

/** An email with what it says, to compose or to show. */
export interface OutboxEmail extends OutboxRow {
  readonly email: NewEmail;
  /** The exact bytes, once its submission was begun: the same at every attempt. */
  readonly raw?: Uint8Array;
}

/** How a submission ended. */
export type SubmissionOutcome =
  /** The server took it: `recipients` says for whom. `sent` when one or more accepted and none refused, else `failed`. */
  | {
      readonly kind: 'settled';
      readonly recipients: readonly RecipientOutcome[];
      readonly at: number;
      readonly failure?: Failure;
    }
  /** A fault after the end of DATA: nobody knows. Recipients refused before did not get it, the others stay `pending`. */
  | { readonly kind: 'uncertain'; readonly failure: Failure; readonly recipients: readonly RecipientOutcome[] }
  /** A fault before the end of DATA: it goes back to `queued`, not before `notBefore`. */
  | { readonly kind: 'again'; readonly notBefore: number; readonly failure?: Failure }
  /** It can't go before a person did something. */
  | { readonly kind: 'held'; readonly failure: Failure };

/** Numbers for the indicator. */
export interface OutboxCounts {
  readonly waiting: number;
  readonly held: number;
  readonly failed: number;
  readonly uncertain: number;
  /** What came back for a recipient, and nobody has looked at since. */
  readonly undelivered: number;
  /** Epoch ms of the last one sent. */
  readonly lastSentAt?: number;
  /** Epoch ms at which the next queued one may leave; `undefined` when none waits. */
  readonly nextAt?: number;
}

/** The practice's outgoing mail, kept by the host. A store that makes the calls of one turn durable together keeps up with the connection. */
export interface OutboxStore {
  /** Stores an email for the configured account. `off`: none is configured, nothing was stored. */
  enqueue(email: NewEmail): Promise<{ readonly kind: 'queued'; readonly id: number } | { readonly kind: 'off' }>;

  /**
   * Called once when a send run begins: what an ended lease left behind is settled. `claimed` → `queued`, `submitting` →
   * `uncertain`, and what was queued (or was to leave) before `heldBefore` (epoch ms) → `held` with `heldFailure`, unless
   * a person released it since then. All else stays as it is.
   */
  recover(request: {
    readonly account: AccountKey;
    readonly fence: Fence;
    readonly heldBefore: number;
    readonly heldFailure: Failure;
    readonly uncertainFailure: Failure;
  }): Promise<FencedOutcome>;
  /** Takes the next queued email of the account whose time has come, oldest first, for this lease; `undefined` when none waits or the fence is stale. */
  claim(request: {
    readonly account: AccountKey;
    readonly fence: Fence;
    readonly now: number;
  }): Promise<OutboxEmail | undefined>;
  /**
   * `claimed` → `submitting`, durable with Message-ID and exact bytes when it resolves: before MAIL FROM. Both are fixed by
   * the first attempt; others at a later one, and any other state, are refused with an `Error`.
   */
  submitting(id: number, fence: Fence, message: OutgoingMessage): Promise<FencedOutcome>;
  /**
   * The end of a submission, or what became of an uncertain one that was found in Sent Items. Whom a server accepted once
   * stays accepted. Refused with an `Error` where it can't lead: what is uncertain never goes back to `queued` by it.
   */
  settle(id: number, fence: Fence, outcome: SubmissionOutcome): Promise<FencedOutcome>;
  /** The account's uncertain emails, oldest first, 100 at most. */
  uncertain(account: AccountKey): Promise<readonly OutboxEmail[]>;
  /** How many recipients were accepted since `since` (epoch ms), and when the emails were sent, newest 100: for pacing. */
  sentSince(
    account: AccountKey,
    since: number,
  ): Promise<{ readonly recipients: number; readonly times: readonly number[] }>;
  /** Asked before and after each email: to be answered from an index, however long the Outbox is. */
  counts(account: AccountKey): Promise<OutboxCounts>;

  /**
   * Keeps what a delivery report says. The receive job tells it before it stores the message, so that a crash in between
   * loses nothing: the message is then received, and told, once more. A report counts for the account's email that has one
   * of its Message-IDs (the first that is known), whatever its state, and only for the recipients whom it names, compared
   * without regard to case; it changes nothing else. It counts once for its identity, for ever: an old one that is received
   * again says nothing of what was sent again since. `failed` stays until Reset; `delivered` takes `delayed` away.
   *
   * An address that is at fault fails from then on ({@link failingAddresses}), unless mail from it arrived later than the report.
   */
  report(delivery: ReportedDelivery): Promise<ReportOutcome>;
  /** The email that a report is about, by the same rule, in whatever account. */
  findReported(report: DeliveryReport): Promise<number | undefined>;
  /**
   * Those of the addresses (500 at most) to which email does not arrive, compared without regard to case. One fails until a
   * report says that something arrived there, mail from it is received that is no delivery report and arrived later, or a
   * person says that it works.
   */
  failingAddresses(addresses: readonly string[]): Promise<readonly FailingAddress[]>;
  /** A person says that an address works, or that it was corrected. */
  trustAddress(address: string): Promise<void>;
  /** Each state with each code of a failure that an email of the Outbox has, the most frequent first; 50 at most. */
  reasons(): Promise<readonly OutboxReason[]>;

  /** `held` → `queued`, by a person. This and what follows is kept as the email's {@link OutboxDecision}. */
  release(ids: readonly number[]): Promise<void>;
  /**
   * `failed`, and `sent` that came back → `queued` for the recipients that did not get it: who were refused, or for whom it
   * came back. Their news is forgotten. Those that have it are never written to again.
   */
  reset(ids: readonly number[]): Promise<void>;
  /**
   * A person decides about an uncertain one: it arrived (then `sent`, or `failed` when some were refused), or send it
   * again to all who are not known to have it.
   */
  decide(id: number, decision: 'arrived' | 'send-again'): Promise<void>;
  /** A person has looked at these: they are no news any more. */
  markSeen(ids: readonly number[]): Promise<void>;
  /** Takes back what has not left: `queued` or `held` → `stopped`. Others are left as they are. */
  stop(ids: readonly number[]): Promise<void>;
  /** `total`: of the whole view. Quick also among 50,000 emails: staff look at it while it is worked off. */
  list(query: OutboxQuery): Promise<{ readonly rows: readonly OutboxRow[]; readonly total: number }>;
  read(id: number): Promise<OutboxEmail | undefined>;
  /** Within five seconds on the server and on every workstation. */
  readonly onDidChange: Event<void>;
}

/** Use this to send mail, or to show what waits and what went. */
export const OutboxStore = contract<OutboxStore>('OutboxStore');
