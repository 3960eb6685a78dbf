import type { SmtpReply } from './smtp/smtp-reply.js';

const RECIPIENT_REJECTED: SmtpReply = { code: 550, text: '5.4.1 Recipient address rejected: Access denied.' };

/**
 * What becomes of email to a patient: it comes back because there is no such address, because the mailbox is full or as
 * spam; `words`: another system says so, in words only; `late`: it has not arrived yet; `away`: it is answered automatically.
 */
export type PatientArrival = 'not-found' | 'mailbox-full' | 'spam' | 'words' | 'late' | 'away';

/** What can be wrong with one account's mail. Everything is off by default. */
export interface MailSituation {
  /** An administrator switched IMAP off: the sign-in works, the mailbox does not open. */
  readonly imapOff?: boolean;
  /** SMTP AUTH is switched off, for the whole organisation or for the mailbox. */
  readonly smtpAuthOff?: 'tenant' | 'mailbox';
  /** The account has no licence with email: its sign-in is good, but there is no mailbox. */
  readonly noMailbox?: boolean;
  /** What others may do with a shared mailbox: nothing, open it, or open it and send from it. Default: as its cast says. */
  readonly sharedRights?: 'none' | 'open' | 'all';
  /** Nothing more can be stored in the mailbox: no arrival, no Sent Items copy. */
  readonly mailboxFull?: boolean;
  /** Holds for a patient's address only. */
  readonly arrival?: PatientArrival;
  /** UIDs whose content FETCH leaves out, as Exchange does with what it can't convert. */
  readonly withheldUids?: readonly number[];
  /** UIDs in whose place FETCH gives a message that says that they can't be retrieved, as Exchange does, too. */
  readonly stubbedUids?: readonly number[];
  /** Every IMAP command is answered with a request to come back after so many milliseconds. */
  readonly throttledMs?: number;
  /** How it says so. Default: `BAD` */
  readonly throttledBy?: 'BAD' | 'NO';
  /** Every IMAP command is refused, since the server is busy. */
  readonly unavailable?: boolean;
  /**
   * The connection breaks instead of the reply after DATA, the message having been accepted, or lost: a client can't tell
   * which.
   */
  readonly breakAfterData?: 'accepted' | 'lost';
}

/** Faults that a developer or a test turns on and off while the servers run. */
export class MailSituations {
  readonly #ofAccount = new Map<string, MailSituation>();
  readonly #refusedRecipients = new Map<string, SmtpReply>();
  #ofEveryone: MailSituation = {};

  /** Replaces the situation of the account with this primary address. `{}` = all is well. */
  set(address: string, situation: MailSituation): void {
    this.#ofAccount.set(address.toLowerCase(), situation);
  }

  /** What holds for every account beside its own situation. */
  get forEveryone(): MailSituation {
    return this.#ofEveryone;
  }

  /** Replaces what holds for every account beside its own situation. */
  setForEveryone(situation: MailSituation): void {
    this.#ofEveryone = situation;
  }

  of(address: string): MailSituation {
    return { ...this.#ofEveryone, ...this.#ofAccount.get(address.toLowerCase()) };
  }

  /**
   * Refuses a recipient at RCPT TO, until `acceptRecipient`.
   *
   * @param reply Default: as Exchange refuses an address that its organisation does not know
   */
  refuseRecipient(address: string, reply: SmtpReply = RECIPIENT_REJECTED): void {
    this.#refusedRecipients.set(address.toLowerCase(), reply);
  }

  acceptRecipient(address: string): void {
    this.#refusedRecipients.delete(address.toLowerCase());
  }

  /** The reply that refuses the recipient; `undefined` = none. */
  refusalOf(address: string): SmtpReply | undefined {
    return this.#refusedRecipients.get(address.toLowerCase());
  }
}
