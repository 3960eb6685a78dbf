import type { Microsoft365Clock } from '../clock.js';
import type { AuthorizationRecords } from './authorization-records.js';
import { entraRefusals, type EntraRefusal } from './entra-refusal.js';
import type { IdentitySituations } from './situations.js';

/** An answer that is none of OAuth's. */
export interface PlainAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RefreshVerdict = 'go-on' | PlainAnswer | EntraRefusal;

/** Says of a token request, before the authorization server sees it, what Microsoft would refuse and in which words. */
export class TokenRequests {
  constructor(
    private readonly clientId: string,
    private readonly clock: Microsoft365Clock,
    private readonly records: AuthorizationRecords,
    private readonly situations: IdentitySituations,
  ) {}

  judgeRefresh(token: string): RefreshVerdict {
    const known = this.records.refreshToken(token);
    if (known === undefined) return entraRefusals.malformedToken();
    const issuedAt = new Date(known.issuedAt).toISOString();
    if (known.revoked) return entraRefusals.revoked(issuedAt);
    if (known.expired) return entraRefusals.inactive(issuedAt);
    switch (this.situations.takeRefreshFault(token)) {
      case 'revoked':
        return entraRefusals.revoked(issuedAt);
      case 'inactive':
        return entraRefusals.inactive(issuedAt);
      case 'policy':
        return entraRefusals.blockedByPolicy();
      case 'consent-withdrawn':
        return entraRefusals.consentMissing(this.clientId);
      case 'app-disabled':
        return entraRefusals.appDisabled(this.clientId);
      case 'outage':
        return { status: 503, body: '<html><body><h1>Our services aren’t available right now</h1></body></html>' };
      case 'bad-gateway':
        return { status: 502, body: '' };
      case 'busy':
        return { status: 429, body: '', headers: { 'Retry-After': '60' } };
      case undefined:
        return 'go-on';
    }
  }

  /** What the authorization server refused, in Microsoft's words. `detail` is its own reason, for nobody's eyes. */
  translate(refused: { readonly error: string; readonly detail: string }): EntraRefusal {
    const { error, detail } = refused;
    if (/^AADSTS\d/.test(detail)) return { error, description: detail };
    if (error === 'authorization_pending') return entraRefusals.devicePending();
    if (error === 'expired_token') return entraRefusals.deviceExpired();
    if (error === 'invalid_client') {
      return detail === 'client not found' ? entraRefusals.unknownClient() : entraRefusals.secretPresented();
    }
    if (error === 'invalid_scope') return entraRefusals.consentMissing(this.clientId);
    if (error !== 'invalid_grant') return { ...entraRefusals.malformedToken(), error };
    if (detail.includes('already consumed')) return entraRefusals.codeUsed();
    if (detail.includes('expired')) return entraRefusals.codeExpired();
    if (detail.includes('code_verifier')) return entraRefusals.verifierMismatch();
    return entraRefusals.malformedToken();
  }

  now(): number {
    return this.clock.now();
  }
}
