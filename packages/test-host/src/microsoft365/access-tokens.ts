import type { AccessTokenInspection } from './identity/tokens.js';

/** What the mail servers ask of the identity provider. */
export type InspectAccessToken = (token: string) => Promise<AccessTokenInspection>;

/** Scopes that IMAP and submission ask for. */
export const IMAP_SCOPE = 'https://outlook.office.com/IMAP.AccessAsUser.All';
export const SMTP_SCOPE = 'https://outlook.office.com/SMTP.Send';

/** ^A */
const SEPARATOR = '\u0001';

/** What a client sends for XOAUTH2. */
export interface Xoauth2 {
  readonly user: string;
  readonly accessToken: string;
}

/**
 * Reads `user=…^Aauth=Bearer …^A^A` in base64; `undefined` = something else.
 * https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
 */
export function parseXoauth2(base64: string): Xoauth2 | undefined {
  const [user, authorization, ...end] = Buffer.from(base64, 'base64').toString('utf8').split(SEPARATOR);
  const [, name] = /^user=(.+)$/i.exec(user ?? '') ?? [];
  const [, accessToken] = /^auth=Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  if (name === undefined || accessToken === undefined || end.length !== 2) return undefined;
  return { user: name, accessToken };
}
