import {
  AuthError,
  CryptoProvider,
  InteractionRequiredAuthError,
  LogLevel,
  PublicClientApplication,
  ServerError,
  type AuthenticationResult,
  type TokenCacheContext,
} from '@azure/msal-node';
import type { MicrosoftServices } from '@exact/host-contracts';
import type { Network } from '../network/network.js';
import { checkAuthorityMetadata } from './authority-metadata.js';
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
  /** Only a person can go on. */
  | { readonly kind: 'sign-in-required'; readonly words: string }
  /** Microsoft refused an interactive sign-in. */
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'transient'; readonly words: string };

/** A public client of MSAL with a token cache of its own. */
export class MsalClient {
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
    this.application = new PublicClientApplication({
      auth: { clientId, authority, ...(authorityMetadata !== undefined && { authorityMetadata }) },
      ...(storage && { cache: { cachePlugin: cachePlugin(storage) } }),
      // MSAL's own lines are for its developers; what matters is told as outcomes.
      system: {
        networkClient: this.network,
        loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
      },
    });
  }

  /**
   * Signs in on Microsoft's pages: PKCE and form_post to a listener on loopback. It has no time limit and no abort of its
   * own: see {@link endListening}. `waitingPage`: where the tab goes on when an approval is waited for.
   */
  async signIn(
    request: SignInRequest,
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

  /**
   * A sign-in whose answer comes to `redirectUri` by form_post, with PKCE: without a page for whoever is named, else with
   * the account picker. The same listener serves any number of them, which `signIn` does not allow.
   */
  async beginLook({ loginHint, redirectUri, state }: LookRequest) {
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
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
  if (!(error instanceof ServerError || error instanceof InteractionRequiredAuthError)) return undefined;
  const { errorCode, errorMessage, subError } = error;
  return { error: errorCode, description: errorMessage, suberror: subError };
}

/** What an error of MSAL means. Behaviour follows the class and the OAuth `error` value, never an AADSTS number. */
export function judgeMsalError(error: unknown): MsalJudgement {
  if (!(error instanceof AuthError))
    return { kind: 'transient', words: Error.isError(error) ? error.message : String(error) };
  const kind = error.subError === '' ? error.errorCode : `${error.errorCode}/${error.subError}`;
  const words = `${kind}: ${error.errorMessage}`;
  // AADSTS65004 is the Cancel of Microsoft's consent page.
  const isCancel = /\bAADSTS65004\b/.test(error.errorMessage);
  if (error.errorCode === 'user_cancelled' || (error.errorCode === 'access_denied' && isCancel))
    return { kind: 'cancelled' };
  if (error instanceof InteractionRequiredAuthError || error.errorCode === 'invalid_grant') {
    return { kind: 'sign-in-required', words };
  }
  return error instanceof ServerError ? { kind: 'refused', words } : { kind: 'transient', words };
}

/**
 * Ends MSAL's listener for a sign-in page that nobody finishes, by answering in Microsoft's place.
 * @param url the sign-in page that `open` was given
 */
export async function endListening(url: string): Promise<void> {
  const asked = new URL(url).searchParams;
  const listener = new URL(asked.get('redirect_uri') ?? '');
  // MSAL names localhost and listens on IPv4 only.
  listener.hostname = '127.0.0.1';
  const body = new URLSearchParams({
    error: 'user_cancelled',
    error_description: 'The sign-in was ended in EXACT.',
    state: asked.get('state') ?? '',
  });
  await fetch(listener, { method: 'POST', body });
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
