/** The resource whose tokens IMAP, POP and SMTP take (audience of the access token). */
export const OUTLOOK_RESOURCE = 'https://outlook.office.com';

/**
 * What an app can ask for → the sentence of the page "Permissions requested".
 * https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
 */
const outlookScopes: Readonly<Record<string, string>> = {
  'https://outlook.office.com/IMAP.AccessAsUser.All': 'Read and write access to mailboxes via IMAP',
  'https://outlook.office.com/POP.AccessAsUser.All': 'Read and write access to mailboxes via POP',
  'https://outlook.office.com/SMTP.Send': 'Send emails from mailboxes using SMTP AUTH',
};

const identityScopes: Readonly<Record<string, string>> = {
  openid: 'Sign you in',
  profile: 'View your basic profile',
  email: 'View your email address',
  offline_access: 'Maintain access to data you have given it access to',
};

const descriptions: Readonly<Record<string, string>> = { ...outlookScopes, ...identityScopes };

export const OUTLOOK_SCOPES: readonly string[] = Object.keys(outlookScopes);
export const IDENTITY_SCOPES: readonly string[] = Object.keys(identityScopes);

/** Sentences for the consent page, one for each scope, in the order asked. */
export function describeScopes(scopes: readonly string[]): readonly string[] {
  return scopes.flatMap((scope) => descriptions[scope] ?? []);
}

/** The scopes that nobody here knows: Microsoft refuses a request that names one. */
export function unknownScopes(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => !(scope in descriptions));
}
