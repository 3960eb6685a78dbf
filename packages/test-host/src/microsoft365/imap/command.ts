import type { Arguments } from './arguments.js';
import type { ImapSession } from './imap-session.js';

/** When a command is allowed, RFC 9051 section 3. */
export type SessionState = 'not-signed-in' | 'signed-in' | 'selected';

/** The tagged reply that ends a command. */
export interface Completion {
  readonly status: 'OK' | 'NO' | 'BAD';
  readonly text: string;
}

/** One command of the server. */
export interface ImapCommand {
  /** Upper case, e.g. `UID FETCH`. */
  readonly name: string;
  /** `any`: in each. `signed-in` includes `selected`. */
  readonly allowed: SessionState | 'any';
  /** Message numbers must not change while it runs (RFC 9051 section 7.5.1). */
  readonly keepsNumbers?: boolean;
  /** Throws `BadCommandError` for wrong arguments. */
  readonly run: (session: ImapSession, args: Arguments) => Promise<Completion> | Completion;
}

export function completed(name: string): Completion {
  return { status: 'OK', text: `${name} completed.` };
}

export function no(text: string): Completion {
  return { status: 'NO', text };
}

export function bad(text: string): Completion {
  return { status: 'BAD', text };
}

/** Exchange's words for wrong arguments. https://github.com/imapsync/imapsync/issues/239 */
export const argumentError = bad('Command Argument Error. 11');
/** https://github.com/nextcloud/mail/issues/6038 */
export const commandError = bad('Command Error. 12');
/** https://github.com/MicrosoftDocs/office-developer-exchange-docs/issues/87 */
export const invalidState = bad('Command received in Invalid state.');
/** https://github.com/simonrob/email-oauth2-proxy/issues/275 */
export const notConnected = bad('User is authenticated but not connected.');
/** https://github.com/lefcha/imapfilter/issues/146 */
export const serverUnavailable = no('Server Unavailable. 15');
