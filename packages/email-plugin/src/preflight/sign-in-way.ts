import type { Clock, MicrosoftServices } from '@exact/host-contracts';
import { requestHttp } from '../network/http-request.js';
import type { Network } from '../network/network.js';

/** The sign-in service as it was met. */
export interface SignInService {
  /** How far it is ahead of the host's clock, milliseconds; `undefined` when it tells no time. */
  readonly aheadMs: number | undefined;
}

/** Where tokens are fetched: the same service as Microsoft's page. */
export function tokenAddress({ authority, authorityMetadata }: MicrosoftServices): URL {
  const { token_endpoint: given } = JSON.parse(authorityMetadata ?? '{}') as { readonly token_endpoint?: unknown };
  return new URL(typeof given === 'string' ? given : `${authority}/oauth2/v2.0/token`);
}

/** The way to the sign-in service. Whatever it answers, it is there; its `Date` header tells its time (RFC 9110 section 6.6.1). */
export async function lookAtSignIn(
  address: URL,
  network: Network,
  clock: Clock,
  signal: AbortSignal,
): Promise<SignInService> {
  const before = clock.now();
  const { headers } = await requestHttp({ method: 'HEAD', url: address.href }, network, signal);
  const told = Date.parse(headers['date'] ?? '');
  return { aheadMs: Number.isNaN(told) ? undefined : told - (before + clock.now()) / 2 };
}
