import type { Microsoft365Clock } from '../clock.js';
import type { AuthorizationRecords } from './authorization-records.js';
import { entraRefusals, type EntraRefusal } from './entra-refusal.js';
import type { IdentitySituations } from './situations.js';

/** `outage`: the endpoint answers 503 with a page. */
export type RefreshVerdict = 'go-on' | 'outage' | EntraRefusal;

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
    switch (this.situations.takeRefreshFault()) {
      case 'revoked':
        return entraRefusals.revoked(issuedAt);
      case 'inactive':
        return entraRefusals.inactive(issuedAt);
      case 'consent-withdrawn':
        return entraRefusals.consentMissing(this.clientId);
      case 'outage':
        return 'outage';
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
