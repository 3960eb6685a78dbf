import type { Fence } from '@exact/host-contracts';
import type { InboxStoreHost } from '@exact/host-contracts/conformance';
import { StoresHarness } from './stores-harness.js';

/** All parts of the suite in one host: the test host's stores in a directory of their own. */
export interface ConformingPractice extends InboxStoreHost {
  /** What was granted last; 0 before. */
  readonly latestFence: () => Fence;
}

/** One process has the practice database, so that there is no other way in. */
export async function openPractice(): Promise<ConformingPractice> {
  const harness = await StoresHarness.open();
  const { inbox } = harness.stores;
  let latest = 0;
  return {
    inbox,
    inboxElsewhere: inbox,
    grantLease: async () => (latest = await harness.lease()),
    latestFence: () => latest,
    [Symbol.asyncDispose]: () => harness[Symbol.asyncDispose](),
  };
}
