import type { Failure } from '@exact/host-contracts';

/** What the look before a sign-in found. */
export interface Readiness {
  /** What makes a sign-in pointless, each with its own remedy; the most basic first. Empty = it may begin. */
  readonly obstacles: readonly Failure[];
  /** What is wrong but harmless. */
  readonly warnings: readonly Failure[];
}
