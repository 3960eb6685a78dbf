import type {
  AuthError,
  AuthenticationResult,
  Configuration,
  PublicClientApplication,
  ServerError,
  TokenCacheContext,
} from '@azure/msal-node';
import type { MicrosoftServices } from '@exact/host-contracts';
import type { Network } from '../network/network.js';
import { checkAuthorityMetadata } from './authority-metadata.js';
import { acquireByCode, type CodeSteps } from './device-code.adapter.js';
import { msal } from './msal.adapter.js';
import { MsalNetwork } from './msal-network.adapter.js';
import type { SignInRefusal } from './approval/approval-answer.js';
import type { LookRequest } from './approval/approval-wait.js';
import { followScript } from './approval/approval-pages.js';
import { browserPage } from './browser-page.js';
import { SCOPES } from './scopes.js';
import type { SignedInAccount, SignInRequest } from './sign-in.js';

/** The token cache of a client, as text with secrets in it. */
export interface TokenCacheStorage {
  /** `undefined` = empty. */
  load(): Promise<string | undefined>;
  /** Called after each change, before the token that caused it is handed out. What it throws, the caller gets instead. */
  save(cache: string): Promise<void>;
}

/** An access token with what came along. */
export interface MsalTokens {
  readonly accessToken: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly idToken: string;
  readonly scopes: readonly string[];
  readonly account: SignedInAccount;
}

/** How MSAL's failures are to be taken. */
export type MsalJudgement =
  /** The user pressed Cancel on Microsoft's page, or this side gave up waiting. */
  | { readonly kind: 'cancelled' }
  /** Nobody typed the code in time. */
  | { readonly kind: 'timed-out' }
  /** Only a person can go on. */
  | { readonly kind: 'sign-in-required'; readonly words: string }
  /** Microsoft refused an interactive sign-in. */
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'transient'; readonly words: string };

/** A public client of MSAL with a token cache of its own. */
export class MsalClient {
  private readonly configuration: Configuration;
  private readonly application: PublicClientApplication;
  private readonly network: MsalNetwork;

  /** Throws a `FailureError` when the sign-in would go to others than Microsoft. */
  constructor(
    { clientId, authority, authorityMetadata }: MicrosoftServices,
    network: Network,
    storage?: TokenCacheStorage,
  ) {
    if (authorityMetadata !== undefined) checkAuthorityMetadata(authorityMetadata);
    this.network = new MsalNetwork(network);
    this.configuration = {
      auth: { clientId, authority, ...(authorityMetadata !== undefined && { authorityMetadata }) },
      ...(storage && { cache: { cachePlugin: cachePlugin(storage) } }),
      // MSAL's own lines are for its developers; what matters is told as outcomes.
      system: {
        networkClient: this.network,
        loggerOptions: { logLevel: msal.LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
      },
    };
    this.application = new msal.PublicClientApplication(this.configuration);
  }

  /**
   * Signs in on Microsoft's pages: PKCE and form_post to a listener on loopback. It has no time limit and no abort of its
   * own: see {@link endListening}. `waitingPage`: where the tab goes on when an approval is waited for.
   */
  async signIn(
    request: Exclude<SignInRequest, { kind: 'code' }>,
    open: (url: string) => Promise<void>,
    waitingPage?: string,
  ): Promise<MsalTokens> {
    const asked = this.application.acquireTokenInteractive({
      scopes: SCOPES,
      ...(request.kind === 'pick'
        ? { prompt: 'select_account' }
        : { prompt: 'login', loginHint: request.account.username }),
      openBrowser: open,
      successTemplate: page('You can close this window', 'Go back to EXACT, which goes on by itself.'),
      errorTemplate: page(
        'The sign-in did not finish',
        'You can close this window and go back to EXACT, which says why.',
        waitingPage === undefined ? '' : followScript(waitingPage),
      ),
    });
    return tokensOf(await this.network.explained(asked));
  }

  /** Signs in by a code that somebody types on Microsoft's page, see {@link acquireByCode}. */
  async signInByCode(steps: CodeSteps): Promise<MsalTokens> {
    const asked = acquireByCode(this.configuration, this.network, SCOPES, steps);
    const { result, cache } = await this.network.explained(asked);
    this.application.getTokenCache().deserialize(cache);
    return tokensOf(result);
  }

  /**
   * A sign-in whose answer comes to `redirectUri` by form_post, with PKCE: without a page for whoever is named, else with
   * the account picker. The same listener serves any number of them, which `signIn` does not allow.
   */
  async beginLook({ loginHint, redirectUri, state }: LookRequest) {
    const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
    const url = await this.application.getAuthCodeUrl({
      scopes: SCOPES,
      redirectUri,
      state,
      responseMode: 'form_post',
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      ...(loginHint === undefined ? { prompt: 'select_account' } : { prompt: 'none', loginHint }),
    });
    const redeem = async (code: string): Promise<MsalTokens> => {
      const asked = this.application.acquireTokenByCode({ scopes: SCOPES, redirectUri, code, codeVerifier: verifier });
      return tokensOf(await this.network.explained(asked));
    };
    return { url, redeem };
  }

  /** A token from the cache, or a fresh one when it ends within five minutes or `renew` asks for it. */
  async accessToken(homeAccountId: string, renew: boolean): Promise<MsalTokens | undefined> {
    const account = await this.application.getTokenCache().getAccountByHomeId(homeAccountId);
    if (!account) return undefined;
    const asked = this.application.acquireTokenSilent({ account, scopes: SCOPES, forceRefresh: renew });
    return tokensOf(await this.network.explained(asked));
  }

  serialize(): string {
    return this.application.getTokenCache().serialize();
  }
}

/** What Microsoft refused; `undefined` when the error is no refusal of Microsoft's. */
export function refusalOf(error: unknown): SignInRefusal | undefined {
  if (!(error instanceof msal.ServerError || error instanceof msal.InteractionRequiredAuthError)) return undefined;
  const { errorCode, errorMessage, subError } = error;
  return { error: errorCode, description: errorMessage, suberror: subError };
}

/** What an error of MSAL means. Behaviour follows the class and the OAuth `error` value, never an AADSTS number. */
export function judgeMsalError(error: unknown): MsalJudgement {
  if (!(error instanceof msal.AuthError))
    return { kind: 'transient', words: Error.isError(error) ? error.message : String(error) };
  const kind = error.subError === '' ? error.errorCode : `${error.errorCode}/${error.subError}`;
  const words = `${kind}: ${error.errorMessage}`;
  if (isCancel(error)) return { kind: 'cancelled' };
  // The first is Microsoft's, the second MSAL's own.
  if (/^(?:expired_token|device_code_expired)$/.test(error.errorCode)) return { kind: 'timed-out' };
  if (error instanceof msal.InteractionRequiredAuthError || error.errorCode === 'invalid_grant') {
    return { kind: 'sign-in-required', words };
  }
  return error instanceof msal.ServerError && !isPassing(error)
    ? { kind: 'refused', words }
    : { kind: 'transient', words };
}

/** Microsoft is busy or not well: RFC 6749 section 4.1.2.1, and by the status of HTTP. */
function isPassing({ errorCode, status }: ServerError): boolean {
  const isBusy = status !== undefined && (status === 429 || status >= 500);
  return isBusy || /^(?:temporarily_unavailable|server_error)$/.test(errorCode);
}

/**
 * Cancel on one of Microsoft's pages. `access_denied` can mean much else, too: the consent page's comes with AADSTS65004,
 * and that of other pages with no number at all.
 */
function isCancel({ errorCode, errorMessage }: AuthError): boolean {
  if (errorCode === 'access_denied') return /\bAADSTS65004\b/.test(errorMessage) || !/\bAADSTS\d/.test(errorMessage);
  return errorCode === 'user_cancelled' || errorCode === 'authorization_declined';
}

/**
 * Ends MSAL's listener for a sign-in page that nobody finishes, by answering in Microsoft's place.
 * @param url the sign-in page that `open` was given
 */
export async function endListening(url: string): Promise<void> {
  const body = new URLSearchParams({
    error: 'user_cancelled',
    error_description: 'The sign-in was ended in EXACT.',
    state: new URL(url).searchParams.get('state') ?? '',
  });
  await fetch(listenerOf(url), { method: 'POST', body });
}

/** Where a sign-in page answers to on this computer. */
export function listenerOf(url: string): URL {
  const listener = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
  // MSAL names localhost and listens on IPv4 only.
  listener.hostname = '127.0.0.1';
  return listener;
}

function cachePlugin(storage: TokenCacheStorage) {
  let isLoaded = false;
  return {
    async beforeCacheAccess({ tokenCache }: TokenCacheContext): Promise<void> {
      if (isLoaded) return;
      const cache = await storage.load();
      if (cache !== undefined) tokenCache.deserialize(cache);
      isLoaded = true;
    },
    async afterCacheAccess({ cacheHasChanged, tokenCache }: TokenCacheContext): Promise<void> {
      if (cacheHasChanged) await storage.save(tokenCache.serialize());
    },
  };
}

function tokensOf({ accessToken, expiresOn, idToken, scopes, account }: AuthenticationResult): MsalTokens {
  if (!account || !expiresOn) throw new TypeError('Microsoft answered without an account or an expiry');
  return {
    accessToken,
    expiresAt: expiresOn.getTime(),
    idToken,
    scopes,
    account: {
      homeAccountId: account.homeAccountId,
      objectId: account.localAccountId,
      tenantId: account.tenantId,
      username: account.username,
      displayName: account.name,
    },
  };
}

/** Shown by the listener, which sends no charset and knows no outcome: the code is redeemed only afterwards. */
function page(title: string, text: string, script = ''): string {
  return browserPage(title, `<p>${text}</p>`, { script });
}
