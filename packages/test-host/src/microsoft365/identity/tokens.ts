import type { Cast, CastAccount } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import type { IdentityState } from './identity-state.js';
import { OUTLOOK_RESOURCE } from './scopes.js';
import type { IdentitySituations } from './situations.js';
import type { Claims } from './signing-key.js';

/** Seconds. Microsoft: 60 to 90 minutes. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow */
export const ACCESS_TOKEN_SECONDS = 60 * 60;
/** Seconds. https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens */
export const REFRESH_TOKEN_SECONDS = 90 * 24 * 60 * 60;
/** Seconds that an authorization code lasts. */
export const CODE_SECONDS = 10 * 60;
/** Seconds that the code of a device lasts. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code */
export const DEVICE_CODE_SECONDS = 15 * 60;

/** What a mail server learns about an access token. */
export type AccessTokenInspection =
  | {
      readonly valid: true;
      /** The account that signed in. */
      readonly user: CastAccount;
      /** Full names, e.g. `https://outlook.office.com/SMTP.Send`. */
      readonly scopes: ReadonlySet<string>;
      /** Epoch milliseconds by the identity provider's clock. */
      readonly expiresAt: number;
    }
  | {
      readonly valid: false;
      /** `not-ours`: not a token of this provider; `other-audience`: not for IMAP and SMTP. */
      readonly reason: 'not-ours' | 'other-audience' | 'expired' | 'revoked' | 'unknown-user';
    };

/** Access tokens and id tokens as Microsoft fills them, with times by the given clock. */
export class Tokens {
  constructor(
    private readonly cast: Cast,
    private readonly clock: Microsoft365Clock,
    private readonly state: IdentityState,
    private readonly situations: IdentitySituations,
  ) {}

  /**
   * Claims of an access token, https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference.
   * `revocations` is our own: by it an access token ends early when a revocation asks for that.
   */
  accessTokenClaims(account: CastAccount, clientId: string, scopes: readonly string[]): Claims {
    const now = Math.floor(this.clock.now() / 1000);
    return {
      aud: OUTLOOK_RESOURCE,
      iss: `https://sts.windows.net/${account.tid}/`,
      iat: now,
      nbf: now,
      exp: now + ACCESS_TOKEN_SECONDS,
      appid: clientId,
      appidacr: '0',
      name: account.displayName,
      oid: account.oid,
      tid: account.tid,
      upn: account.signInName,
      unique_name: account.signInName,
      sub: account.oid,
      scp: this.#granted(scopes)
        .map((scope) => scope.replace(`${OUTLOOK_RESOURCE}/`, ''))
        .join(' '),
      revocations: this.state.accessTokenRevocationsOf(account.oid),
      ver: '1.0',
    };
  }

  /**
   * A token reply as Microsoft sends it: the id token issued by the account's own tenant, `client_info` from which MSAL
   * makes its homeAccountId, `ext_expires_in`.
   */
  microsoftReply(reply: Claims, account: CastAccount): Claims {
    const idToken = reply['id_token'];
    const clientInfo = Buffer.from(JSON.stringify({ uid: account.oid, utid: account.tid })).toString('base64url');
    const { scope } = reply;
    return {
      ...reply,
      ...(typeof scope === 'string' && { scope: this.#granted(scope.split(' ')).join(' ') }),
      ext_expires_in: reply['expires_in'],
      client_info: clientInfo,
      ...(typeof idToken === 'string' ? { id_token: this.#reissued(idToken, account) } : {}),
    };
  }

  /** Whether a mail server may take the token, and from whom. */
  inspect(token: string): AccessTokenInspection {
    const claims = this.state.signingKey.verify(token);
    if (claims === undefined) return { valid: false, reason: 'not-ours' };
    const { aud, exp, oid, scp } = claims;
    if (aud !== OUTLOOK_RESOURCE || typeof scp !== 'string') return { valid: false, reason: 'other-audience' };
    if (typeof exp !== 'number' || exp * 1000 <= this.clock.now()) return { valid: false, reason: 'expired' };
    const user = this.cast.accounts.find((account) => account.oid === oid);
    if (user === undefined) return { valid: false, reason: 'unknown-user' };
    if (claims['revocations'] !== this.state.accessTokenRevocationsOf(user.oid)) {
      return { valid: false, reason: 'revoked' };
    }
    const scopes = new Set(scp.split(' ').map((scope) => `${OUTLOOK_RESOURCE}/${scope}`));
    return { valid: true, user, scopes, expiresAt: exp * 1000 };
  }

  #granted(scopes: readonly string[]): readonly string[] {
    return scopes.filter((scope) => !this.situations.withheldScopes.has(scope));
  }

  /** An id token whose issuer is the account's tenant: the authorization server has one issuer only. */
  #reissued(idToken: string, account: CastAccount): string {
    const issued = this.state.signingKey.verify(idToken);
    if (issued === undefined) throw new Error('The authorization server signed an id token with another key');
    const now = Math.floor(this.clock.now() / 1000);
    return this.state.signingKey.sign({
      ...issued,
      iss: `https://login.microsoftonline.com/${account.tid}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + ACCESS_TOKEN_SECONDS,
    });
  }
}

/** Claims of the id token, https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference. */
export function idTokenClaims(account: CastAccount) {
  return {
    sub: account.oid,
    oid: account.oid,
    tid: account.tid,
    ver: '2.0',
    name: account.displayName,
    preferred_username: account.signInName,
    email: account.address,
  };
}

/** Which of these claims comes with which scope. */
export const CLAIMS_BY_SCOPE = {
  openid: ['sub', 'oid', 'tid', 'ver'],
  profile: ['name', 'preferred_username'],
  email: ['email'],
};
