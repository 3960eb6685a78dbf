import type { Address } from './account.js';
import type { DeliveryReport } from './delivery-report.js';

/**
 * What makes two downloads the same message: a digest (SHA-256, 64 lower-case hex digits) of what the author wrote, never
 * the UID. Defined in one place of the plugin.
 */
export type MessageIdentity = string;

/** An attachment as far as the index knows it; its bytes are in the raw message. */
export interface AttachmentIndex {
  /** File name without any path or direction marks, 200 characters at most; empty when it has none. */
  readonly name: string;
  /** 100 characters at most. */
  readonly contentType: string;
  /** Bytes after decoding. */
  readonly size: number;
  /** Content-ID without brackets, for pictures inside HTML. */
  readonly contentId?: string;
  /** Position among the attachments of the raw message, from 0: how a host finds its bytes again. */
  readonly position: number;
}

/**
 * What kind of program wrote a message, when no person did:
 * - `delivery-report`: a mail system tells what became of an email (RFC 3464);
 * - `reply`: answers whatever comes, e.g. that somebody is out of office (RFC 3834);
 * - `receipt`: tells that an email was read (RFC 8098);
 * - `list`: a mailing list or newsletter (RFC 2919, RFC 2369);
 * - `notice`: anything else that a program sends.
 */
export type AutomaticKind = 'delivery-report' | 'reply' | 'receipt' | 'list' | 'notice';

/**
 * What is parsed out of the raw message. It can be rebuilt from it and goes as far as the message can be read. Whatever the
 * message holds, any store can keep it: its texts are well-formed Unicode without NUL, all but `text` and `html` single lines
 * without control characters, and all of it but these two and `deliveryReport` is at most 128 Ki characters of JSON.
 */
export interface MessageIndex extends MessageSummary {
  /** The first 1,048,576 characters. */
  readonly text?: string;
  /** As it came: never to be shown uncleaned. The first 1,048,576 characters. */
  readonly html?: string;
}

/** The index without the texts that a message is shown as. */
export interface MessageSummary {
  /** Message-ID with its angle brackets, as written; the first 998 characters. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  /** The newest 100 at most. */
  readonly references: readonly string[];
  /** Empty when there is none; the first 1,000 characters. */
  readonly subject: string;
  readonly from?: Address;
  readonly replyTo?: Address;
  /** The first 100 at most, names of 200 and addresses of 320 characters; then `problems` says that there are more. */
  readonly to: readonly Address[];
  /** Likewise. */
  readonly cc: readonly Address[];
  /** The author's Date as epoch ms, when it is one of the years 1970 to 9999. */
  readonly date?: number;
  /** The first words of the text, one line, 200 characters at most. */
  readonly preview: string;
  /** The first 200 at most; then `problems` says that there are more. */
  readonly attachments: readonly AttachmentIndex[];
  /** Set when a program wrote it, so that nobody waits for an answer; as far as its header tells. */
  readonly automatic?: AutomaticKind;
  /** What a `delivery-report` says, when it can be read. */
  readonly deliveryReport?: DeliveryReport;
  /** What could not be read, in plain words for support; empty when all is well. */
  readonly problems: readonly string[];
}
