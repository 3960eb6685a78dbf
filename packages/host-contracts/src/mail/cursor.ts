import type { AccountKey } from './account.js';

/**
 * How far an account's mailbox has been received: what the practice calls the mailbox counter. All messages of this
 * UIDVALIDITY up to `lastUid` are in the store or set aside (RFC 9051 section 2.3.1).
 */
export interface Cursor {
  readonly account: AccountKey;
  /** IMAP mailbox name; `INBOX`. */
  readonly mailbox: string;
  /** 1 … 4,294,967,295. */
  readonly uidValidity: number;
  /** 0 … 4,294,967,295; 0 = nothing yet. */
  readonly lastUid: number;
}

/** Whether two cursors, or the want of them, are the same. */
export function isSameCursor(a: Cursor | undefined, b: Cursor | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.account === b.account && a.mailbox === b.mailbox && a.uidValidity === b.uidValidity && a.lastUid === b.lastUid
  );
}
