import type { Fence } from '../contributions/job.js';

/** A host whose jobs can hold a lease. */
export interface LeasingHost extends AsyncDisposable {
  /**
   * Grants the practice's lease to a new run, as when another server took it over: resolves with its fence, from which on
   * all that were granted before are stale.
   */
  readonly grantLease: () => Promise<Fence>;
}

/** A host whose time can go on. */
export interface TimedHost extends AsyncDisposable {
  /** Lets so many milliseconds of the host's clock pass: by moving it, or by waiting. The suite asks for 50 at most. */
  readonly letPass: (milliseconds: number) => Promise<void>;
}
