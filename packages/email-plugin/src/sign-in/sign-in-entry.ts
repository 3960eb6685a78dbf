import type { AuditEntry } from '@exact/host-contracts';

/** For the record of changes: somebody signed in at Microsoft for the practice's mailbox, be it as the same account. */
export function signInEntry(before: string | undefined, after: string): AuditEntry {
  return { subject: 'email.sign-in', title: 'Signed in at Microsoft as', before: before ?? null, after };
}
