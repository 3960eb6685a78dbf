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
import { Network } from '../network/network.js';
import { InteractiveSignIn, type BeforeSignIn, type SignInSteps } from './interactive-sign-in.js';
import { ApprovalWait, type Look, type LookRequest } from './approval/approval-wait.js';
import type { MsalClient, MsalTokens, TokenCacheStorage } from './msal-node.adapter.js';
import { explainSignInError } from './sign-in-error.js';
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
  private open: InteractiveSignIn | undefined;

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(Configuration) private readonly configuration: Configuration,
    @inject(HostInformation) private readonly host: HostInformation,
    @inject(Logger) private readonly logger: Logger,
    @inject(MicrosoftEndpoints) private readonly endpoints: MicrosoftEndpoints,
    @inject(SystemBrowser) private readonly browser: SystemBrowser,
    @inject(Network) private readonly network: Network,
  ) {}

  signIn(request: SignInRequest): SignInAttempt {
    this.open?.supersede();
    const approval = request.kind === 'pick' ? this.approvalFor(request.address) : undefined;
    const attempt = new InteractiveSignIn(
      {
        clock: this.clock,
        logger: this.logger,
        openBrowser: (url) => this.browser.open(url),
        before: (signal) => this.lookAhead(signal),
        signIn: (asked, steps) => this.openSession(asked, steps, approval),
        loadMsal,
        approval,
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
      const { ClientTokens, StoredCache } = await import('./stored-tokens.js');
      const storage = new StoredCache(this.configuration, fence, this.clock);
      const makeClient = () => this.client(storage);
      return new ClientTokens(account, this.host, this.clock, loadMsal, makeClient, () => storage.renewedAt);
    };
    return { account, accessToken: async (options) => (await (tokens ??= open())).accessToken(options) };
  }

  private async client(storage?: TokenCacheStorage) {
    const [{ MsalClient }, services] = await Promise.all([loadMsal(), this.endpoints.get()]);
    return new MsalClient(services, this.network, storage);
  }

  private async lookAhead(signal: AbortSignal): Promise<BeforeSignIn> {
    const refusal = await this.refuseOnCopies();
    if (refusal) return refusal;
    const { Preflight } = await import('../preflight/preflight.js');
    const { obstacles, warnings } = await new Preflight(this.network, this.endpoints, this.clock).look(signal);
    return obstacles.length > 0 ? { kind: 'not-ready', obstacles } : { kind: 'ready', warnings };
  }

  private async refuseOnCopies(): Promise<Extract<SignInOutcome, { kind: 'failed' }> | undefined> {
    const { genuineness } = await this.host.database();
    if (genuineness.genuine) return undefined;
    const { notGenuineDatabase } = await import('./sign-in-failures.js');
    return { kind: 'failed', failure: notGenuineDatabase(genuineness.reason) };
  }

  private async openSession(
    request: SignInRequest,
    steps: SignInSteps,
    approval: ApprovalWait | undefined,
  ): Promise<SignInSession> {
    const [client, waitingPage] = await Promise.all([this.client(), approval?.open()]);
    const signedIn =
      request.kind === 'code'
        ? client.signInByCode(steps)
        : client.signIn(request, (url) => steps.open(url), waitingPage);
    return this.sessionOf(client, await signedIn);
  }

  private approvalFor(address: string): ApprovalWait {
    return new ApprovalWait(
      {
        clock: this.clock,
        logger: this.logger,
        services: () => this.endpoints.get(),
        openBrowser: (url) => this.browser.open(url),
        look: (request) => this.look(request),
        refusal: () => this.refuseOnCopies(),
      },
      address,
    );
  }

  private async look(request: LookRequest): Promise<Look> {
    const client = await this.client();
    const { url, redeem } = await client.beginLook(request);
    return {
      url,
      finish: async (code) => {
        try {
          return { kind: 'signed-in', session: await this.sessionOf(client, await redeem(code)) };
        } catch (error) {
          const meaning = await explainSignInError(error, loadMsal, this.clock.now());
          return meaning.kind === 'approval-needed' ? { kind: 'not-yet' } : meaning;
        }
      },
    };
  }

  private async sessionOf(client: MsalClient, { account, idToken, scopes }: MsalTokens): Promise<SignInSession> {
    const [{ ClientTokens }, { writeStoredSignIn }] = await Promise.all([
      import('./stored-tokens.js'),
      import('./stored-sign-in.js'),
    ]);
    const renewedAt = this.clock.now();
    const tokens = new ClientTokens(account, this.host, this.clock, loadMsal, () => Promise.resolve(client));
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
      serialize: () => writeStoredSignIn({ cache: client.serialize(), renewedAt }),
      [Symbol.dispose]() {
        isForgotten = true;
      },
    };
  }
}

function loadMsal() {
  return import('./msal-node.adapter.js');
}
