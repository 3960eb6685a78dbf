import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { accountOfAddress, type Cast } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import { ApprovalErrands } from './approval-errands.js';
import { AuthorizationRecords } from './authorization-records.js';
import { BrowserAccounts } from './browser-accounts.js';
import { DeviceErrands } from './device-errands.js';
import { IdentityState, inMemoryIdentityStateStore, type IdentityStateStore } from './identity-state.js';
import { openAuthorizationServer } from './oidc-provider.adapter.js';
import { sendPage } from './page-layout.js';
import { DEVICE_LOGIN, ENDPOINTS } from './protocol-endpoints.js';
import { IDENTITY_SCOPES, OUTLOOK_SCOPES } from './scopes.js';
import { drawProblem, drawSignedOut } from './sign-in-pages.js';
import { QUIET_PROMPT } from './sign-in-request.js';
import { SignInSite } from './sign-in-site.js';
import { IdentitySituations, type RefreshFault } from './situations.js';
import { TokenRequests } from './token-requests.js';
import { type AccessTokenInspection, Tokens } from './tokens.js';

export interface IdentityProviderOptions {
  readonly cast: Cast;
  readonly clock: Microsoft365Clock;
  /** The app that may sign in: a public client with redirect URI `http://localhost`, any port. */
  readonly clientId: string;
  /** What the consent page calls it. Default: EXACT Email. */
  readonly appName?: string;
  /** TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Grants, refresh tokens and signing key. Default: kept in memory. */
  readonly store?: IdentityStateStore;
  /** Told of faults in the identity provider itself. */
  readonly reportError: (error: unknown) => void;
}

/** The identity provider of the own Microsoft 365, on loopback over plain http. */
export interface IdentityProvider extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** JSON for MSAL's `authorityMetadata`, beside the authority `https://login.microsoftonline.com/organizations`. */
  readonly authorityMetadata: string;
  readonly situations: IdentitySituations;
  /** The check that a mail server owes every access token. */
  inspectAccessToken(token: string): Promise<AccessTokenInspection>;
  /**
   * Ends the sign-ins of the account with this address, as an administrator's "revoke sessions" or a password change
   * does: refresh tokens die (AADSTS50173), browsers ask for the password again. Access tokens live on to their hour, as
   * with Microsoft, unless `accessTokens` is true.
   *
   * @throws RangeError when the cast has no such account
   */
  revoke(address: string, also?: { readonly accessTokens?: boolean }): Promise<void>;
  /**
   * Ends all access tokens before their hour is over. With `fault` the refresh tokens of today end so, too, when they are
   * used next; who signs in again is well.
   */
  endTokens(fault?: RefreshFault): Promise<void>;
  /** An administrator approves the app for all of the organisation with this directory id, wherever that may be. */
  approve(tid: string): Promise<void>;
  /** What people and administrators allowed counts no more for a new sign-in; those that last go on. */
  withdrawConsents(): Promise<void>;
}

/** @throws the system's error when the port is taken, Error when the store holds an unreadable state */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const { cast, clock, clientId, reportError, appName = 'EXACT Email' } = options;
  const state = await IdentityState.open(options.store ?? inMemoryIdentityStateStore());
  const situations = new IdentitySituations();
  const tokens = new Tokens(cast, clock, state, situations);
  const server = createServer();
  const url = `http://127.0.0.1:${(await listen(server, options.port ?? 0)).toString()}`;
  const records = new AuthorizationRecords(state, clock);
  const authorization = openAuthorizationServer({
    issuer: url,
    clientId,
    appName,
    accounts: cast.accounts,
    state,
    records,
    tokens,
    tokenRequests: new TokenRequests(clientId, clock, records, situations),
    reportError,
  });
  const browsers = new BrowserAccounts(cast, state);
  const approvals = new ApprovalErrands({ cast, state, clientId, appName });
  const devices = new DeviceErrands(authorization.findDevice, situations);
  const errands = [authorization.findSignIn, approvals.find, devices.findErrand];
  const signIn = new SignInSite({ cast, state, clock, browsers, situations, errands });
  const site: Site = { signIn, approvals, devices, browsers, tokens, handleProtocol: authorization.handle };
  server.on('request', (request, response) => {
    // Node would tell the machine's time, which is not the one that tokens and accounts live by.
    response.setHeader('date', new Date(clock.now()).toUTCString());
    answer(site, request, response).catch((error: unknown) => {
      reportError(error);
      if (!response.headersSent) sendPage(response, { ...drawProblem('Something went wrong here.'), status: 500 });
    });
  });
  return {
    url,
    authorityMetadata: authorityMetadata(url),
    situations,
    inspectAccessToken: (token) => Promise.resolve(tokens.inspect(token)),
    revoke: (address, also) => revoke(address, also?.accessTokens ?? false, cast, state),
    endTokens: (fault) => {
      if (fault !== undefined) situations.endSignIns(fault, records.refreshTokens());
      return state.endAccessTokens(cast.accounts);
    },
    approve: async (tid) => {
      state.approve(tid, [...OUTLOOK_SCOPES, ...IDENTITY_SCOPES]);
      await state.save();
    },
    withdrawConsents: async () => {
      state.withdrawConsents();
      await state.save();
    },
    [Symbol.asyncDispose]: async () => {
      await close(server);
      await state.settled();
    },
  };
}

async function revoke(address: string, accessTokens: boolean, cast: Cast, state: IdentityState): Promise<void> {
  const account = accountOfAddress(cast, address);
  if (account === undefined) throw new RangeError(`No account with the address ${address}`);
  state.revoke(account.oid, { accessTokens });
  await state.save();
}

function authorityMetadata(url: string): string {
  return JSON.stringify({
    issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
    authorization_endpoint: url + ENDPOINTS.authorization,
    token_endpoint: url + ENDPOINTS.token,
    end_session_endpoint: url + ENDPOINTS.end_session,
    jwks_uri: url + ENDPOINTS.jwks,
  });
}

interface Site {
  readonly signIn: SignInSite;
  readonly approvals: ApprovalErrands;
  readonly devices: DeviceErrands;
  readonly browsers: BrowserAccounts;
  readonly tokens: Tokens;
  readonly handleProtocol: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Every tenant's endpoints (common, consumers, a tenant id) are those of `organizations`.
  request.url = (request.url ?? '/').replace(/^\/[\w.-]+(?=\/(?:oauth2|discovery)\/v2\.0\/)/, '/organizations');
  const address = new URL(request.url, 'http://127.0.0.1');
  const { pathname, searchParams } = address;
  const [, first, id] = pathname.split('/');
  if (first === 'sign-in' && id !== undefined) {
    await site.signIn.answer(request, response, id);
  } else if (pathname === DEVICE_LOGIN) {
    await site.devices.answer(request, response);
  } else if (pathname === '/introspect') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(introspection(site.tokens.inspect(searchParams.get('token') ?? ''))));
  } else if (pathname === ENDPOINTS.end_session) {
    response.setHeader('set-cookie', site.browsers.forget());
    sendPage(response, drawSignedOut());
  } else if (ApprovalErrands.isFor(pathname)) {
    site.approvals.begin(address, response);
  } else {
    if (searchParams.get('prompt') === 'none') {
      searchParams.set('prompt', QUIET_PROMPT);
      request.url = pathname + address.search;
    }
    await site.handleProtocol(request, response);
  }
}

/** RFC 7662 section 2.2. `username` is the mailbox that the token opens by itself. */
function introspection(inspected: AccessTokenInspection) {
  if (!inspected.valid) return { active: false };
  const { user, scopes, expiresAt } = inspected;
  return { active: true, username: user.signInName, scope: [...scopes].join(' '), exp: Math.floor(expiresAt / 1000) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('No TCP address'));
      else resolve(address.port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeAllConnections();
  });
}
