import { FailureError, type Clock, type Configuration, type HostInformation } from '@exact/host-contracts';
import type { MsalClient, TokenCacheStorage } from './msal-node.adapter.js';
import { leaseLost, noStoredSignIn, notGenuineDatabase } from './sign-in-failures.js';
import { TOKEN_CACHE_SECRET, type AccessTokenOutcome, type AccessTokens, type SignedInAccount } from './sign-in.js';

type Msal = typeof import('./msal-node.adapter.js');

/** A cache that can't be read is kept for support, out of the way. */
const UNREADABLE_SECRET = `${TOKEN_CACHE_SECRET}.unreadable`;

/** Tokens of one account behind an MSAL client that is made when they are first asked for. */
export class ClientTokens implements AccessTokens {
  private client: Promise<MsalClient> | undefined;

  constructor(
    readonly account: SignedInAccount,
    private readonly host: HostInformation,
    private readonly clock: Clock,
    private readonly loadMsal: () => Promise<Msal>,
    private readonly makeClient: () => Promise<MsalClient>,
  ) {}

  async accessToken({ renew = false } = {}): Promise<AccessTokenOutcome> {
    const { genuineness } = await this.host.database();
    if (!genuineness.genuine) return { kind: 'failed', failure: notGenuineDatabase(genuineness.reason) };
    try {
      this.client ??= this.makeClient();
      const tokens = await (await this.client).accessToken(this.account.homeAccountId, renew);
      if (!tokens) return { kind: 'sign-in-required', failure: noStoredSignIn() };
      return { kind: 'token', accessToken: tokens.accessToken, expiresAt: tokens.expiresAt };
    } catch (error) {
      // What was not stored must not be used: the next request starts from what is stored.
      this.client = undefined;
      return this.explain(error);
    }
  }

  private async explain(error: unknown): Promise<AccessTokenOutcome> {
    if (error instanceof FailureError) {
      const { failure } = error;
      return { kind: failure.retry.kind === 'after-sign-in' ? 'sign-in-required' : 'failed', failure };
    }
    const [{ judgeMsalError }, { signInEnded, signInUnreachable, renewalRefused }] = await Promise.all([
      this.loadMsal(),
      import('./microsoft-failures.js'),
    ]);
    const judgement = judgeMsalError(error);
    const now = this.clock.now();
    switch (judgement.kind) {
      case 'sign-in-required':
        return { kind: 'sign-in-required', failure: signInEnded(judgement.words) };
      case 'cancelled':
      case 'timed-out':
        return { kind: 'failed', failure: signInUnreachable('cancelled', now) };
      case 'refused':
        return { kind: 'failed', failure: renewalRefused(judgement.words, now) };
      case 'transient':
        return { kind: 'failed', failure: signInUnreachable(judgement.words, now) };
    }
  }
}

/**
 * The stored token cache. With a fence each change is written under it before its token is handed out; without one
 * (`borrow`) nothing is ever written.
 */
export function storedCache(configuration: Configuration, fence: number | undefined): TokenCacheStorage {
  return {
    async load() {
      const cache = await readCache(configuration);
      if (cache === undefined || isJson(cache)) return cache;
      if (fence !== undefined) await configuration.writeSecret(UNREADABLE_SECRET, cache, fence);
      throw new FailureError(noStoredSignIn());
    },
    async save(cache) {
      if (fence === undefined) return;
      const outcome = await configuration.writeSecret(TOKEN_CACHE_SECRET, cache, fence);
      if (outcome.kind === 'refused') throw new FailureError(leaseLost());
    },
  };
}

async function readCache(configuration: Configuration): Promise<string | undefined> {
  try {
    return await configuration.readSecret(TOKEN_CACHE_SECRET);
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'secret.unreadable') {
      throw new FailureError(noStoredSignIn(), { cause: error });
    }
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
