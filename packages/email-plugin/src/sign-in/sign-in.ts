import type { Contract, Event, Failure, Fence } from '@exact/host-contracts';

/** Who signed in at Microsoft. Compare `objectId` + `tenantId`, never names (Microsoft: id-token-claims-reference). */
export interface SignedInAccount {
  /** MSAL's `oid.tid`. */
  readonly homeAccountId: string;
  readonly objectId: string;
  readonly tenantId: string;
  /** Sign-in name at the time; may change, and may differ from the mailbox's address. */
  readonly username: string;
  readonly displayName?: string | undefined;
}

/** What a request for an access token ends with. */
export type AccessTokenOutcome =
  | { readonly kind: 'token'; readonly accessToken: string; /** Epoch ms. */ readonly expiresAt: number }
  /** Only a person can go on: the sign-in has ended. */
  | { readonly kind: 'sign-in-required'; readonly failure: Failure }
  /** Transient, or not allowed now (the database is not genuine, the lease is lost): no reason to ask for a sign-in. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Gives access tokens for IMAP and SMTP of one signed-in account. */
export interface AccessTokens {
  readonly account: SignedInAccount;
  /**
   * A token that is good for two minutes at least. `renew`: don't hand out the cached one (a server has refused it).
   * A refresh that rotates the refresh token has stored it before this resolves.
   */
  accessToken(options?: { readonly renew?: boolean }): Promise<AccessTokenOutcome>;
}

/** A sign-in whose tokens live in memory only, until Finish stores them. Disposing forgets them. */
export interface SignInSession extends AccessTokens, Disposable {
  /** Opaque and random: all that a web page ever gets of the tokens. */
  readonly handle: string;
  readonly idToken: string;
  /** Scopes that were granted; fewer than asked when consent was partial. */
  readonly scopes: readonly string[];
  /** The token cache as the secret `token-cache` keeps it. */
  serialize(): string;
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly session: SignInSession }
  | { readonly kind: 'cancelled' }
  /** Another sign-in was begun while this one was open. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'timed-out' }
  /** Microsoft's page was not opened: this is in the way, each with its own remedy. One or more. */
  | { readonly kind: 'not-ready'; readonly obstacles: readonly Failure[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * How Microsoft is to ask. `pick`: the account picker, always, for the mailbox of this address; such a sign-in waits for an
 * administrator's approval where one is missing. `again`: that account and no other, with its password. `code`: whoever
 * types a code on Microsoft's page, on any device.
 */
export type SignInRequest =
  | { readonly kind: 'pick'; readonly address: string }
  | { readonly kind: 'again'; readonly account: SignedInAccount }
  | { readonly kind: 'code' };

/** A code to type on Microsoft's page (RFC 8628 section 3.2). */
export interface SignInCode {
  readonly code: string;
  /** Where it is typed. */
  readonly url: string;
  /** How long it is good for, milliseconds. */
  readonly lasts: number;
}

/** Where the person goes on. */
export type SignInWay =
  /** Microsoft's page. `opened`: whether the browser was opened on it; else only the link leads there. */
  { readonly kind: 'page'; readonly url: string; readonly opened: boolean } | ({ readonly kind: 'code' } & SignInCode);

/** What an administrator is to approve, so that people of the organisation can sign in. */
export interface ApprovalNeed {
  /** Opens Microsoft's page on which an administrator approves for the whole organisation. Holds no secret. */
  readonly link: string;
  /** The app's id at Microsoft. */
  readonly clientId: string;
  /** When it came out, epoch ms. */
  readonly at: number;
  /** Microsoft's name for the sign-in that it refused; `undefined` when only the user says that Microsoft's page asks for it. */
  readonly correlationId?: string;
}

/**
 * Who looks whether the approval is there. `at-microsoft`: a page of Microsoft's is open and may still come back;
 * `looking`: the waiting page in the browser, by itself; `by-hand`: the same, but a person has to sign in there;
 * `page-closed`: nobody.
 */
export type ApprovalWatch = 'at-microsoft' | 'looking' | 'by-hand' | 'page-closed';

/** Where a sign-in stands with the approval of an administrator. It ends with the sign-in, an hour after `need` at the latest. */
export interface Approval {
  /** After each change of the others. */
  readonly onDidChange: Event<void>;
  /** `undefined` while nobody has asked for an approval. */
  readonly need: ApprovalNeed | undefined;
  readonly watch: ApprovalWatch;
  /** When Microsoft last said that it is not approved yet: time of day where the practice is, `10:42`. */
  readonly lastLook: string | undefined;
  /** The waiting page, for the browser in which the person signed in. */
  readonly page: string;
  /** The user says that Microsoft's page asks for an approval. The sign-in goes on. */
  ask(): Promise<void>;
  /** The user says that the approval is there: looks at once, in the waiting page or, when that is closed, in a new one. */
  lookNow(): Promise<void>;
}

/** A sign-in under way. */
export interface SignInAttempt extends Disposable {
  /** As soon as it is known; `undefined` when the attempt ended before. Never rejects. */
  readonly way: Promise<SignInWay | undefined>;
  /** What the look at the connection found wrong but harmless, before Microsoft's page opens. Never rejects. */
  readonly warnings: Promise<readonly Failure[]>;
  /** Never rejects. */
  readonly outcome: Promise<SignInOutcome>;
  /** `undefined` when it does not wait for one. */
  readonly approval?: Approval | undefined;
  /** Ends it as `cancelled` within a second; does nothing when it has ended. */
  cancel(): void;
  /**
   * Cancels it and lets go of its address on this computer. Until then whoever finishes Microsoft's page too late, or a
   * second time, reads there that the sign-in has ended.
   */
  [Symbol.dispose](): void;
}

/**
 * The one place that owns tokens (msal-node, PKCE, system browser). A sign-in that nobody finishes ends after five minutes,
 * by code when its code runs out.
 */
export interface SignInBroker {
  /** Starts a sign-in. One at a time: an older one that is still open ends as `superseded`. Not on a database that is not genuine. */
  signIn(request: SignInRequest): SignInAttempt;
  /** The stored sign-in, for jobs: each rotated refresh token is written under `fence` before its access token is handed out. */
  stored(account: SignedInAccount, fence: Fence): AccessTokens;
  /**
   * The stored sign-in for a wizard that tests or counts without a new sign-in: read once, kept in memory, never written
   * (Microsoft does not end the old refresh token when it gives a new one, so that the job's stays good).
   */
  borrow(account: SignedInAccount): AccessTokens;
}

/** Code of the failure that a person should know of at once, although EXACT goes on trying. */
export const SIGN_IN_ENDS_SOON = 'sign-in.ends-soon';

/** The name of the secret that holds the token cache. */
export const TOKEN_CACHE_SECRET = 'token-cache';

export const SignInBroker = Symbol.for('exact.email-plugin.SignInBroker') as Contract<SignInBroker>;
