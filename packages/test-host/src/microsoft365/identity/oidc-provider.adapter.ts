import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { errors, type KoaContextWithOIDC, type TokenEndpointGrantContext } from 'oidc-provider';
import type { CastAccount } from '../cast.js';
import {
  configurationOf,
  DEVICE_CODE_GRANT,
  SHORT_DEVICE_CODE_GRANT,
  showPage,
} from './authorization-configuration.adapter.js';
import type { AuthorizationRecords } from './authorization-records.js';
import { deviceCodeReply, type DeviceSignIn, findDeviceSignIn } from './device-sign-in.adapter.js';
import { type EntraRefusal, entraRefusals, refusalReply } from './entra-refusal.js';
import type { Consent, IdentityState } from './identity-state.js';
import { ENDPOINTS } from './protocol-endpoints.js';
import { IDENTITY_SCOPES, OUTLOOK_RESOURCE, OUTLOOK_SCOPES } from './scopes.js';
import { drawFormPost } from './sign-in-pages.js';
import { QUIET_PROMPT, toSignInRequest } from './sign-in-request.js';
import type { FindErrand } from './sign-in-site.js';
import type { PlainAnswer, TokenRequests } from './token-requests.js';
import type { Tokens } from './tokens.js';

/** The OAuth 2.0 and OpenID Connect part of the identity provider. */
export interface AuthorizationServer {
  /** Answers every request of the protocol itself. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** The sign-in to an app that this browser has open under that id. Accepting it remembers that the account consented. */
  readonly findSignIn: FindErrand;
  /** The sign-in of a device whose code a person has typed; `undefined` when there is none (any more). */
  readonly findDevice: (typedCode: string) => Promise<DeviceSignIn | undefined>;
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
    findDevice: (typedCode) =>
      findDeviceSignIn(provider, options.appName, typedCode, (account, scopes) =>
        rememberConsent(provider, options, account, scopes),
      ),
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
      const ours = around(options, handler);
      super.registerGrantType(name, ours, ...rest);
      if (name === DEVICE_CODE_GRANT) super.registerGrantType(SHORT_DEVICE_CODE_GRANT, ours, ...rest);
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
  const keepDetail = (context: KoaContextWithOIDC, error: errors.OIDCProviderError): void => {
    details.set(context, error.error_detail ?? error.error_description ?? '');
  };
  provider.on('grant.error', keepDetail);
  provider.on('device_authorization.error', keepDetail);
  provider.use(async (context, next) => {
    await next();
    if (context.path !== ENDPOINTS.token && context.path !== ENDPOINTS.device_authorization) return;
    const reply = asRecord(context.body);
    if ('user_code' in reply) context.body = deviceCodeReply(reply, options.issuer);
    if (typeof reply['error'] !== 'string' || 'trace_id' in reply) return;
    const refusal = { error: reply['error'], detail: details.get(context as KoaContextWithOIDC) ?? '' };
    context.body = refusalReply(options.tokenRequests.translate(refusal), options.tokenRequests.now());
  });
  return provider;
}

type Grant<P extends object> = (context: TokenEndpointGrantContext<P>) => void | Promise<void>;
type Names = string | readonly string[] | ReadonlySet<string>;

function refuse(context: KoaContextWithOIDC, verdict: PlainAnswer | EntraRefusal, now: number): void {
  if ('error' in verdict) {
    context.status = 400;
    context.body = refusalReply(verdict, now);
    return;
  }
  context.set(verdict.headers ?? {});
  context.body = verdict.body;
  context.status = verdict.status;
}

/** Puts Microsoft's refusals before a grant, and Microsoft's form of the reply behind it. */
function around<P extends object>(options: AuthorizationServerOptions, handler: Grant<P>): Grant<P> {
  const { tokenRequests, tokens, accounts } = options;
  return async (context) => {
    const { params } = context.oidc;
    if (params.grant_type === 'refresh_token') {
      const verdict = tokenRequests.judgeRefresh(String(params['refresh_token']));
      if (verdict !== 'go-on') {
        refuse(context, verdict, tokenRequests.now());
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

function sendFormPost(context: KoaContextWithOIDC, redirectUri: string, payload: Record<string, unknown>): void {
  // Microsoft sends no issuer along (RFC 9207).
  const fields = Object.entries(payload).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && name !== 'iss' ? [[name, value]] : [],
  );
  showPage(context, drawFormPost(redirectUri, Object.fromEntries(fields)));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
