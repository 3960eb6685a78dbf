import {
  Clock,
  Configuration,
  HostInformation,
  Logger,
  MicrosoftEndpoints,
  SystemBrowser,
  type Fence,
} from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { InteractiveSignIn } from './interactive-sign-in.js';
import type { TokenCacheStorage } from './msal-node.adapter.js';
import type {
  AccessTokens,
  SignedInAccount,
  SignInAttempt,
  SignInBroker,
  SignInOutcome,
  SignInRequest,
  SignInSession,
} from './sign-in.js';

/** The broker over msal-node. That, and all that only tokens need, is imported when the first of them is asked for. */
@injectable()
export class MsalSignInBroker implements SignInBroker {
  private open: SignInAttempt | undefined;

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(Configuration) private readonly configuration: Configuration,
    @inject(HostInformation) private readonly host: HostInformation,
    @inject(Logger) private readonly logger: Logger,
    @inject(MicrosoftEndpoints) private readonly endpoints: MicrosoftEndpoints,
    @inject(SystemBrowser) private readonly browser: SystemBrowser,
  ) {}

  signIn(request: SignInRequest): SignInAttempt {
    this.open?.cancel();
    const attempt = new InteractiveSignIn(
      {
        clock: this.clock,
        logger: this.logger,
        openBrowser: (url) => this.browser.open(url),
        before: () => this.refuseOnCopies(),
        signIn: (asked, open) => this.openSession(asked, open),
        loadMsal,
      },
      request,
    );
    this.open = attempt;
    return attempt;
  }

  stored(account: SignedInAccount, fence: Fence): AccessTokens {
    return this.tokens(account, fence);
  }

  borrow(account: SignedInAccount): AccessTokens {
    return this.tokens(account, undefined);
  }

  private tokens(account: SignedInAccount, fence: Fence | undefined): AccessTokens {
    let tokens: Promise<AccessTokens> | undefined;
    const open = async (): Promise<AccessTokens> => {
      const { ClientTokens, storedCache } = await import('./stored-tokens.js');
      const storage = storedCache(this.configuration, fence);
      return new ClientTokens(account, this.host, loadMsal, () => this.client(storage));
    };
    return { account, accessToken: async (options) => (await (tokens ??= open())).accessToken(options) };
  }

  private async client(storage?: TokenCacheStorage) {
    const [{ MsalClient }, services] = await Promise.all([loadMsal(), this.endpoints.get()]);
    return new MsalClient(services, storage);
  }

  private async refuseOnCopies(): Promise<SignInOutcome | undefined> {
    const { genuineness } = await this.host.database();
    if (genuineness.genuine) return undefined;
    const { notGenuineDatabase } = await import('./sign-in-failures.js');
    return { kind: 'failed', failure: notGenuineDatabase(genuineness.reason) };
  }

  private async openSession(request: SignInRequest, open: (url: string) => Promise<void>): Promise<SignInSession> {
    const [client, { ClientTokens }] = await Promise.all([this.client(), import('./stored-tokens.js')]);
    const { account, idToken, scopes } = await client.signIn(request, open);
    const tokens = new ClientTokens(account, this.host, loadMsal, () => Promise.resolve(client));
    let isForgotten = false;
    return {
      handle: crypto.randomUUID(),
      account,
      idToken,
      scopes,
      accessToken: (options) => {
        if (isForgotten) throw new TypeError('this sign-in was forgotten');
        return tokens.accessToken(options);
      },
      serialize: () => client.serialize(),
      [Symbol.dispose]() {
        isForgotten = true;
      },
    };
  }
}

function loadMsal() {
  return import('./msal-node.adapter.js');
}
