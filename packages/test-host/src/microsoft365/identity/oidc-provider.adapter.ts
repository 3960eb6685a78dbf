import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, {
  errors,
  interactionPolicy,
  type Configuration,
  type KoaContextWithOIDC,
  type TokenEndpointGrantContext,
} from 'oidc-provider';
import type { CastAccount } from '../cast.js';
import type { AuthorizationRecords } from './authorization-records.js';
import { entraRefusals, refusalReply } from './entra-refusal.js';
import type { Consent, IdentityState } from './identity-state.js';
import type { Page } from './page-layout.js';
import { IDENTITY_SCOPES, OUTLOOK_RESOURCE, OUTLOOK_SCOPES } from './scopes.js';
import { drawFormPost, drawProblem, signInPath } from './sign-in-pages.js';
import { QUIET_PROMPT, toSignInRequest } from './sign-in-request.js';
import type { FindErrand } from './sign-in-site.js';
import type { TokenRequests } from './token-requests.js';
import {
  ACCESS_TOKEN_SECONDS,
  CLAIMS_BY_SCOPE,
  CODE_SECONDS,
  idTokenClaims,
  REFRESH_TOKEN_SECONDS,
  type Tokens,
} from './tokens.js';

/** The OAuth 2.0 and OpenID Connect part of the identity provider. */
export interface AuthorizationServer {
  /** Answers every request of the protocol itself. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** The sign-in to an app that this browser has open under that id. Accepting it remembers that the account consented. */
  readonly findSignIn: FindErrand;
}

export interface AuthorizationServerOptions {
  /** `http://127.0.0.1:<port>`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly appName: string;
  readonly accounts: readonly CastAccount[];
  readonly state: IdentityState;
  readonly records: AuthorizationRecords;
  readonly tokens: Tokens;
  readonly tokenRequests: TokenRequests;
  /** Told of faults of our own, never of a refusal. */
  readonly reportError: (error: unknown) => void;
}

/** Paths of the protocol below the issuer, for the tenant `organizations`. */
export const ENDPOINTS = {
  authorization: '/organizations/oauth2/v2.0/authorize',
  token: '/organizations/oauth2/v2.0/token',
  end_session: '/organizations/oauth2/v2.0/logout',
  jwks: '/organizations/discovery/v2.0/keys',
} as const;

/** A consent has no end. The library wants one: 50 years, in seconds. */
const CONSENT_SECONDS = 50 * 365 * 24 * 60 * 60;
const INTERACTION_SECONDS = 60 * 60;

export function openAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const provider = microsoft365Provider(options);
  const callback = provider.callback();
  return {
    handle: (request, response) => callback(request, response),
    findSignIn: async (request, response, id) => {
      try {
        const { uid, params } = await provider.interactionDetails(request, response);
        if (uid !== id) return undefined;
        const asked = toSignInRequest(uid, options.appName, params);
        return {
          request: asked,
          declined: entraRefusals.declined(),
          accept: async (account) => {
            const { grantId } = await rememberConsent(provider, options, account, asked.scopes);
            const login = { accountId: account.oid, remember: false };
            const prompts = { select_account: {}, [QUIET_PROMPT]: {} };
            await provider.interactionFinished(request, response, { login, consent: { grantId }, ...prompts });
          },
          refuse: ({ error, description }) =>
            provider.interactionFinished(request, response, { error, error_description: description }),
        };
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return undefined;
        throw error;
      }
    },
  };
}

/**
 * A provider whose token endpoint and form_post page are Microsoft's. The library builds both in its constructor and has
 * no other place to change them.
 */
function microsoft365Provider(options: AuthorizationServerOptions): Provider {
  type ResponseMode = Parameters<Provider['registerResponseMode']>;
  class Microsoft365Provider extends Provider {
    override registerGrantType<P extends object>(name: string, handler: Grant<P>, ...rest: Names[]): void {
      super.registerGrantType(name, around(options, handler), ...rest);
    }
    override registerResponseMode(...[name, handler]: ResponseMode): void {
      super.registerResponseMode(name, name === 'form_post' ? sendFormPost : handler);
    }
  }
  const provider = new Microsoft365Provider(options.issuer, configurationOf(options));
  provider.on('server_error', (_context, error) => {
    options.reportError(error);
  });
  const details = new WeakMap<KoaContextWithOIDC, string>();
  provider.on('grant.error', (context, error) => details.set(context, error.error_detail ?? ''));
  provider.use(async (context, next) => {
    await next();
    const refused = asRecord(context.body);
    if (context.path !== ENDPOINTS.token || typeof refused['error'] !== 'string' || 'trace_id' in refused) return;
    const refusal = { error: refused['error'], detail: details.get(context as KoaContextWithOIDC) ?? '' };
    context.body = refusalReply(options.tokenRequests.translate(refusal), options.tokenRequests.now());
  });
  return provider;
}

type Grant<P extends object> = (context: TokenEndpointGrantContext<P>) => void | Promise<void>;
type Names = string | readonly string[] | ReadonlySet<string>;

/** Puts Microsoft's refusals before a grant, and Microsoft's form of the reply behind it. */
function around<P extends object>(options: AuthorizationServerOptions, handler: Grant<P>): Grant<P> {
  const { tokenRequests, tokens, accounts } = options;
  return async (context) => {
    const { params } = context.oidc;
    if (params.grant_type === 'refresh_token') {
      const verdict = tokenRequests.judgeRefresh(String(params['refresh_token']));
      if (verdict === 'outage') {
        context.status = 503;
        context.body = '<html><body><h1>Our services aren’t available right now</h1></body></html>';
        return;
      }
      if (verdict !== 'go-on') {
        context.status = 400;
        context.body = refusalReply(verdict, tokenRequests.now());
        return;
      }
      withoutOfflineAccess(params);
    }
    await handler(context);
    const account = accounts.find(({ oid }) => oid === context.oidc.entities.Account?.accountId);
    if (account !== undefined) context.body = tokens.microsoftReply(asRecord(context.body), account);
  };
}

/** Refresh tokens come without the scope, so the library knows nothing of it when a refresh names it, as MSAL does. */
function withoutOfflineAccess(params: Record<string, unknown>): void {
  if (typeof params['scope'] !== 'string') return;
  params['scope'] = params['scope']
    .split(' ')
    .filter((scope) => scope !== 'offline_access')
    .join(' ');
}

/** What is the same for every app and account. */
const PROTOCOL = {
  routes: ENDPOINTS,
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
    RefreshToken: REFRESH_TOKEN_SECONDS,
    Grant: CONSENT_SECONDS,
    Interaction: INTERACTION_SECONDS,
    Session: INTERACTION_SECONDS,
  },
  features: {
    devInteractions: { enabled: false },
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
    send(context, drawProblem(problemSentence(error)));
  },
} satisfies Configuration;

function configurationOf(options: AuthorizationServerOptions): Configuration {
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
        grant_types: ['authorization_code', 'refresh_token'],
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

async function rememberConsent(
  provider: Provider,
  { clientId, state }: AuthorizationServerOptions,
  account: CastAccount,
  scopes: readonly string[],
): Promise<Consent> {
  const before = state.consents[account.oid];
  const known = before === undefined ? undefined : await provider.Grant.find(before.grantId);
  const grant = known ?? new provider.Grant({ accountId: account.oid, clientId });
  grant.addOIDCScope([...IDENTITY_SCOPES]);
  grant.addResourceScope(
    OUTLOOK_RESOURCE,
    scopes.filter((scope) => OUTLOOK_SCOPES.includes(scope)),
  );
  const consent = {
    grantId: await grant.save(),
    scopes: [...new Set([...(known === undefined ? [] : (before?.scopes ?? [])), ...scopes])],
  };
  state.consents[account.oid] = consent;
  await state.save();
  return consent;
}

function problemSentence(error: string): string {
  if (error === 'invalid_client') return entraRefusals.unknownClient().description;
  if (error === 'invalid_redirect_uri') return entraRefusals.unknownRedirect().description;
  return 'This sign-in is no longer open, or the app asked for it in a way that we can’t read.';
}

function sendFormPost(context: KoaContextWithOIDC, redirectUri: string, payload: Record<string, unknown>): void {
  // Microsoft sends no issuer along (RFC 9207).
  const fields = Object.entries(payload).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && name !== 'iss' ? [[name, value]] : [],
  );
  send(context, drawFormPost(redirectUri, Object.fromEntries(fields)));
}

function send(context: KoaContextWithOIDC, page: Page): void {
  context.status = page.status;
  context.set({ ...page.headers });
  context.body = page.body;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
