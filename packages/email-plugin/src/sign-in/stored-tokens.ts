import {
  FailureError,
  type Clock,
  type Configuration,
  type Failure,
  type HostInformation,
} from '@exact/host-contracts';
import type { MsalClient, TokenCacheStorage } from './msal-node.adapter.js';
import { endsSoon, leaseLost, noStoredSignIn, notGenuineDatabase } from './sign-in-failures.js';
import { TOKEN_CACHE_SECRET, type AccessTokenOutcome, type AccessTokens, type SignedInAccount } from './sign-in.js';
import { readStoredSignIn, writeStoredSignIn } from './stored-sign-in.js';

type Msal = typeof import('./msal-node.adapter.js');
type TokenClient = Pick<MsalClient, 'accessToken'>;

const DAY_MS = 24 * 60 * 60_000;
/** Without use; each use begins it anew. https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens */
const LIFETIME_MS = 90 * DAY_MS;
/** So long before its end somebody is told. */
const WARNED_BEFORE_MS = 7 * DAY_MS;

/** A cache that can't be read is kept for support, out of the way. */
const UNREADABLE_SECRET = `${TOKEN_CACHE_SECRET}.unreadable`;

/** Tokens of one account behind an MSAL client that is made when they are first asked for. */
export class ClientTokens implements AccessTokens {
  private client: Promise<TokenClient> | undefined;

  constructor(
    readonly account: SignedInAccount,
    private readonly host: HostInformation,
    private readonly clock: Clock,
    private readonly loadMsal: () => Promise<Msal>,
    private readonly makeClient: () => Promise<TokenClient>,
    /** When Microsoft last renewed it, epoch ms; `undefined` = not known, or it lives in memory only. */
    private readonly renewedAt: () => number | undefined = () => undefined,
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
        return { kind: 'failed', failure: this.endingSoon(signInUnreachable(judgement.words, now), now) };
    }
  }

  /** The same failure, or that the sign-in ends before long because of it. */
  private endingSoon(failure: Failure, now: number): Failure {
    const renewedAt = this.renewedAt();
    if (renewedAt === undefined || now < renewedAt + LIFETIME_MS - WARNED_BEFORE_MS) return failure;
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: this.clock.timeZone() });
    return endsSoon(this.account.username, day.format(renewedAt + LIFETIME_MS), failure);
  }
}

/**
 * The stored token cache. With a fence each change is written under it before its token is handed out; without one
 * (`borrow`) nothing is ever written.
 */
export class StoredCache implements TokenCacheStorage {
  /** When Microsoft last gave a refresh token, epoch ms, as far as it is known. */
  renewedAt: number | undefined;

  constructor(
    private readonly configuration: Configuration,
    private readonly fence: number | undefined,
    private readonly clock: Clock,
  ) {}

  async load(): Promise<string | undefined> {
    const secret = await readSecret(this.configuration);
    if (secret === undefined) return undefined;
    const stored = readStoredSignIn(secret);
    if (stored) {
      this.renewedAt = stored.renewedAt;
      return stored.cache;
    }
    if (this.fence !== undefined) await this.configuration.writeSecret(UNREADABLE_SECRET, secret, this.fence);
    throw new FailureError(noStoredSignIn());
  }

  async save(cache: string): Promise<void> {
    if (this.fence === undefined) return;
    const renewedAt = this.clock.now();
    const secret = writeStoredSignIn({ cache, renewedAt });
    const outcome = await this.configuration.writeSecret(TOKEN_CACHE_SECRET, secret, this.fence);
    if (outcome.kind === 'refused') throw new FailureError(leaseLost());
    this.renewedAt = renewedAt;
  }
}

async function readSecret(configuration: Configuration): Promise<string | undefined> {
  try {
    return await configuration.readSecret(TOKEN_CACHE_SECRET);
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'secret.unreadable') {
      throw new FailureError(noStoredSignIn(), { cause: error });
    }
    throw error;
  }
}
