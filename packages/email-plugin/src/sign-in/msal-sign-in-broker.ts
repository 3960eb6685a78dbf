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
import { notGenuineDatabase } from './sign-in-failures.js';
import type {
  AccessTokens,
  SignedInAccount,
  SignInAttempt,
  SignInBroker,
  SignInOutcome,
  SignInRequest,
  SignInSession,
} from './sign-in.js';
import { ClientTokens, storedCache } from './stored-tokens.js';

/** The broker over msal-node, which is imported when the first sign-in or token is asked for. */
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
    return this.tokens(account, storedCache(this.configuration, fence));
  }

  borrow(account: SignedInAccount): AccessTokens {
    return this.tokens(account, storedCache(this.configuration, undefined));
  }

  private tokens(account: SignedInAccount, storage: TokenCacheStorage): ClientTokens {
    return new ClientTokens(account, this.host, loadMsal, () => this.client(storage));
  }

  private async client(storage?: TokenCacheStorage) {
    const [{ MsalClient }, services] = await Promise.all([loadMsal(), this.endpoints.get()]);
    return new MsalClient(services, storage);
  }

  private async refuseOnCopies(): Promise<SignInOutcome | undefined> {
    const { genuineness } = await this.host.database();
    return genuineness.genuine ? undefined : { kind: 'failed', failure: notGenuineDatabase(genuineness.reason) };
  }

  private async openSession(request: SignInRequest, open: (url: string) => Promise<void>): Promise<SignInSession> {
    const client = await this.client();
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
