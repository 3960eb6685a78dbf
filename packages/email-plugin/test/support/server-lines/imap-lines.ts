/** `code | line` as Exchange Online sends it over IMAP; the source stands beside each row of the catalogue. */
export const IMAP_LINES = `
throttled | A7 BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds
authenticated-not-connected | A3 BAD User is authenticated but not connected.
token-expired-bye | * BYE Session invalidated - AccessTokenExpired
basic-disabled | A2 NO LOGIN failed. Basic authentication is disabled.
authenticate-failed | A2 NO AUTHENTICATE failed.
authentication-failed-code | A2 NO [AUTHENTICATIONFAILED] Authentication failed.
login-failed | A2 NO LOGIN failed.
server-unavailable | A4 NO Server Unavailable. 15
too-many-connections | * BYE Too many simultaneous connections. (Maximum number of connections per user: 20)
command-error | A5 BAD Command Error. 12
invalid-state | A5 BAD Command received in Invalid state.
trycreate | A6 NO [TRYCREATE] The requested mailbox is not there: create it.
nonexistent | A3 NO INBOX/Archive doesn't exist. Folder does not exist.
message-not-retrieved | The server couldn't retrieve the following message: Subject: "{hidden}". The message hasn't been deleted. Retrieval using the IMAP4 protocol failed for the following message: 17
uidvalidity-changed | UIDVALIDITY_CHANGED from 14 to 15
overquota | A9 NO [OVERQUOTA] Mailbox is full.
bye-closed | * BYE Connection is closed. 13
`;
