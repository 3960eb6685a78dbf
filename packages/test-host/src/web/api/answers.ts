import type {
  CommandOutcome,
  FailingAddress,
  Failure,
  FinishOutcome,
  InboxMessage,
  InboxRow,
  JsonValue,
  OutboxReason,
  OutboxRow,
  Practice,
  Prompt,
  ProviderLimits,
  SupportFact,
} from '@exact/host-contracts';
import type { ChangeHistory, EmailService, MenuEntry, PanelState, SupportFile, WizardView } from '../../host/host.js';
import type { Method } from './inputs.js';

/** A piece of a list, with how many there are in all. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** A wizard that was opened for this page; it is cancelled when the page goes away. */
export interface OpenedWizard {
  /** Goes with every further call about it. */
  readonly wizard: string;
  readonly view: WizardView;
  /** Path of the plugin's browser module `sign-in`; absent when it has none, then the sign-in is pressed as a button. */
  readonly signInModule?: string;
}

/** A received message to show. */
export interface ShownMessage extends InboxMessage {
  /** The email that it is a report about. */
  readonly reported?: number;
}

/** An email of the outbox to show. Attachments are downloaded by their position. */
export interface OutboxMessage extends OutboxRow {
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly size: number }[];
}

/** What became of an email that was to be sent. Nothing is lost when it was not queued: the page keeps the draft. */
export type SendAnswer =
  | { readonly kind: 'queued' }
  /** Email to these did not arrive lately: a person is asked first. */
  | { readonly kind: 'failing-addresses'; readonly addresses: readonly FailingAddress[] }
  /** Email is not set up. */
  | { readonly kind: 'off' }
  /** The server does not have the attachments any more: the page was cut off from it in between. */
  | { readonly kind: 'attachments-gone' }
  /** One sentence for each limit of the provider that it is over. */
  | { readonly kind: 'over-limits'; readonly problems: readonly string[] }
  /** One sentence for each address that can't be read. */
  | { readonly kind: 'bad-addresses'; readonly problems: readonly string[] };

/** An attachment that waits on the server until its email is sent or its page goes away. */
export interface UploadedAttachment {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** The attachments of a received message, put to the email that is being written. */
export interface AddedAttachments {
  readonly added: readonly UploadedAttachment[];
  /** One sentence for each that was not. */
  readonly problems: readonly string[];
}

/** What each method answers. */
export interface Answers {
  menu: readonly MenuEntry[];

  'wizard.open': OpenedWizard;
  'wizard.view': WizardView;
  'wizard.change': WizardView;
  'wizard.press': WizardView;
  'wizard.receive': JsonValue;
  'wizard.back': WizardView;
  'wizard.next': WizardView;
  'wizard.finish': FinishOutcome;
  'wizard.cancel': null;

  'command.run': CommandOutcome;
  prompts: readonly Prompt[];
  'prompt.answer': CommandOutcome;
  'email-service': EmailService;
  'support.facts': readonly SupportFact[];
  'support.file': SupportFile;
  practice: Practice;
  'practice.update-address': { readonly problem?: string };

  'history.list': ChangeHistory;

  'inbox.list': ListPage<InboxRow>;
  /** `null` when it is gone. */
  'inbox.read': ShownMessage | null;
  /** `data:` URLs of the pictures inside the HTML, by Content-ID. */
  'inbox.pictures': Readonly<Record<string, string>>;
  'inbox.mark-read': null;
  'inbox.move': null;
  'inbox.link': null;

  'outbox.list': ListPage<OutboxRow>;
  'outbox.reasons': readonly OutboxReason[];
  'outbox.read': OutboxMessage | null;
  'outbox.release': null;
  'outbox.stop': null;
  'outbox.reset': null;
  /** How many were reset. */
  'outbox.reset-failed': { readonly reset: number };
  /** How many emails came back that nobody has looked at. */
  'outbox.news': { readonly emails: number };
  'outbox.mark-seen': null;
  'outbox.decide': null;

  'email.send': SendAnswer;
  'address.failing': readonly FailingAddress[];
  'address.trust': null;
  'email.limits': ProviderLimits;
  'attachment.add-received': AddedAttachments;
  'attachment.remove': null;

  panel: PanelState;
  'panel.restart': null;
  'panel.set-may-configure': null;
  'panel.set-database-name': null;
  'panel.set-campaign-plus': null;
  'panel.set-situation': null;
  'panel.send-reminder': { readonly kind: 'queued' } | { readonly kind: 'off' };
  'panel.write-as-patient': null;
  'panel.answer-as-patient': { readonly kind: 'answered' } | { readonly kind: 'nothing-to-answer' };
}

export type Answer<M extends Method> = Answers[M];

/** Body of every answer under `/api/`. */
export type AnswerBody<T> =
  | { readonly value: T }
  /** An expected failure, for the card. */
  | { readonly failure: Failure }
  /** Not understood, not allowed, or broken: one sentence. */
  | { readonly error: string };
