import { interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { entraRefusals } from './entra-refusal.js';
import type { AuthorizationServerOptions } from './oidc-provider.adapter.js';
import type { Page } from './page-layout.js';
import { ENDPOINTS } from './protocol-endpoints.js';
import { IDENTITY_SCOPES, OUTLOOK_RESOURCE, OUTLOOK_SCOPES } from './scopes.js';
import { drawProblem, signInPath } from './sign-in-pages.js';
import { QUIET_PROMPT } from './sign-in-request.js';
import {
  ACCESS_TOKEN_SECONDS,
  CLAIMS_BY_SCOPE,
  CODE_SECONDS,
  DEVICE_CODE_SECONDS,
  idTokenClaims,
  REFRESH_TOKEN_SECONDS,
} from './tokens.js';

/** RFC 8628 section 3.4. */
export const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** What MSAL calls it, and Microsoft takes as well. */
export const SHORT_DEVICE_CODE_GRANT = 'device_code';
/** The library's own page for the code, which nobody is sent to: it would want a session of the library's. */
const UNUSED_CODE_PAGE = '/unused/code';
/** A consent has no end. The library wants one: 50 years, in seconds. */
const CONSENT_SECONDS = 50 * 365 * 24 * 60 * 60;
const INTERACTION_SECONDS = 60 * 60;

/** What is the same for every app and account. */
const PROTOCOL = {
  routes: { ...ENDPOINTS, code_verification: UNUSED_CODE_PAGE },
  pkce: { required: () => true },
  scopes: IDENTITY_SCOPES,
  claims: CLAIMS_BY_SCOPE,
  conformIdTokenClaims: false,
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  revokeGrantPolicy: () => false,
  expiresWithSession: () => false,
  clientBasedCORS: () => false,
  ttl: {
    AccessToken: ACCESS_TOKEN_SECONDS,
    IdToken: ACCESS_TOKEN_SECONDS,
    AuthorizationCode: CODE_SECONDS,
    DeviceCode: DEVICE_CODE_SECONDS,
    RefreshToken: REFRESH_TOKEN_SECONDS,
    Grant: CONSENT_SECONDS,
    Interaction: INTERACTION_SECONDS,
    Session: INTERACTION_SECONDS,
  },
  features: {
    devInteractions: { enabled: false },
    deviceFlow: { enabled: true, charset: 'base-20', mask: '*********' },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => OUTLOOK_RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: OUTLOOK_SCOPES.join(' '),
        audience: OUTLOOK_RESOURCE,
        accessTokenFormat: 'jwt',
        accessTokenTTL: ACCESS_TOKEN_SECONDS,
      }),
    },
  },
  renderError: (context, { error }) => {
    showPage(context, drawProblem(problemSentence(error)));
  },
} satisfies Configuration;

/** How the library becomes Microsoft's authorization server. */
export function configurationOf(options: AuthorizationServerOptions): Configuration {
  const { accounts, state, records, tokens, clientId } = options;
  const accountOf = (oid: string | undefined) => accounts.find((account) => account.oid === oid);
  return {
    ...PROTOCOL,
    adapter: (kind) => records.storageOf(kind),
    clients: [
      {
        client_id: clientId,
        client_name: options.appName,
        application_type: 'native',
        redirect_uris: ['http://localhost'],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE_GRANT, SHORT_DEVICE_CODE_GRANT],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...state.signingKey.jwk, kty: 'RSA' }] },
    cookies: { keys: [state.cookieSecret] },
    findAccount: (_context, oid) => {
      const account = accountOf(oid);
      return account && { accountId: oid, claims: () => idTokenClaims(account) };
    },
    interactions: { policy: signInPolicy(), url: (_context, { uid }) => signInPath(uid) },
    formats: {
      customizers: {
        jwt: (_context, token, parts) => {
          const account = 'accountId' in token ? accountOf(token.accountId) : undefined;
          if (account === undefined) throw new Error('An access token without an account of the cast');
          parts.payload = { ...tokens.accessTokenClaims(account, clientId, [...token.scopes]) };
        },
      },
    },
  };
}

/** The pages decide what to ask; the library only has to open them, for `prompt=select_account` and a quiet one too. */
function signInPolicy() {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: QUIET_PROMPT, requestable: true }), 0);
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  policy.get('consent')?.checks.remove('native_client_prompt');
  return policy;
}

function problemSentence(error: string): string {
  if (error === 'invalid_client') return entraRefusals.unknownClient().description;
  if (error === 'invalid_redirect_uri') return entraRefusals.unknownRedirect().description;
  return 'This sign-in is no longer open, or the app asked for it in a way that we can’t read.';
}

export function showPage(context: KoaContextWithOIDC, page: Page): void {
  context.status = page.status;
  context.set({ ...page.headers });
  context.body = page.body;
}
