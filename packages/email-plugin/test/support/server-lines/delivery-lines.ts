/** `code | words` as they stand in delivery reports: Status and Diagnostic-Code, or the reason in a report without them. */
export const DELIVERY_LINES = `
delivery.sender-blocked | 5.1.8 550 5.1.8 Access denied, bad outbound sender AS(42003)
delivery.limit-reached | 5.7.232 550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit
delivery.mailbox-full | 5.2.2 554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded
delivery.mailbox-off | 5.2.1 550 5.2.1 The email account that you tried to reach is disabled.
delivery.too-large | 5.3.4 552 5.3.4 Message size exceeds fixed limit
delivery.domain-unknown | 5.4.310 550 5.4.310 DNS domain patientz.example does not exist [Message=InfoDomainNonexistent]
delivery.address-unknown | 5.1.1 550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos
delivery.not-authentic | 5.7.26 550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.
delivery.closed-address | 5.7.133 550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required
delivery.taken-for-spam | 5.7.1 554 5.7.1 Service unavailable; Client host [40.107.0.1] blocked using zen.spamhaus.example
delivery.refused-by-rule | 5.7.1 550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy
delivery.address-refused | 5.4.1 550 5.4.1 Recipient address rejected: Access denied. AS(201806281)
delivery.address-malformed | 5.1.3 501 5.1.3 Bad recipient address syntax
delivery.loop | 5.4.14 554 5.4.14 Hop count exceeded - possible mail loop ATTR34
delivery.too-late | 4.4.7 550 4.4.7 QUEUE.Expired; message expired
delivery.content | 5.6.11 550 5.6.11 Invalid characters
`;
