import { AuthError, createNestablePublicClientApplication, type IPublicClientApplication } from '@azure/msal-browser';

/** Signs in through the bridge of the host's window; what comes back is a handle that only the host understands. */
export interface NestedApp {
  /** Resolves when a sign-in has ended, however it ended. */
  signIn(): Promise<void>;
}

/** Makes the one client of this page. The window must offer the bridge already: without one MSAL would open a popup of its own. */
export async function createNestedApp(clientId: string, authority: string): Promise<NestedApp> {
  if (window.nestedAppAuthBridge === undefined) throw new Error('the host offers no bridge to sign in with');
  const application: IPublicClientApplication = await createNestablePublicClientApplication({
    auth: { clientId, authority },
    cache: { cacheLocation: 'memoryStorage' },
  });
  return {
    async signIn() {
      try {
        await application.acquireTokenPopup({ scopes: ['openid'] });
      } catch (error) {
        // Cancelled, refused or timed out: the page model says so already.
        if (!(error instanceof AuthError)) throw error;
      }
    },
  };
}
