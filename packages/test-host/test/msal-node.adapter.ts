import { LogLevel, PublicClientApplication, type AuthenticationResult } from '@azure/msal-node';

const SCOPES = ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'];

export interface MsalApp {
  /** The app's interactive sign-in; `walk` drives the pages once `open` has opened the first. Rejects as MSAL does. */
  signIn(
    open: (url: string) => Promise<unknown>,
    walk: () => Promise<void>,
    request?: { readonly prompt?: string; readonly loginHint?: string; readonly scopes?: readonly string[] },
  ): Promise<AuthenticationResult>;
  /** Uses the refresh token, whatever is cached. */
  refresh(): Promise<AuthenticationResult>;
  /** The refresh token in the cache. */
  refreshToken(): string;
  /** The token cache, as a client stores it. */
  serialize(): string;
}

/** The app's side of the sign-in: the real MSAL with the real authority's name. */
export function msalApp(clientId: string, authorityMetadata: string): MsalApp {
  const client = new PublicClientApplication({
    auth: { clientId, authority: 'https://login.microsoftonline.com/organizations', authorityMetadata },
    system: { loggerOptions: { logLevel: LogLevel.Error, loggerCallback: () => undefined } },
  });
  return {
    signIn: async (open, walk, request) => {
      const walked = Promise.withResolvers<undefined>();
      const result = client.acquireTokenInteractive({
        prompt: 'select_account',
        ...request,
        scopes: [...(request?.scopes ?? SCOPES)],
        openBrowser: async (url) => {
          try {
            await open(url);
            await walk();
            walked.resolve(undefined);
          } catch (error) {
            walked.reject(error);
            await abandon(url);
          }
        },
      });
      const [outcome] = await Promise.allSettled([result, walked.promise]);
      await walked.promise;
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    },
    refresh: async () => {
      const [account] = await client.getTokenCache().getAllAccounts();
      if (account === undefined) throw new Error('Nobody signed in');
      return client.acquireTokenSilent({ account, scopes: SCOPES, forceRefresh: true });
    },
    serialize: () => client.getTokenCache().serialize(),
    refreshToken: () => {
      const cache = JSON.parse(client.getTokenCache().serialize()) as {
        RefreshToken: Record<string, { secret: string }>;
      };
      const [entry] = Object.values(cache.RefreshToken);
      if (entry === undefined) throw new Error('No refresh token');
      return entry.secret;
    },
  };
}

/** Ends a sign-in whose walk failed: MSAL has no abort, and would listen for ever. */
async function abandon(url: string): Promise<void> {
  const asked = new URL(url).searchParams;
  const body = new URLSearchParams({ error: 'user_cancelled', state: asked.get('state') ?? '' });
  await fetch(asked.get('redirect_uri') ?? '', { method: 'POST', body });
}
