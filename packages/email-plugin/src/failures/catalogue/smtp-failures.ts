import { SEND_SUPPORT_FILE, type CatalogueRow } from './catalogue-row.js';

/** Exchange Online over SMTP (enhanced status codes, RFC 3463), in the order in which they are looked through. */
export const smtpFailures: readonly CatalogueRow[] = [
  {
    code: '535 5.7.139 tenant',
    pattern: '5\\.7\\.139[\\s\\S]*SmtpClientAuth\\w* is disabled for the Tenant',
    sentence: 'Microsoft lets no program send email for the practice’s organisation.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Receiving goes on. Ask your IT support to allow Authenticated SMTP for this mailbox: Microsoft 365 admin centre > Users > Active users > the mailbox > Mail > Manage email apps > Authenticated SMTP.',
    source:
      'https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
  },
  {
    code: '535 5.7.139 mailbox',
    pattern: '5\\.7\\.139[\\s\\S]*SmtpClientAuth\\w* is disabled for the Mailbox',
    sentence: 'Microsoft lets no program send email from this mailbox.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Receiving goes on. Ask your IT support to tick Authenticated SMTP: Microsoft 365 admin centre > Users > Active users > the mailbox > Mail > Manage email apps > Authenticated SMTP. It can take an hour to work.',
    source:
      'https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
  },
  {
    code: '535 5.7.139 basic',
    pattern: '5\\.7\\.139[\\s\\S]*basic authentication is disabled',
    sentence: 'Microsoft no longer accepts a password for sending.',
    fixedBy: 'vendor',
    retry: 'after-sign-in',
    advice:
      'Set email up anew with Configure > Email and SMS Setup and press Authenticate. If it comes back, tell EXACT support.',
    source:
      'https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835',
  },
  {
    code: '535 5.7.139 security defaults',
    pattern: '5\\.7\\.139[\\s\\S]*security defaults policy',
    sentence: 'Microsoft’s basic protection stops sending.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to review it for this mailbox: Microsoft Entra admin centre > Overview > Properties > Security defaults.',
    source: 'https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults',
  },
  {
    code: '535 5.7.139 criteria',
    pattern: '5\\.7\\.139[\\s\\S]*did not meet the criteria',
    sentence: 'The practice’s security rules stop sending from here.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to look up which rule it was: Microsoft Entra admin centre > Monitoring & health > Sign-in logs.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.139 credentials',
    pattern: '5\\.7\\.139[\\s\\S]*user credentials were incorrect',
    sentence: 'Microsoft did not accept the sign-in for sending.',
    fixedBy: 'user',
    retry: 'after-sign-in',
    advice: 'Sign in again with the account of the practice’s mailbox.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.139 federated',
    pattern: '5\\.7\\.139[\\s\\S]*federated STS',
    sentence: 'The practice’s own sign-in server did not answer.',
    fixedBy: 'admin',
    retry: 'backoff',
    advice: 'It may pass by itself. If it lasts, tell your IT support: the federation server (STS) is not reachable.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.139',
    pattern: '5\\.7\\.139',
    sentence: 'Microsoft does not allow this account to send.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to check Authenticated SMTP: Microsoft 365 admin centre > Users > Active users > the mailbox > Mail > Manage email apps > Authenticated SMTP.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '535 5.7.3',
    pattern: '535[ -]5\\.7\\.3\\b',
    sentence: 'Microsoft did not accept the sign-in for sending.',
    fixedBy: 'user',
    retry: 'after-sign-in',
    advice:
      'Sign in with the mailbox’s main address, not with another name of it. If it stays, ask your IT support to check Authenticated SMTP: Microsoft 365 admin centre > Users > Active users > the mailbox > Mail > Manage email apps.',
    source:
      'https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth',
  },
  {
    code: '530 5.7.57',
    pattern: '530[ -]5\\.7\\.57|5\\.7\\.57\\b',
    sentence: 'The sign-in got lost on the way to Microsoft.',
    fixedBy: 'vendor',
    retry: 'never',
    advice: `A security product in between may have removed it: ask your IT support. ${SEND_SUPPORT_FILE}`,
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '530 5.7.0 STARTTLS',
    pattern: '530[ -]5\\.7\\.0.*STARTTLS|Must issue a STARTTLS',
    sentence: 'Something between EXACT and Microsoft prevents a secure connection.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to let smtp.office365.com port 587 (STARTTLS) through unchanged.',
    source: 'https://www.rfc-editor.org/rfc/rfc3207',
  },
  {
    code: '421 4.7.66 TLS',
    pattern: '4\\.7\\.66|TLS 1\\.0 and 1\\.1 are not supported',
    sentence: 'This computer’s encryption is too old for Microsoft.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to update Windows or to switch TLS 1.2 on.',
    source:
      'https://www.cubesys.com.au/exchange-online-new-endpoint-for-smtp-auth-clients-still-using-tls-1-0-or-tls-1-1-act-before-2022/',
  },
  {
    code: '550 5.7.60',
    pattern: '5\\.7\\.60\\b',
    sentence: 'The account that signed in may not send from this address.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to give it the right: Microsoft 365 admin centre > Teams & groups > Shared mailboxes > the mailbox > Send as permissions. Or sign in with the account of the address.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '554 5.2.252',
    pattern: '5\\.2\\.252\\b',
    sentence: 'The account that signed in may not send from this address.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to give it the right: Microsoft 365 admin centre > Teams & groups > Shared mailboxes > the mailbox > Send as permissions. Or sign in with the account of the address.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '554 5.2.0 SendAsDenied',
    pattern: 'SendAsDenied',
    sentence: 'The account that signed in may not send from this address.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to give it the right: Microsoft 365 admin centre > Teams & groups > Shared mailboxes > the mailbox > Send as permissions. Or sign in with the account of the address.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '554 5.2.0 SubmissionQuotaExceeded',
    pattern: 'SubmissionQuotaExceeded',
    sentence: 'This mailbox has sent as much as Microsoft allows in a day.',
    fixedBy: 'user',
    retry: 'backoff',
    advice: 'The rest waits until tomorrow. Use Campaign+ for email to many patients.',
    source: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
  },
  {
    code: '554 5.2.2 mailbox full',
    pattern: '554[ -]5\\.2\\.2\\b',
    sentence: 'The practice’s own mailbox is full, so that Microsoft can’t keep the sent email.',
    fixedBy: 'user',
    retry: 'never',
    advice:
      'Delete or archive old email in Outlook. Then press “Reset failed messages” in the Outbox for what did not leave.',
    source: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
  },
  {
    code: '432 4.3.2',
    pattern:
      'Concurrent connections limit exceeded|sender thread limit exceeded|432[ -]4\\.3\\.2(?![\\s\\S]*recipient thread)',
    sentence: 'Several programs send from this mailbox at the same moment.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
  },
  {
    code: '432 4.3.2 recipient',
    pattern: 'recipient thread limit exceeded',
    sentence: 'The recipient’s mailbox gets too much email at the moment.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '421 4.3.2',
    pattern: '421[ -]4\\.3\\.2',
    sentence: 'Microsoft’s mail service is busy for a moment.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source: 'https://github.com/jstedfast/MailKit/issues/1106',
  },
  {
    code: '421 4.4.2',
    pattern: '421[ -]4\\.4\\.[12]',
    sentence: 'Microsoft closed a connection that was open for long.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself, and no email is sent twice.',
    source: 'https://github.com/haraka/Haraka/issues/2321',
  },
  {
    code: '421 4.7.0',
    pattern: '421[ -]4\\.7\\.\\d',
    sentence: 'Microsoft takes no new connections for a while.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '451 4.7.500-699',
    pattern: '4\\.7\\.[56]\\d\\d\\b',
    sentence: 'Microsoft slows the practice’s internet connection down for a while.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source:
      'https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-451-4-7-500-699-asxxx-in-exchange-online',
  },
  {
    code: '451 4.7.0',
    pattern: '451[ -]4\\.7\\.0',
    sentence: 'Microsoft’s mail service has a passing fault.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: '4.3.111',
    pattern: '4\\.3\\.111',
    sentence: 'Microsoft’s mail service has a passing fault.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source: 'https://github.com/datalust/seq-app-htmlemail/issues/101',
  },
  {
    code: '452 4.5.3',
    pattern: '452[ -]4\\.5\\.3|(?<!\\d)5\\.5\\.3\\b',
    sentence: 'This email has too many recipients.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Send it to fewer people at a time, or use Campaign+.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '452 4.3.1',
    pattern: '452[ -]4\\.3\\.1|4\\.3\\.1\\b',
    sentence: 'Microsoft’s mail service is short of space for a moment.',
    fixedBy: 'microsoft',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '550 5.1.10',
    pattern: '5\\.1\\.10\\b',
    sentence: 'This email address does not exist.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Check the spelling with the recipient, correct the address and send the email again.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.1.1',
    pattern: '5\\.1\\.1\\b',
    sentence: 'The recipient’s email provider does not know this address.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Check the spelling with the recipient, correct the address and send the email again.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.1.0',
    pattern: '5\\.1\\.0\\b',
    sentence: 'Microsoft does not accept the address of the recipient or of the sender.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Type the address again by hand and send a new email.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '501 5.1.3',
    pattern: '5\\.1\\.3\\b|501[ -]5\\.1\\.[37]',
    sentence: 'The email address is not written correctly.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Correct the address and send the email again.',
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '5.6.7 international address',
    pattern: '5\\.6\\.[79]\\b',
    sentence:
      'An accent or a letter of another script stands before the @ of this address, and its mail does not take that.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Ask the recipient for another address, with plain letters before the @.',
    source: 'https://www.rfc-editor.org/rfc/rfc6531#section-3.5',
  },
  {
    code: '550 5.1.8',
    pattern: '5\\.1\\.8(?!\\d)',
    sentence: 'Microsoft has blocked this mailbox because somebody may misuse it.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Change its password and ask your IT support to take the block away: Microsoft Defender portal > Email & collaboration > Review > Restricted entities.',
    source: 'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-code-550-5-1-8',
  },
  {
    code: '550 5.1.90',
    pattern: '5\\.1\\.90\\b',
    sentence: 'This mailbox has sent as much as Microsoft allows in a day.',
    fixedBy: 'user',
    retry: 'backoff',
    advice: 'The rest waits until tomorrow. Use Campaign+ for email to many patients.',
    source: 'https://learn.microsoft.com/alchemyinsights/5-1-90-your-message-cant-be-sent-daily-limit',
  },
  {
    code: '550 5.2.3 / 552 5.3.4',
    pattern: '5\\.2\\.3\\b|5\\.3\\.4\\b',
    sentence: 'The email is too large.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Send fewer or smaller attachments, or share them in another way.',
    source:
      'https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits',
  },
  {
    code: '5.2.2 submission quota',
    pattern: '5\\.2\\.2\\b[\\s\\S]*submission quota',
    sentence: 'This mailbox has sent as much as Microsoft allows.',
    fixedBy: 'user',
    retry: 'backoff',
    advice: 'The rest waits. Use Campaign+ for email to many patients.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.2.2',
    pattern: '5\\.2\\.2\\b',
    sentence: 'The recipient’s mailbox is full.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Tell the recipient by telephone or text message.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.2.1',
    pattern: '5\\.2\\.1\\b',
    sentence: 'The recipient’s mailbox is switched off.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Ask the recipient for another address.',
    source: 'https://www.rfc-editor.org/rfc/rfc3463',
  },
  {
    code: '550 5.2.121',
    pattern: '5\\.2\\.12[12]\\b',
    sentence: 'The recipient’s mailbox gets too much email at the moment.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.4.1',
    pattern: '5\\.4\\.1\\b',
    sentence: 'The recipient’s email provider does not accept this address.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Check the spelling with the recipient, correct the address and send the email again.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.4.310/312/316',
    pattern: '5\\.4\\.3\\d\\d\\b',
    sentence: 'The part of the address after the @ can’t be reached.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Check the spelling (for example gmial.com), correct the address and send the email again.',
    source:
      'https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-5-4-6-through-5-4-20-in-exchange-online',
  },
  {
    code: '5.4.6/5.4.14 loop',
    pattern: '5\\.4\\.(6|14)\\b|hop count exceeded',
    sentence: 'The email went round in circles.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to check the forwarding rules: Exchange admin centre > Mail flow > Rules.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '5.4.7 / 4.4.7 expired',
    pattern: '[45]\\.4\\.7\\b|Message expired',
    sentence: 'The recipient’s email provider did not take the email in time.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Check the address, or tell the recipient in another way.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.5.0',
    pattern: '550[ -]5\\.5\\.0\\b',
    sentence: 'This email address does not exist.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Check the spelling with the recipient, correct the address and send the email again.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
  {
    code: '5.6.11 bare LF',
    pattern: '5\\.6\\.11\\b|bare linefeed',
    sentence: 'The email contains characters that the other side forbids.',
    fixedBy: 'vendor',
    retry: 'never',
    advice: SEND_SUPPORT_FILE,
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.1',
    pattern: '550[ -]5\\.7\\.1\\b',
    sentence: 'A rule refused the email.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Try without attachments and links. If it is refused again, ask your IT support to look at it: Exchange admin centre > Mail flow > Message trace.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.23',
    pattern: '5\\.7\\.23\\b',
    sentence: 'The other side could not check that the email is really from the practice.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to correct the SPF record of the practice’s domain.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.509',
    pattern: '5\\.7\\.509\\b|5\\.7\\.26\\b|does not pass DMARC',
    sentence: 'The other side could not check that the email is really from the practice.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to correct SPF, DKIM and DMARC of the practice’s domain.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.30',
    pattern: '5\\.7\\.30\\b|Basic authentication is not supported for Client Submission',
    sentence: 'Microsoft no longer accepts a password for sending.',
    fixedBy: 'vendor',
    retry: 'after-sign-in',
    advice:
      'Set email up anew with Configure > Email and SMS Setup and press Authenticate. If it comes back, tell EXACT support.',
    source: 'https://www.captaindns.com/en/blog/microsoft-exchange-basic-auth-smtp-end',
  },
  {
    code: '550 5.7.12/124/133-136',
    pattern: '5\\.7\\.(12|124|13[3-6])\\b',
    sentence: 'This address takes email from its own organisation only.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Ask the recipient for another address.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.511',
    pattern: '5\\.7\\.511\\b',
    sentence: 'Microsoft has banned email from here after an investigation.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to write to delist@microsoft.com, with the text under Details.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.501-503 banned',
    pattern: '5\\.7\\.50[123]\\b',
    sentence: 'Microsoft has stopped this mailbox because what it sent looked like advertising.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Stop mass email, change the password and ask your IT support to contact Microsoft: Microsoft 365 admin centre > Support > New service request.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.505',
    pattern: '5\\.7\\.505\\b',
    sentence: 'Microsoft does not deliver to this address.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Ask the recipient for another address.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.507/513',
    pattern: '5\\.7\\.5(07|13)\\b',
    sentence: 'The recipient’s organisation does not take email from the practice.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Tell the recipient in another way.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.520',
    pattern: '5\\.7\\.520\\b',
    sentence: 'The organisation does not allow email to be forwarded to outside.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support whether it is needed: Microsoft Defender portal > Policies & rules > Threat policies > Anti-spam > outbound policy.',
    source: 'https://learn.microsoft.com/microsoft-365/security/office-365-security/external-email-forwarding',
  },
  {
    code: '550 5.7.504',
    pattern: '5\\.7\\.504\\b',
    sentence: 'Microsoft does not deliver to this address.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Ask the recipient for another address.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.512',
    pattern: '5\\.7\\.512\\b',
    sentence: 'The line with the sender is missing or wrong.',
    fixedBy: 'vendor',
    retry: 'never',
    advice:
      'Check the practice’s name and address under Configure > Email and SMS Setup. If they are right, send EXACT support the support file: Email service > Support file.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.606-649',
    pattern: '5\\.7\\.6(0[6-9]|[1-4]\\d)\\b',
    sentence: 'The practice’s internet connection is on a list of blocked ones.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to have its IP address taken off: sender.office.com.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '550 5.7.708',
    pattern: '5\\.7\\.708\\b',
    sentence: 'Microsoft does not take email from this internet connection.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to contact Microsoft: Microsoft 365 admin centre > Support > New service request. It often is a new or trial subscription.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.705',
    pattern: '5\\.7\\.705\\b',
    sentence: 'The practice’s organisation has sent more than Microsoft allows.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'An account may be misused: ask your IT support at once to look at it: Microsoft Defender portal > Email & collaboration > Review > Restricted entities.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.750',
    pattern: '5\\.7\\.750\\b',
    sentence: 'Microsoft does not know the part of the practice’s address after the @.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to add it: Microsoft 365 admin centre > Settings > Domains.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.703',
    pattern: '5\\.7\\.703\\b',
    sentence: 'The practice’s own organisation blocks this recipient.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to take the address off the list: Microsoft Defender portal > Policies & rules > Threat policies > Tenant Allow/Block Lists.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.700-749',
    pattern: '5\\.7\\.7[0-4]\\d\\b',
    sentence: 'Microsoft limits what the practice’s organisation may send.',
    fixedBy: 'admin',
    retry: 'never',
    advice: 'Ask your IT support to contact Microsoft: Microsoft 365 admin centre > Support > New service request.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-codes-550-5-7-703-550-5-7-705-550-5-7-708-550-5-7-750',
  },
  {
    code: '550 5.7.232/233',
    pattern: '5\\.7\\.23[23]\\b',
    sentence: 'The practice’s organisation has written to as many outside recipients as Microsoft allows in a day.',
    fixedBy: 'admin',
    retry: 'backoff',
    advice:
      'The rest waits until tomorrow. Use Campaign+ for email to many patients, and ask your IT support whether the licences suffice.',
    source: 'https://support.knowbe4.com/hc/en-us/articles/40027061481363',
  },
  {
    code: '550 5.7.236',
    pattern: '5\\.7\\.236\\b',
    sentence: 'The practice’s address ends in onmicrosoft.com, from which Microsoft lets little email go.',
    fixedBy: 'admin',
    retry: 'backoff',
    advice:
      'Ask your IT support to set an address of the practice’s own domain as the main one: Microsoft 365 admin centre > Users > Active users > the mailbox > Manage username and email.',
    source: 'https://dmarcwise.io/blog/onmicrosoft-sending-limits',
  },
  {
    code: '5.0.350',
    pattern: '5\\.0\\.350\\b',
    sentence: 'The other side refused the email without saying clearly why.',
    fixedBy: 'user',
    retry: 'never',
    advice:
      'Try without attachments. If it is refused again, send EXACT support the support file: Email service > Support file.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    code: '503 bad sequence',
    pattern: '\\b503[ -]5\\.5\\.[12]',
    sentence: 'EXACT and Microsoft got out of step.',
    fixedBy: 'vendor',
    retry: 'never',
    advice: SEND_SUPPORT_FILE,
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
  {
    code: '504 5.7.4',
    pattern: '504[ -]5\\.7\\.4',
    sentence: 'Microsoft did not offer the way in which EXACT signs in for sending.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to switch Authenticated SMTP on (Microsoft 365 admin centre > Users > Active users > the mailbox > Mail > Manage email apps) and to let smtp.office365.com port 587 through unchanged.',
    source:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
  },
  {
    code: 'generic 4xx',
    pattern: '^\\s*4\\d\\d[ -]',
    sentence: 'Microsoft asks to try again later.',
    fixedBy: 'nobody',
    retry: 'backoff',
    advice: 'Nothing to do: it passes by itself.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
  {
    code: 'generic 5xx',
    pattern: '^\\s*5\\d\\d[ -]',
    sentence: 'The email was refused.',
    fixedBy: 'user',
    retry: 'never',
    advice:
      'Check the recipient’s address and the attachments, then send it again. If it is refused again, send EXACT support the support file: Email service > Support file.',
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
];
