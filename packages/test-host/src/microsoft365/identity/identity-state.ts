import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { SigningKey } from './signing-key.js';

/** Where the identity provider keeps what must outlive it: one text, replaced as a whole. */
export interface IdentityStateStore {
  /** The text saved last; `undefined` when nothing was ever saved. */
  load(): Promise<string | undefined>;
  /** Resolves when the text is durable. Never called again before it has settled. */
  save(state: string): Promise<void>;
}

/** Keeps nothing beyond the process. */
export function inMemoryIdentityStateStore(): IdentityStateStore {
  let kept: string | undefined;
  return {
    load: () => Promise.resolve(kept),
    save: (state) => {
      kept = state;
      return Promise.resolve();
    },
  };
}

const storedRecord = z.object({
  payload: z.record(z.string(), z.unknown()),
  /** The sign-in that it came from was revoked. Kept, because a revoked refresh token is refused in words of its own. */
  revoked: z.boolean(),
});

const content = z.object({
  version: z.literal(1),
  signingKey: z.record(z.string(), z.unknown()),
  cookieSecret: z.string(),
  /** Object id of an account → what it consented to. */
  consents: z.record(z.string(), z.object({ grantId: z.string(), scopes: z.array(z.string()) })),
  /** Directory id of an organisation → what an administrator approved for all its people. */
  approvals: z.record(z.string(), z.array(z.string())).default({}),
  /** Object id of an account → how often its sign-ins were revoked, and how often its access tokens with them. */
  revocations: z.record(z.string(), z.object({ signIns: z.number(), accessTokens: z.number() })),
  /** `<kind>:<id>` → a record of the authorization server that outlives it. */
  records: z.record(z.string(), storedRecord),
});

export type StoredRecord = z.infer<typeof storedRecord>;
/** `grantId`: the record of it in the authorization server. */
export type Consent = Content['consents'][string];
type Content = z.infer<typeof content>;

/** What the identity provider remembers across restarts. Changes count once `save` has resolved. */
export class IdentityState {
  #saving: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  private constructor(
    private readonly store: IdentityStateStore,
    private readonly content: Content,
    readonly signingKey: SigningKey,
  ) {}

  /** @throws Error when what the store holds is not a state of this version */
  static async open(store: IdentityStateStore): Promise<IdentityState> {
    const saved = await store.load();
    if (saved === undefined) {
      const signingKey = SigningKey.generate();
      const state = new IdentityState(store, emptyContent(signingKey), signingKey);
      await state.save();
      return state;
    }
    try {
      const read = content.parse(JSON.parse(saved));
      return new IdentityState(store, read, SigningKey.fromJwk(read.signingKey));
    } catch (cause) {
      throw new Error("The identity provider can't read its saved state", { cause });
    }
  }

  get cookieSecret(): string {
    return this.content.cookieSecret;
  }

  get records(): Record<string, StoredRecord> {
    return this.content.records;
  }

  get consents(): Record<string, Consent> {
    return this.content.consents;
  }

  /** Whether the person, or an administrator for all of the organisation, has allowed all these scopes. */
  allows({ oid, tid }: { readonly oid: string; readonly tid: string }, scopes: readonly string[]): boolean {
    const allowed = new Set([...(this.content.consents[oid]?.scopes ?? []), ...(this.content.approvals[tid] ?? [])]);
    return scopes.every((scope) => allowed.has(scope));
  }

  /** An administrator allows the scopes for everybody of the organisation. */
  approve(tid: string, scopes: readonly string[]): void {
    this.content.approvals[tid] = [...new Set([...(this.content.approvals[tid] ?? []), ...scopes])];
  }

  /** Nobody has allowed anything any more. Who is signed in stays so. */
  withdrawConsents(): void {
    this.content.consents = {};
    this.content.approvals = {};
  }

  signInRevocationsOf(oid: string): number {
    return this.content.revocations[oid]?.signIns ?? 0;
  }

  accessTokenRevocationsOf(oid: string): number {
    return this.content.revocations[oid]?.accessTokens ?? 0;
  }

  /** Ends access tokens before their hour is over; the sign-ins go on. Saves. */
  endAccessTokens(accounts: readonly { readonly oid: string }[]): Promise<void> {
    for (const { oid } of accounts) {
      const accessTokens = this.accessTokenRevocationsOf(oid) + 1;
      this.content.revocations[oid] = { signIns: this.signInRevocationsOf(oid), accessTokens };
    }
    return this.save();
  }

  /** Ends every sign-in of the account: its refresh tokens and what browsers remember of it. Consent stays. */
  revoke(oid: string, also: { readonly accessTokens: boolean }): void {
    this.content.revocations[oid] = {
      signIns: this.signInRevocationsOf(oid) + 1,
      accessTokens: this.accessTokenRevocationsOf(oid) + (also.accessTokens ? 1 : 0),
    };
    for (const record of Object.values(this.content.records)) {
      if (record.payload['accountId'] === oid) record.revoked = true;
    }
  }

  /** Resolves when no save is under way any more, whether it succeeded or not. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#waiting, this.#saving]);
  }

  /** Changes made while a save is under way go into one further save. */
  save(): Promise<void> {
    this.#waiting ??= this.#saving
      .catch(() => undefined) // Told to whoever asked for that save.
      .then(() => {
        this.#waiting = undefined;
        this.#saving = this.store.save(JSON.stringify(this.content));
        return this.#saving;
      });
    return this.#waiting;
  }
}

function emptyContent(signingKey: SigningKey): Content {
  return {
    version: 1,
    signingKey: { ...signingKey.jwk },
    cookieSecret: randomBytes(32).toString('base64url'),
    consents: {},
    approvals: {},
    revocations: {},
    records: {},
  };
}
