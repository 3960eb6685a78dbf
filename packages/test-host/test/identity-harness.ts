import { CAST_CODE, CAST_PASSWORD, sampleCast } from '../src/microsoft365/cast.js';
import { type IdentityProvider, startIdentityProvider } from '../src/microsoft365/identity/identity-provider.js';
import { inMemoryIdentityStateStore } from '../src/microsoft365/identity/identity-state.js';
import { IdentityBrowser } from './identity-browser.js';
import { msalApp, type MsalApp } from './msal-node.adapter.js';

export const CLIENT_ID = '5f1c2d8e-8f0b-4c35-9c39-6a5d1f3b7e21';
export const RECEPTION = 'reception@brightsmile.example';
export const MANAGER = 'manager@brightsmile.example';
export const WINDOWS = 'windows@otherclinic.example';
export const PERSONAL = 'brightsmile@outlook.com';
export const IMAP_SCOPE = 'https://outlook.office.com/IMAP.AccessAsUser.All';
export const SMTP_SCOPE = 'https://outlook.office.com/SMTP.Send';
export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;

export type Walk = (browser: IdentityBrowser) => Promise<void>;

/** An identity provider with a clock to move, an app that signs in with the real MSAL, and a new browser. */
export class IdentityHarness implements AsyncDisposable {
  readonly browser = new IdentityBrowser();
  readonly #store = inMemoryIdentityStateStore();
  readonly #faults: unknown[] = [];
  #ahead = 0;
  #provider!: IdentityProvider;
  #app!: MsalApp;

  static async open(): Promise<IdentityHarness> {
    const harness = new IdentityHarness();
    await harness.#start();
    return harness;
  }

  get provider(): IdentityProvider {
    return this.#provider;
  }

  get app(): MsalApp {
    return this.#app;
  }

  /** The app's sign-in, with `walk` through its pages. Rejects as MSAL does. */
  signIn(walk: Walk, request?: Parameters<MsalApp['signIn']>[2], browser = this.browser) {
    return this.app.signIn(
      (url) => browser.open(url),
      () => walk(browser),
      request,
    );
  }

  /** Lets time pass. Milliseconds. */
  pass(time: number): void {
    this.#ahead += time;
  }

  /** Stops the identity provider and starts it on another port with what it had saved; the app is a new one. */
  async restart(): Promise<void> {
    await this.#provider[Symbol.asyncDispose]();
    await this.#start();
  }

  /** A refresh at the token endpoint, without MSAL. */
  async redeem(refreshToken: string, also: Readonly<Record<string, string>> = {}, tenant = 'organizations') {
    const body = new URLSearchParams({
      client_id: CLIENT_ID,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      scope: `${IMAP_SCOPE} openid profile offline_access`,
      ...also,
    });
    const response = await fetch(`${this.provider.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    const reply: unknown = await response.json();
    return { status: response.status, reply };
  }

  async introspect(token: string): Promise<unknown> {
    const response = await fetch(`${this.provider.url}/introspect?token=${encodeURIComponent(token)}`);
    return response.json();
  }

  /** @throws AggregateError when the identity provider reported faults of its own */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#provider[Symbol.asyncDispose]();
    if (this.#faults.length > 0) throw new AggregateError(this.#faults, 'The identity provider reported faults');
  }

  async #start(): Promise<void> {
    this.#provider = await startIdentityProvider({
      cast: sampleCast,
      clock: { now: () => Date.now() + this.#ahead },
      clientId: CLIENT_ID,
      store: this.#store,
      reportError: (error) => this.#faults.push(error),
    });
    this.#app = msalApp(CLIENT_ID, this.#provider.authorityMetadata);
  }
}

/** From the account picker to the end, through whatever pages come. */
export function walkAs(address: string): Walk {
  return async (browser) => {
    await browser.press('Use another account');
    await browser.press('Next', { Email: address });
    if (browser.heading === 'Enter password') await browser.press('Sign in', { Password: CAST_PASSWORD });
    if (browser.heading === 'Verify your identity') await browser.press('Verify', { Code: CAST_CODE });
    if (browser.heading === 'Permissions requested') await browser.press('Accept');
  };
}

/** How it ended for the app: `signed in`, or MSAL's error code with its message. */
export async function outcomeOf(ending: Promise<unknown>): Promise<string> {
  try {
    await ending;
    return 'signed in';
  } catch (error) {
    if (!Error.isError(error) || !('errorCode' in error)) throw error;
    return `${String(error.errorCode)} ${error.message}`;
  }
}
