import { fieldOf, mediaTypeOf, type HeaderFields } from '../mime-header.js';

/** Under which names mail systems write: MAILER-DAEMON, postmaster, and Exchange's own. */
const MAIL_SYSTEM =
  /\b(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|postmaster|maildelivery|microsoftexchange[0-9a-f]{32})@/i;

/** Whether the header says that a mail system wrote it, or a program with a report in its hands. */
export function mayBeFromMailSystem(header: HeaderFields): boolean {
  return mediaTypeOf(header) === 'multipart/report' || isFromMailSystem(header);
}

/** Whether a mail system wrote it: what it says in words counts for nothing from anybody else. */
export function isFromMailSystem(header: HeaderFields): boolean {
  const from = fieldOf(header, 'from') ?? '';
  return (
    fieldOf(header, 'x-failed-recipients') !== undefined ||
    fieldOf(header, 'x-ms-exchange-message-is-ndr') !== undefined ||
    isMailSystemAddress(from) ||
    // Some leave out the @ and what follows.
    /^\s*mailer-daemon\b/i.test(from)
  );
}

/** Whether an address is one under which mail systems write. */
export function isMailSystemAddress(address: string): boolean {
  return MAIL_SYSTEM.test(address);
}
