import type { Contract, MailServer, RecipientOutcome, Failure } from '@exact/host-contracts';
import type { AccessTokens } from '../sign-in/sign-in.js';

/** Whom to submit as. */
export interface SubmissionRequest {
  readonly server: MailServer;
  /** SASL user name: the person's sign-in name, for a shared mailbox too. */
  readonly user: string;
  readonly tokens: AccessTokens;
  readonly signal: AbortSignal;
}

/** One email to hand over. */
export interface Envelope {
  /** MAIL FROM: the practice's address. */
  readonly from: string;
  /** RCPT TO, one or more. */
  readonly recipients: readonly string[];
  /** The exact bytes, CRLF line ends. */
  readonly raw: Uint8Array;
}

/** What the server said. */
export type SubmitOutcome =
  /** The message was taken for at least one; refused recipients carry why. */
  | { readonly kind: 'accepted'; readonly recipients: readonly RecipientOutcome[] }
  /**
   * Nothing was taken, and the server said so. `failure.retry` says whether later can help; `status` is the reply's
   * enhanced status code (RFC 3463), e.g. `5.7.60`, or empty.
   */
  | {
      readonly kind: 'refused';
      readonly failure: Failure;
      readonly status: string;
      readonly recipients: readonly RecipientOutcome[];
    }
  /** The connection failed before the end of DATA: nothing was taken, a repeat is safe. */
  | { readonly kind: 'not-sent'; readonly failure: Failure }
  /**
   * The connection failed after the end of DATA: nobody knows (RFC 5321 section 4.5.3.2.6). Recipients that were refused
   * before carry why, the others are `pending`.
   */
  | { readonly kind: 'uncertain'; readonly failure: Failure; readonly recipients: readonly RecipientOutcome[] };

/** A kept connection for message submission (RFC 6409), one email at a time. */
export interface Submission extends AsyncDisposable {
  /** What was negotiated, e.g. `TLS 1.3`. */
  readonly encryption: string;
  /** Never rejects: each way it can end is an outcome. */
  submit(envelope: Envelope): Promise<SubmitOutcome>;
}

/** Opens submissions. */
export interface SubmissionConnector {
  /** STARTTLS, then XOAUTH2; a refused access token is renewed once. Throws a `FailureError` as `MailboxConnector.open` does. */
  connect(request: SubmissionRequest): Promise<Submission>;
}

export const SubmissionConnector = Symbol.for(
  'exact.email-plugin.SubmissionConnector',
) as Contract<SubmissionConnector>;
