/** A reply of the submission server. */
export interface SmtpReply {
  /** Reply code, RFC 5321 section 4.2. */
  readonly code: number;
  /** Begins with the enhanced status code, RFC 3463. */
  readonly text: string;
}

/** What the server calls itself in replies and in Received. */
export const SERVER_NAME = 'EXACTTESTHOST.loopback.example';

const refusal = (code: number, text: string): SmtpReply => ({ code, text });
const hostname = `[Hostname=${SERVER_NAME}]`;

/** Refusals in Exchange Online's words, each with where they were read. */
export const smtpRefusals = {
  /** The user name isn't the token's, an alias or a shared mailbox among them. https://github.com/jstedfast/MailKit/issues/1770 */
  authentication: refusal(535, `5.7.3 Authentication unsuccessful [${SERVER_NAME}]`),
  /** https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835 */
  basic: refusal(535, `5.7.139 Authentication unsuccessful, basic authentication is disabled. [${SERVER_NAME}]`),
  /** https://github.com/simonrob/email-oauth2-proxy/issues/193 */
  offForTenant: refusal(
    535,
    `5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [${SERVER_NAME}]`,
  ),
  /** https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission */
  offForMailbox: refusal(
    535,
    `5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information. [${SERVER_NAME}]`,
  ),
  /** https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off */
  sendAs: refusal(550, '5.7.60 SMTP; Client does not have permissions to send as this sender'),
  /** https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements */
  tooManyConnections: refusal(
    432,
    `4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. ${hostname}`,
  ),
  /** Same page. */
  recipientQuota: refusal(
    554,
    "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to a permanent exception with message The message can't be submitted because the sender's submission quota was exceeded.",
  ),
  /** Same page: the Sent Items copy can't be stored. */
  mailboxFull: refusal(
    554,
    '5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException; Failed to process message due to a permanent exception with message The message store has reached its maximum size.',
  ),
  /** https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online */
  tooManyRecipients: refusal(452, '4.5.3 Too many recipients'),
  /** Same page. */
  tooLarge: refusal(552, '5.3.4 Message size exceeds fixed maximum message size'),
  /** RFC 5321 section 4.1.1.3. */
  invalidRecipient: refusal(501, '5.1.3 Invalid address'),
} as const;

/** The text that Exchange gives with 250 at the end of DATA. */
export function acceptedText(messageId: string): string {
  return `2.0.0 OK ${messageId} ${hostname}`;
}
