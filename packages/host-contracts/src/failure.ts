/** Who can put it right. `nobody` = it passes by itself. */
export type FixedBy = 'user' | 'admin' | 'microsoft' | 'vendor' | 'nobody';

/**
 * Whether and when the same thing is tried again without a person.
 * - `never`: not before something was changed.
 * - `after-sign-in`: a person has to sign in first.
 * - `backoff`: by itself, later; `at` (epoch ms) when the server said when.
 */
export type Retry =
  { readonly kind: 'never' } | { readonly kind: 'after-sign-in' } | { readonly kind: 'backoff'; readonly at?: number };

/**
 * What went wrong, as data, so that every host draws the same card: what happened, who fixes it, what to press.
 * It never holds a token, a password or anything of a patient.
 */
export interface Failure {
  /** Stable, for programs and support: `AADSTS50126`, `5.7.60`, `imap.not-connected`, `network.timeout`. */
  readonly code: string;
  /** One plain sentence for practice staff: what happened. */
  readonly sentence: string;
  readonly fixedBy: FixedBy;
  /** One or two plain sentences: what to do or press. Empty when there is nothing to do. */
  readonly advice: string;
  readonly retry: Retry;
  /** The server's own words, shown only under "Details". */
  readonly details?: string;
}

/** A thrown failure: for code that can't return one. `cause` keeps what was thrown below. */
export class FailureError extends Error {
  override readonly name = 'FailureError';

  constructor(
    readonly failure: Failure,
    options?: { readonly cause?: unknown },
  ) {
    super(`${failure.code}: ${failure.sentence}`, options);
  }
}
