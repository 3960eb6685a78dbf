/** `code | line` as Exchange Online sends it on submission; the source stands beside each row of the catalogue. */
export const SMTP_LINES = `
535 5.7.139 tenant | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com 2026-11-23T10:00:00.000Z 08DE29A1B2C3D4E5]
535 5.7.139 mailbox | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com 2026-11-23T10:00:00.000Z 08DE29A1B2C3D4E5]
535 5.7.139 basic | 535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
535 5.7.139 security defaults | 535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
535 5.7.139 criteria | 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
535 5.7.139 credentials | 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
535 5.7.139 federated | 535 5.7.139 Authentication unsuccessful, failed to reach the federated STS of the organization. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
535 5.7.139 | 535 5.7.139 Authentication unsuccessful, the account is not allowed to use this protocol. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
535 5.7.3 | 535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com 2026-11-23T10:00:00.000Z 08DE29A1B2C3D4E5]
530 5.7.57 | 530 5.7.57 Client not authenticated to send mail. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
530 5.7.0 STARTTLS | 530 5.7.0 Must issue a STARTTLS command first
421 4.7.66 TLS | 421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
550 5.7.60 | 550 5.7.60 SMTP; Client does not have permissions to send as this sender [AM0PR01MB0001.eurprd01.prod.exchangelabs.com]
554 5.2.252 | 554 5.2.252 SendAsDenied; reception@brightsmile.example not allowed to send as info@brightsmile.example; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied
554 5.2.0 SendAsDenied | 554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message Cannot submit message.
554 5.2.0 SubmissionQuotaExceeded | 554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to a permanent exception with message The message can't be submitted because the sender's submission quota was exceeded.
554 5.2.2 mailbox full | 554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded
432 4.3.2 | 432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
432 4.3.2 recipient | 432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded
421 4.3.2 | 421 4.3.2 Service not active [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
421 4.4.2 | 421 4.4.2 Message submission timeout. Closing connection. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
421 4.7.0 | 421 4.7.0 Too many errors on this connection, closing transmission channel
451 4.7.500-699 | 451 4.7.500 Server busy. Please try again later from [203.0.113.7]. (S77714)
451 4.7.0 | 451 4.7.0 Temporary server error. Please try again later. PRX2 [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
4.3.111 | 451 4.3.111 Transient server error. Please try again later. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
452 4.5.3 | 452 4.5.3 Too many recipients (AS780090) [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
452 4.3.1 | 452 4.3.1 Insufficient system resources (TSTE) [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
550 5.1.10 | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
550 5.1.1 | 550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address.
550 5.1.0 | 550 5.1.0 Address rejected
501 5.1.3 | 501 5.1.3 Invalid address
5.6.7 international address | 550 5.6.7 RESOLVER.SMTPUTF8; Non-ASCII address not permitted for that recipient
550 5.1.8 | 550 5.1.8 Access denied, bad outbound sender AS(42003)
550 5.1.90 | 550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients
550 5.2.3 / 552 5.3.4 | 552 5.3.4 Message size exceeds fixed maximum message size
5.2.2 submission quota | 550 5.2.2 Submission quota exceeded; the sender has sent more than is allowed.
550 5.2.2 | 550 5.2.2 STOREDRV.Deliver: mailbox full. The recipient's mailbox is over its quota.
550 5.2.1 | 550 5.2.1 Mailbox cannot be accessed: the account is disabled
550 5.2.121 | 550 5.2.121 Recipient's hourly message receive limit from this sender exceeded
550 5.4.1 | 550 5.4.1 Recipient address rejected: Access denied. [AM0PR01FT0001.eop-EUR01.prod.protection.outlook.com]
550 5.4.310/312/316 | 550 5.4.310 DNS domain patients.exmaple does not exist [Message=InfoDomainNonexistent]
5.4.6/5.4.14 loop | 554 5.4.14 Hop count exceeded - possible mail loop
5.4.7 / 4.4.7 expired | 550 4.4.7 QUEUE.Expired; message expired
550 5.5.0 | 550 5.5.0 Requested action not taken: mailbox unavailable
5.6.11 bare LF | 550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds, which cannot be sent via DATA
550 5.7.1 | 550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy
550 5.7.23 | 550 5.7.23 The message was rejected because of Sender Policy Framework violation
550 5.7.509 | 550 5.7.509 Access denied, sending domain brightsmile.example does not pass DMARC verification and has a DMARC policy of reject.
550 5.7.30 | 550 5.7.30 Basic authentication is not supported for Client Submission.
550 5.7.12/124/133-136 | 550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; delivery restriction check failed because the sender was not authenticated when sending to this group
550 5.7.511 | 550 5.7.511 Access denied, banned sender[203.0.113.7]. To request removal from this list, forward this message to delist@microsoft.com.
550 5.7.501-503 banned | 550 5.7.501 Access denied, spam abuse detected from IP range
550 5.7.505 | 550 5.7.505 Access denied, banned recipient
550 5.7.507/513 | 550 5.7.507 Access denied, rejected by recipient
550 5.7.520 | 550 5.7.520 Access denied, Your organization does not allow external forwarding. Please contact your administrator for further assistance. AS(7555)
550 5.7.504 | 550 5.7.504 Recipient address rejected: Access denied
550 5.7.512 | 550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant and include a valid From address
550 5.7.606-649 | 550 5.7.606 Access denied, banned sending IP [203.0.113.7]. To request removal from this list please visit https://sender.office.com/
550 5.7.708 | 550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. For more information please go to http://go.microsoft.com/fwlink/?LinkId=526653. AS(7230)
550 5.7.705 | 550 5.7.705 Service unavailable. Access denied, tenant has exceeded threshold. AS(7650)
550 5.7.750 | 550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.
550 5.7.703 | 550 5.7.703 Your message can't be delivered because messages to the recipient are blocked by your organization using Tenant Allow Block List.
550 5.7.700-749 | 550 5.7.711 Access denied, bad inbound connector. AS(2204)
550 5.7.232/233 | 550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit for sending email to external recipients (tenant external recipient rate limit)
550 5.7.236 | 550 5.7.236 Your message can't be sent because your tenant exceeded its limit for sending from onmicrosoft.com addresses
5.0.350 | 550 5.0.350 Remote server returned an error -> 550 Administrative prohibition
503 bad sequence | 503 5.5.2 Need rcpt command [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
504 5.7.4 | 504 5.7.4 Unrecognized authentication type [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]
generic 4xx | 450 Requested mail action not taken
generic 5xx | 554 Transaction failed
`;
