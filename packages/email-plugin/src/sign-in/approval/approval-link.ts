import type { MicrosoftServices } from '@exact/host-contracts';
import { SCOPES } from '../scopes.js';

/** What the app asks an administrator for: mail, and to know and keep who signed in. */
const IDENTITY_SCOPES = ['openid', 'profile', 'offline_access'];

export interface ApprovalLinkParts {
  /** The practice's address: its domain names the organisation. */
  readonly address: string;
  /** `http://localhost:<port>`; the registration has it without the port (Microsoft: reply-url). */
  readonly redirectUri: string;
  /** Comes back with the answer. */
  readonly state: string;
}

/**
 * Where an administrator approves the app for the whole organisation:
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-admin-consent. It holds no secret.
 */
export function approvalLink(services: MicrosoftServices, parts: ApprovalLinkParts): string {
  const { origin, tenant } = signInSite(services);
  // A domain leads an administrator of several organisations to the right one; an authority of one tenant names it already.
  const organisation = tenant === 'organizations' ? domainOf(parts.address) : tenant;
  const query = new URLSearchParams({
    client_id: services.clientId,
    scope: [...SCOPES, ...IDENTITY_SCOPES].join(' '),
    redirect_uri: parts.redirectUri,
    state: parts.state,
  });
  // Mail programs end a link at a plus sign now and then; %20 means the same.
  return `${origin}/${encodeURIComponent(organisation)}/v2.0/adminconsent?${query.toString().replaceAll('+', '%20')}`;
}

/** Where people sign in, and as whom the authority asks for them. A stand-in for Microsoft says so in its metadata. */
function signInSite({ authority, authorityMetadata }: MicrosoftServices): { origin: string; tenant: string } {
  const { origin, pathname } = new URL(authority);
  const tenant = pathname.split('/')[1] ?? '';
  if (authorityMetadata === undefined) return { origin, tenant };
  const { authorization_endpoint: endpoint } = JSON.parse(authorityMetadata) as { authorization_endpoint: string };
  return { origin: new URL(endpoint).origin, tenant };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase() || 'organizations';
}
