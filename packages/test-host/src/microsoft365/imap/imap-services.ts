import type { Cast } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import type { InspectAccessToken } from '../access-tokens.js';
import type { MailSituations } from '../mail-situations.js';
import type { Mailboxes } from '../mailboxes/mailboxes.js';
import type { ParsedCommand } from './command-parser.js';
import type { RawCommand } from './command-reader.js';
import type { ImapSession } from './imap-session.js';

/** What a session works with. */
export interface ImapServices {
  readonly cast: Cast;
  readonly clock: Microsoft365Clock;
  readonly mailboxes: Mailboxes;
  readonly situations: MailSituations;
  readonly inspectAccessToken: InspectAccessToken;
  /** The server's name as Exchange greets with it: base64 of UTF-16. */
  readonly banner: string;
  record(session: ImapSession, parsed: ParsedCommand, raw: RawCommand): void;
}
