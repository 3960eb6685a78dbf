import type {
  AuthenticationResult,
  Configuration,
  INetworkModule,
  NetworkRequestOptions,
  NetworkResponse,
} from '@azure/msal-node';
import { checkCodePage } from './authority-metadata.js';
import { msal } from './msal.adapter.js';
import type { SignInCode } from './sign-in.js';

/** Microsoft's, for a server that names none (RFC 8628 section 3.2). Milliseconds. */
const INTERVAL_MS = 5000;
/** RFC 8628 section 3.5. */
const SLOWER_BY_MS = 5000;
/** A network that stays away is asked no less often than this, milliseconds. */
const SLOWEST_MS = 60_000;

/** What goes on while a person types the code somewhere. */
export interface CodeSteps {
  /** Called once, with what the person needs. */
  show(code: SignInCode): void;
  /** Waits by the host's clock. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Ends it at once, wherever it stands. */
  readonly signal: AbortSignal;
}

/**
 * Signs in by a code that a person types on Microsoft's page, on any device (RFC 8628).
 *
 * @returns who signed in, with MSAL's token cache as text
 * @throws AuthError of MSAL's, FailureError `sign-in.foreign-authority`
 */
export async function acquireByCode(
  configuration: Configuration,
  network: INetworkModule,
  scopes: readonly string[],
  steps: CodeSteps,
): Promise<{ readonly result: AuthenticationResult; readonly cache: string }> {
  const networkClient = new DeviceCodeNetwork(network, steps);
  const system = { ...configuration.system, networkClient };
  const application = new msal.PublicClientApplication({ ...configuration, system });
  const result = await application.acquireTokenByDeviceCode({
    scopes: [...scopes],
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) => {
      checkCodePage(verificationUri);
      steps.show({ code: userCode, url: verificationUri, lasts: expiresIn * 1000 });
    },
  });
  if (!result) throw new TypeError('MSAL ended a sign-in by code without an answer');
  return { result, cache: application.getTokenCache().serialize() };
}

interface DeviceReply {
  readonly error?: string;
  readonly error_description?: string;
  readonly suberror?: string;
  /** Seconds. */
  readonly interval?: number;
}

/**
 * Does what MSAL's polling leaves out: it waits by the host's clock and can be ended in between, asks less often when
 * Microsoft says so or the network fails (RFC 8628 section 3.5), and keeps Microsoft's words when it is refused.
 */
class DeviceCodeNetwork implements INetworkModule {
  /** Between two questions, milliseconds; `undefined` before there is a code. */
  private interval: number | undefined;

  constructor(
    private readonly network: INetworkModule,
    private readonly steps: CodeSteps,
  ) {}

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions, timeout?: number): Promise<NetworkResponse<T>> {
    return this.network.sendGetRequestAsync(url, options, timeout);
  }

  async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const { interval, steps } = this;
    if (interval === undefined) return this.askForCode<T>(url, options);
    await steps.sleep(interval, steps.signal);
    try {
      const answer = await this.network.sendPostRequestAsync<T & DeviceReply>(url, options);
      if (answer.body.error === 'slow_down') return this.pending(interval + SLOWER_BY_MS);
      if (answer.status === 429 || answer.status >= 500) return this.later(interval);
      if (answer.body.error !== 'authorization_pending') refuseAsTold(answer.body);
      return answer;
    } catch (error) {
      if (error instanceof msal.ServerError || !(error instanceof msal.AuthError)) throw error;
      return this.later(interval);
    }
  }

  private async askForCode<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const answer = await this.network.sendPostRequestAsync<T & DeviceReply>(url, options);
    this.steps.signal.throwIfAborted();
    refuseAsTold(answer.body);
    const { interval } = answer.body;
    this.interval = interval === undefined ? INTERVAL_MS : interval * 1000;
    // MSAL's own waiting could not be ended.
    return { ...answer, body: { ...answer.body, interval: 0 } };
  }

  private later<T>(interval: number): NetworkResponse<T> {
    return this.pending(Math.min(interval * 2, SLOWEST_MS));
  }

  private pending<T>(nextInterval: number): NetworkResponse<T> {
    this.interval = nextInterval;
    return { status: 400, headers: {}, body: { error: 'authorization_pending' } as T };
  }
}

/** MSAL would tell no more than the OAuth `error`, and of a code that was not given out nothing at all. */
function refuseAsTold({ error, error_description: description, suberror }: DeviceReply): void {
  if (error !== undefined) throw new msal.ServerError(error, '', description, suberror);
}
