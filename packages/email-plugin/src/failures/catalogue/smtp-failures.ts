import type { CatalogueRow } from './catalogue-row.js';

/** Exchange Online over SMTP (enhanced status codes, RFC 3463), in the order in which they are looked through. */
export const smtpFailures: readonly CatalogueRow[] = [
  {
    code: '535 5.7.139 tenant',
    pattern: '5\\.7\\.139[\\s\\S]*SmtpClientAuth\\w* is disabled for the Tenant',
    sentence: 'Sending by this method is switched off for the whole organisation.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Collecting works but Microsoft does not let any program of your organisation send. Ask IT support to allow Authenticated SMTP for this mailbox (Microsoft 365 admin centre > Users > Active users > the mailbox > Mail > Manage email apps).',
    source:
      'https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
  },
  {
    code: '535 5.7.139 mailbox',
    pattern: '5\\.7\\.139[\\s\\S]*SmtpClientAuth\\w* is disabled for the Mailbox',
    sentence: 'Sending by this method is switched off for this mailbox.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "Ask IT support to tick 'Authenticated SMTP' for this mailbox (admin centre > Active users > Mail > Manage email apps); it can take some time to work.",
    source:
      'https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
  },
  {
    code: '535 5.7.139 basic',
    pattern: '5\\.7\\.139[\\s\\S]*basic authentication is disabled',
    sentence: 'Passwords are no longer accepted for sending.',
    fixedBy: 'vendor',
    retry: 'after-sign-in',
    advice: 'Password sending has ended. Use Authenticate to sign in the modern way.',
    source:
      'https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835',
  },
  {
    code: '535 5.7.139 security defaults',
    pattern: '5\\.7\\.139[\\s\\S]*security defaults policy',
    sentence: "Blocked by Microsoft's basic protection.",
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "Your organisation's basic protection (security defaults) blocks this. Ask IT support to review it for this mailbox.",
    source: 'https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults',
  },
  {
    code: '535 5.7.139 criteria',
    pattern: '5\\.7\\.139[\\s\\S]*did not meet the criteria',
    sentence: 'A security rule refused the sign-in for sending.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'A security rule stops sending from here. Forward this message to IT support: the sign-in log names the rule.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.139 credentials',
    pattern: '5\\.7\\.139[\\s\\S]*user credentials were incorrect',
    sentence: 'Sign-in details were refused.',
    fixedBy: 'user',
    retry: 'after-sign-in',
    advice: 'Press Re-authenticate with the account that owns this mailbox.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.139 federated',
    pattern: '5\\.7\\.139[\\s\\S]*federated STS',
    sentence: "Your organisation's own sign-in server did not answer.",
    fixedBy: 'admin',
    retry: 'backoff',
    advice: "Your organisation's own sign-in server is not reachable. Tell IT support.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.139',
    pattern: '5\\.7\\.139',
    sentence: 'Microsoft refused the sign-in for sending.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Microsoft does not allow this account to send. Forward this message to IT support.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.3',
    pattern: '535[ -]5\\.7\\.3\\b',
    sentence: 'The pass was not accepted for sending.',
    fixedBy: 'user',
    retry: 'after-sign-in',
    advice:
      "Collecting may work while sending does not. Sign in with the mailbox's main address, not an alias; if it stays, ask IT support whether Authenticated SMTP is on.",
    source:
      'https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth',
  },
  {
    code: '530 5.7.57',
    pattern: '530[ -]5\\.7\\.57|5\\.7\\.57\\b',
    sentence: 'Mail was offered before signing in.',
    fixedBy: 'vendor',
    retry: 'never',
    advice:
      'This is a fault in the software, or a device in between removed the sign-in. Send the support bundle to the helpdesk.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '530 5.7.0 STARTTLS',
    pattern: '530[ -]5\\.7\\.0.*STARTTLS|Must issue a STARTTLS',
    sentence: 'Encryption was not started.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'A security product on your network disturbs encryption. Ask IT support to let smtp.office365.com port 587 through unchanged.',
    source: 'https://www.rfc-editor.org/rfc/rfc3207',
  },
  {
    code: '421 4.7.66 TLS',
    pattern: '4\\.7\\.66|TLS 1\\.0 and 1\\.1 are not supported',
    sentence: 'The encryption used is too old.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'This computer uses outdated encryption. Ask IT support to update Windows or enable TLS 1.2.',
    source:
      'https://www.cubesys.com.au/exchange-online-new-endpoint-for-smtp-auth-clients-still-using-tls-1-0-or-tls-1-1-act-before-2022/',
  },
  {
    code: '550 5.7.60',
    pattern: '5\\.7\\.60\\b',
    sentence: 'The account may not send in this name.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "The mailbox is not allowed to send as this address. Ask IT support for 'Send As' permission, or use the address you signed in with.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '554 5.2.252',
    pattern: '5\\.2\\.252\\b',
    sentence: 'The account may not send in this name.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "The mailbox is not allowed to send as this address. Ask IT support for 'Send As' permission, or use the address you signed in with.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '554 5.2.0 SendAsDenied',
    pattern: 'SendAsDenied',
    sentence: 'The account may not send in this name.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "The mailbox is not allowed to send as this address. Ask IT support for 'Send As' permission, or use the address you signed in with.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '554 5.2.0 SubmissionQuotaExceeded',
    pattern: 'SubmissionQuotaExceeded',
    sentence: "The day's limit of recipients is reached.",
    fixedBy: 'user',
    retry: 'backoff',
    advice:
      "This mailbox has reached Microsoft's daily sending limit. The rest waits until tomorrow; use Campaign+ for bulk email.",
    source: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
  },
  {
    code: '554 5.2.2 mailbox full',
    pattern: '554[ -]5\\.2\\.2\\b',
    sentence: 'Your own mailbox is full, so the sent copy cannot be stored.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'The practice mailbox is full. Delete or archive old mail, then send again.',
    source: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
  },
  {
    code: '432 4.3.2',
    pattern:
      'Concurrent connections limit exceeded|sender thread limit exceeded|432[ -]4\\.3\\.2(?![\\s\\S]*recipient thread)',
    sentence: 'Too many sends at the same moment.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'Several programs send from this mailbox at once. We wait and send one at a time.',
    source: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
  },
  {
    code: '432 4.3.2 recipient',
    pattern: 'recipient thread limit exceeded',
    sentence: 'The receiving mailbox gets mail too fast.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'That mailbox is busy. We try again by ourselves.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '421 4.3.2',
    pattern: '421[ -]4\\.3\\.2',
    sentence: 'The mail service is not active for a moment.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: "Microsoft's server is busy. We try again by ourselves.",
    source: 'https://github.com/jstedfast/MailKit/issues/1106',
  },
  {
    code: '421 4.4.2',
    pattern: '421[ -]4\\.4\\.[12]',
    sentence: 'The connection was idle or open too long.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'Nothing to do; we reconnect. Before sending again we check whether the email already left.',
    source: 'https://github.com/haraka/Haraka/issues/2321',
  },
  {
    code: '421 4.7.0',
    pattern: '421[ -]4\\.7\\.\\d',
    sentence: 'The server refuses new connections for a while.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Microsoft pauses this connection. We wait and try again.',
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '451 4.7.500-699',
    pattern: '4\\.7\\.[56]\\d\\d\\b',
    sentence: 'Server busy, please try later.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Microsoft slows this network down. We try later by ourselves.',
    source:
      'https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-451-4-7-500-699-asxxx-in-exchange-online',
  },
  {
    code: '451 4.7.0',
    pattern: '451[ -]4\\.7\\.0',
    sentence: 'Temporary server error.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Microsoft has a temporary problem. We try again by ourselves.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '4.3.111',
    pattern: '4\\.3\\.111',
    sentence: 'Temporary server error.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Microsoft has a temporary problem. We try again by ourselves.',
    source: 'https://github.com/datalust/seq-app-htmlemail/issues/101',
  },
  {
    code: '452 4.5.3',
    pattern: '452[ -]4\\.5\\.3|(?<!\\d)5\\.5\\.3\\b',
    sentence: 'Too many recipients in one email.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'This email has too many recipients. Send it in smaller groups or use Campaign+.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '452 4.3.1',
    pattern: '452[ -]4\\.3\\.1|4\\.3\\.1\\b',
    sentence: 'The server is short of resources.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Microsoft is short of space for a moment. We try again by ourselves.',
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '550 5.1.10',
    pattern: '5\\.1\\.10\\b',
    sentence: "The patient's address does not exist.",
    fixedBy: 'user',
    retry: 'never',
    advice: 'This email address does not exist. Check the spelling with the patient and correct it on the record.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.1.1',
    pattern: '5\\.1\\.1\\b',
    sentence: 'The address does not exist at that provider.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'This email address does not exist. Check the spelling with the patient and correct it on the record.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.1.0',
    pattern: '5\\.1\\.0\\b',
    sentence: 'The sender or the recipient address is not accepted.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Type the address again by hand and send a new email.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '501 5.1.3',
    pattern: '5\\.1\\.3\\b|501[ -]5\\.1\\.[37]',
    sentence: 'The address is not written correctly.',
    fixedBy: 'user',
    retry: 'never',
    advice: "The address is not written properly. Correct it on the patient's record.",
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '550 5.1.8',
    pattern: '5\\.1\\.8(?!\\d)',
    sentence: 'Your mailbox is blocked from sending outside.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Microsoft blocked this mailbox because unusual mail was sent - it may have been misused. Change the password and ask IT support to remove the block.',
    source: 'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-code-550-5-1-8',
  },
  {
    code: '550 5.1.90',
    pattern: '5\\.1\\.90\\b',
    sentence: "The day's limit of recipients is reached.",
    fixedBy: 'user',
    retry: 'backoff',
    advice:
      "This mailbox has reached Microsoft's daily limit. The rest waits until tomorrow; use Campaign+ for bulk email.",
    source: 'https://learn.microsoft.com/alchemyinsights/5-1-90-your-message-cant-be-sent-daily-limit',
  },
  {
    code: '550 5.2.3 / 552 5.3.4',
    pattern: '5\\.2\\.3\\b|5\\.3\\.4\\b',
    sentence: 'The email is too large.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'The attachments are too large. Send fewer or smaller files, or share them in another way.',
    source:
      'https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits',
  },
  {
    code: '5.2.2 submission quota',
    pattern: '5\\.2\\.2\\b[\\s\\S]*submission quota',
    sentence: "Your own sending limit is reached (not the patient's mailbox).",
    fixedBy: 'user',
    retry: 'backoff',
    advice: "This mailbox has reached Microsoft's sending limit. The rest waits; use Campaign+ for bulk email.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.2.2',
    pattern: '5\\.2\\.2\\b',
    sentence: "The patient's mailbox is full.",
    fixedBy: 'user',
    retry: 'never',
    advice: "The patient's mailbox is full. Contact the patient by phone or text.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.2.1',
    pattern: '5\\.2\\.1\\b',
    sentence: "The patient's mailbox does not accept mail.",
    fixedBy: 'user',
    retry: 'never',
    advice: "The patient's mailbox is switched off. Ask the patient for another address.",
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '550 5.2.121',
    pattern: '5\\.2\\.12[12]\\b',
    sentence: 'The recipient gets too much mail per hour.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'That mailbox receives too much mail at the moment. We try later.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.4.1',
    pattern: '5\\.4\\.1\\b',
    sentence: 'The other side does not accept this address.',
    fixedBy: 'user',
    retry: 'never',
    advice: "The patient's provider does not know this address. Check the spelling.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.4.310/312/316',
    pattern: '5\\.4\\.3\\d\\d\\b',
    sentence: "The patient's email domain could not be reached.",
    fixedBy: 'user',
    retry: 'never',
    advice: 'The part after @ does not seem to exist. Check the spelling (for example gmial.com).',
    source:
      'https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-5-4-6-through-5-4-20-in-exchange-online',
  },
  {
    code: '5.4.6/5.4.14 loop',
    pattern: '5\\.4\\.(6|14)\\b|hop count exceeded',
    sentence: 'The email went round in circles.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'A forwarding rule sends mail in a circle. Ask IT support to check forwarding.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '5.4.7 / 4.4.7 expired',
    pattern: '[45]\\.4\\.7\\b|Message expired',
    sentence: 'The email could not be delivered in time.',
    fixedBy: 'user',
    retry: 'never',
    advice:
      "The patient's provider did not accept the email for too long. Check the address or contact the patient another way.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.5.0',
    pattern: '550[ -]5\\.5\\.0\\b',
    sentence: 'The address does not exist (often at Hotmail/Outlook.com).',
    fixedBy: 'user',
    retry: 'never',
    advice: 'This email address does not exist. Check the spelling with the patient.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
  {
    code: '5.6.11 bare LF',
    pattern: '5\\.6\\.11\\b|bare linefeed',
    sentence: 'The email contains characters the other side forbids.',
    fixedBy: 'vendor',
    retry: 'never',
    advice: 'This is a fault in the software. Send the support bundle to the helpdesk.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.1',
    pattern: '550[ -]5\\.7\\.1\\b',
    sentence: 'The email was refused by a rule.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'The receiving side refused the email by its own rule. Try without attachments and links, or ask IT support.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.23',
    pattern: '5\\.7\\.23\\b',
    sentence: 'Sender check failed at the other side.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "The practice's domain is not set up to prove its email is genuine. Ask IT support to correct the SPF record.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.509',
    pattern: '5\\.7\\.509\\b|5\\.7\\.26\\b|does not pass DMARC',
    sentence: 'Sender check failed (DMARC).',
    fixedBy: 'admin',
    retry: 'never',
    advice: "The practice's domain failed an authenticity check. Ask IT support to correct SPF, DKIM and DMARC.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.30',
    pattern: '5\\.7\\.30\\b|Basic authentication is not supported for Client Submission',
    sentence: 'Password sending has ended for this organisation.',
    fixedBy: 'vendor',
    retry: 'after-sign-in',
    advice: 'Password sending has ended. Use Authenticate to sign in the modern way.',
    source: 'https://www.captaindns.com/en/blog/microsoft-exchange-basic-auth-smtp-end',
  },
  {
    code: '550 5.7.12/124/133-136',
    pattern: '5\\.7\\.(12|124|13[3-6])\\b',
    sentence: 'Only members of that organisation may write there.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'That address accepts mail from its own organisation only. Use another address.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.511',
    pattern: '5\\.7\\.511\\b',
    sentence: 'The sending address was banned after an investigation by Microsoft.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "Microsoft has banned sending from here. Ask IT support to forward the whole message to Microsoft's delisting team.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.501-503 banned',
    pattern: '5\\.7\\.50[123]\\b',
    sentence: 'Microsoft stopped your mailbox for spam-like sending.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Microsoft has stopped sending from this mailbox. Stop mass email, change the password and ask IT support to contact Microsoft.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.505',
    pattern: '5\\.7\\.505\\b',
    sentence: 'The recipient is not valid or is banned.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Microsoft will not deliver to that address. Ask the patient for another one.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.507/513',
    pattern: '5\\.7\\.5(07|13)\\b',
    sentence: 'The receiving organisation blocks the sender.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'The receiving organisation blocks email from you. Contact the patient another way.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.520',
    pattern: '5\\.7\\.520\\b',
    sentence: 'Automatic forwarding to outside is not allowed.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Your organisation does not allow automatic forwarding to outside. Ask IT support if the rule is needed.',
    source: 'https://learn.microsoft.com/microsoft-365/security/office-365-security/external-email-forwarding',
  },
  {
    code: '550 5.7.504',
    pattern: '5\\.7\\.504\\b',
    sentence: "The recipient's address is blocked.",
    fixedBy: 'user',
    retry: 'never',
    advice: 'Microsoft will not deliver to that address. Use another one.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.512',
    pattern: '5\\.7\\.512\\b',
    sentence: 'The sender line is missing or wrong.',
    fixedBy: 'vendor',
    retry: 'never',
    advice:
      'This is a fault in the software or in the display name. Check the practice name and address in Email Setup.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.606-649',
    pattern: '5\\.7\\.6(0[6-9]|[1-4]\\d)\\b',
    sentence: 'The network address is on a block list.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      "The practice's internet address is on a block list. Ask IT support or the internet provider to have it removed.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.708',
    pattern: '5\\.7\\.708\\b',
    sentence: 'Mail from this internet address is not accepted.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Microsoft limits sending for this organisation (often new or trial). Ask IT support to contact Microsoft support.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.705',
    pattern: '5\\.7\\.705\\b',
    sentence: 'The organisation has sent too much.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Your organisation sent more than Microsoft allows, or an account is misused. Ask IT support at once.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.750',
    pattern: '5\\.7\\.750\\b',
    sentence: 'Mail from a domain that is not registered.',
    fixedBy: 'admin',
    retry: 'never',
    advice: "The practice's domain is not registered in Microsoft 365. Ask IT support to add it.",
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.703',
    pattern: '5\\.7\\.703\\b',
    sentence: 'Your own organisation blocks this recipient.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Your organisation has this address on its block list. Ask IT support to remove it from the Tenant Allow/Block List.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.700-749',
    pattern: '5\\.7\\.7[0-4]\\d\\b',
    sentence: 'The organisation is blocked or limited by Microsoft.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Microsoft limits sending from your organisation. Ask IT support to contact Microsoft.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.232/233',
    pattern: '5\\.7\\.23[23]\\b',
    sentence: "The organisation's limit of outside recipients is reached.",
    fixedBy: 'admin',
    retry: 'backoff',
    advice:
      "Your organisation reached Microsoft's daily limit for outside recipients. The rest waits until tomorrow; use Campaign+ for bulk email.",
    source: 'https://support.knowbe4.com/hc/en-us/articles/40027061481363',
  },
  {
    code: '550 5.7.236',
    pattern: '5\\.7\\.236\\b',
    sentence: 'The address ends in onmicrosoft.com and has a small limit.',
    fixedBy: 'admin',
    retry: 'backoff',
    advice:
      "Use the practice's own domain (such as info@yourpractice.co.uk) and not the onmicrosoft.com address; ask IT support to set it as main address.",
    source: 'https://dmarcwise.io/blog/onmicrosoft-sending-limits',
  },
  {
    code: '5.0.350',
    pattern: '5\\.0\\.350\\b',
    sentence: 'Refused without a clear reason.',
    fixedBy: 'user',
    retry: 'never',
    advice:
      'The email was refused without a clear reason. Try without attachments; if it repeats, send the support bundle to the helpdesk.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '503 bad sequence',
    pattern: '\\b503[ -]5\\.5\\.[12]',
    sentence: 'Commands came in the wrong order.',
    fixedBy: 'vendor',
    retry: 'never',
    advice: 'This is a fault in the software. Send the support bundle to the helpdesk.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
  {
    code: '504 5.7.4',
    pattern: '504[ -]5\\.7\\.4',
    sentence: 'The server does not offer this sign-in method.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Sending by sign-in was not offered. Ask IT support to check that Authenticated SMTP is on for this mailbox and that smtp.office365.com port 587 is reached directly.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: 'generic 4xx',
    pattern: '^\\s*4\\d\\d[ -]',
    sentence: 'Temporary refusal.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'The server asked us to try again later. We do so by ourselves.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
  {
    code: 'generic 5xx',
    pattern: '^\\s*5\\d\\d[ -]',
    sentence: 'Permanent refusal.',
    fixedBy: 'user',
    retry: 'never',
    advice:
      "The email was refused. Check the recipient's address and the attachments, then send it again or contact the helpdesk.",
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
];
