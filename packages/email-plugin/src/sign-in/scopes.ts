/** One resource for both, so that one access token serves IMAP and SMTP (Microsoft: how-to-authenticate-an-imap-pop-smtp…). */
export const SCOPES = ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'];
