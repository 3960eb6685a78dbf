import type { Fence } from '@exact/host-contracts';
import type { InboxStoreHost, OutboxStoreHost } from '@exact/host-contracts/conformance';
import type { FakeClock } from '../dist/src/host/fake-clock.js';
import { type ConformingStores, MemoryPractice } from './conformance-memory.js';
import { StoresHarness } from './stores-harness.js';

/** All parts of the suite in one host. */
export interface ConformingPractice extends InboxStoreHost, OutboxStoreHost {
  /** What was granted last; 0 before. */
  readonly latestFence: () => Fence;
}

/** The test host's stores, in a directory of their own. */
export async function openPractice(): Promise<ConformingPractice> {
  const harness = await StoresHarness.open();
  return conforming({
    stores: harness.stores,
    clock: harness.clock,
    end: () => harness[Symbol.asyncDispose](),
  });
}

/** The same stores in memory. */
export function openPracticeInMemory(): Promise<ConformingPractice> {
  const practice = new MemoryPractice();
  return Promise.resolve(
    conforming({
      stores: practice.stores,
      clock: practice.clock,
      end: () => {
        practice[Symbol.dispose]();
        return Promise.resolve();
      },
    }),
  );
}

interface OpenStores {
  readonly stores: ConformingStores;
  readonly clock: FakeClock;
  readonly end: () => Promise<void>;
}

/** One process has the practice database, so that there is no other way in. */
function conforming({ stores, clock, end }: OpenStores): ConformingPractice {
  const { inbox, outbox, configuration } = stores;
  let latest = 0;
  return {
    inbox,
    inboxElsewhere: inbox,
    outbox,
    outboxElsewhere: outbox,
    configuration,
    grantLease: async () => {
      const outcome = await stores.leases.acquire('server', 90_000);
      if (outcome.kind === 'held') throw new Error('Somebody else has the lease');
      return (latest = outcome.fence);
    },
    latestFence: () => latest,
    letPass: (milliseconds) => clock.advance(milliseconds),
    [Symbol.asyncDispose]: end,
  };
}
