import type { Microsoft365Clock } from '../clock.js';
import type { IdentityState } from './identity-state.js';

export type Payload = Record<string, unknown>;

/** The storage that the authorization server asks for, one for each kind of record. */
export interface RecordStorage {
  upsert(id: string, payload: Payload): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUid(uid: string): Promise<undefined>;
  findByUserCode(userCode: string): Promise<Payload | undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
}

/** `issuedAt` in epoch milliseconds. */
export interface KnownRefreshToken {
  readonly issuedAt: number;
  readonly expired: boolean;
  readonly revoked: boolean;
}

/** Kinds that outlive the process: without them a practice that connected yesterday would have to sign in again. */
const DURABLE_KINDS = new Set(['Grant', 'RefreshToken']);

/** Who is signed in to a browser is known by `BrowserAccounts`; the authorization server's own session would compete. */
const FORGOTTEN_KINDS = new Set(['Session']);

/** How long an expired record is kept, so that it can still be refused as expired and not as unknown: 90 days. */
const KEPT_AFTER_EXPIRY_SECONDS = 90 * 24 * 60 * 60;

/**
 * The records of the authorization server. That library reads the process's time; here the times of every record are
 * moved to the given clock when written and back when read, so that everything ends by the given clock.
 */
export class AuthorizationRecords {
  readonly #passing: Record<string, { payload: Payload; revoked: boolean }> = {};

  constructor(
    private readonly state: IdentityState,
    private readonly clock: Microsoft365Clock,
  ) {}

  /** A refresh token as it is by the given clock; `undefined` for one that was never given out. */
  refreshToken(token: string): KnownRefreshToken | undefined {
    const record = this.state.records[`RefreshToken:${token}`];
    if (record === undefined) return undefined;
    const { iat, exp } = record.payload;
    if (typeof iat !== 'number' || typeof exp !== 'number') throw new Error('A refresh token without its times');
    return { issuedAt: iat * 1000, expired: exp * 1000 <= this.clock.now(), revoked: record.revoked };
  }

  /** All that were given out and not taken back. */
  refreshTokens(): ReadonlySet<string> {
    const prefix = 'RefreshToken:';
    const keys = Object.keys(this.state.records).filter((key) => key.startsWith(prefix));
    return new Set(keys.map((key) => key.slice(prefix.length)));
  }

  storageOf(kind: string): RecordStorage {
    if (FORGOTTEN_KINDS.has(kind)) return forgetfulStorage;
    const records = this.#recordsOf(kind);
    const settle = () => (DURABLE_KINDS.has(kind) ? this.state.save() : Promise.resolve());
    const key = (id: string) => `${kind}:${id}`;
    return {
      ...forgetfulStorage,
      upsert: (id, payload) => {
        this.#dropOld(records);
        records[key(id)] = { payload: moved(payload, this.#ahead()), revoked: records[key(id)]?.revoked ?? false };
        return settle();
      },
      find: (id) => Promise.resolve(this.#asNow(records[key(id)])),
      findByUserCode: (userCode) => {
        const all = Object.entries(records).filter(([each]) => each.startsWith(`${kind}:`));
        return Promise.resolve(this.#asNow(all.find(([, { payload }]) => payload['userCode'] === userCode)?.[1]));
      },
      consume: (id) => {
        // Microsoft hands out a new refresh token at each use and leaves the old one valid.
        if (kind === 'RefreshToken') return Promise.resolve();
        const record = records[key(id)];
        if (record !== undefined) record.payload['consumed'] = Math.floor(this.clock.now() / 1000);
        return settle();
      },
      destroy: (id) => {
        Reflect.deleteProperty(records, key(id));
        return settle();
      },
    };
  }

  #asNow(record: { readonly payload: Payload } | undefined): Payload | undefined {
    return record === undefined ? undefined : moved(record.payload, -this.#ahead());
  }

  #recordsOf(kind: string) {
    return DURABLE_KINDS.has(kind) ? this.state.records : this.#passing;
  }

  /** Seconds by which the given clock is ahead of the process's. */
  #ahead(): number {
    return Math.round((this.clock.now() - Date.now()) / 1000);
  }

  #dropOld(records: Record<string, { payload: Payload }>): void {
    const oldest = this.clock.now() / 1000 - KEPT_AFTER_EXPIRY_SECONDS;
    for (const [key, { payload }] of Object.entries(records)) {
      if (typeof payload['exp'] === 'number' && payload['exp'] < oldest) Reflect.deleteProperty(records, key);
    }
  }
}

const forgetfulStorage: RecordStorage = {
  upsert: () => Promise.resolve(),
  find: () => Promise.resolve(undefined),
  findByUid: () => Promise.resolve(undefined),
  findByUserCode: () => Promise.resolve(undefined),
  consume: () => Promise.resolve(),
  destroy: () => Promise.resolve(),
  // Only a refresh token or code used twice leads here, and Microsoft ends no grant for that.
  revokeByGrantId: () => Promise.resolve(),
};

function moved(payload: Payload, seconds: number): Payload {
  const copy = structuredClone(payload);
  for (const name of ['iat', 'exp']) {
    const value = copy[name];
    if (typeof value === 'number') copy[name] = value + seconds;
  }
  return copy;
}
