import type { Fence } from '@exact/host-contracts';
import type { DurableHost } from '@exact/host-contracts/conformance';
import type { FakeClock } from '../dist/src/host/fake-clock.js';
import { type ConformingStores, MemoryPractice } from './conformance-memory.js';
import { StoresHarness } from './stores-harness.js';

/** All parts of the suite in one host. */
export interface ConformingPractice extends DurableHost {
  readonly crash: () => Promise<ConformingPractice>;
  /** What was granted last; 0 before. */
  readonly latestFence: () => Fence;
}

/** The test host's stores, in a directory of their own. */
export async function openPractice(): Promise<ConformingPractice> {
  const harness = await StoresHarness.open();
  return conforming({
    stores: () => harness.stores,
    clock: harness.clock,
    restart: async () => {
      await harness.close();
      await harness.reopen();
    },
    end: () => harness[Symbol.asyncDispose](),
  });
}

/** The same stores in memory. */
export function openPracticeInMemory(): Promise<ConformingPractice> {
  const practice = new MemoryPractice();
  const whole = conforming({
    stores: () => practice.stores,
    clock: practice.clock,
    restart: () => {
      practice.restart();
      return Promise.resolve();
    },
    end: () => {
      practice[Symbol.dispose]();
      return Promise.resolve();
    },
  });
  return Promise.resolve(whole);
}

interface OpenStores {
  readonly stores: () => ConformingStores;
  readonly clock: FakeClock;
  readonly restart: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** One process has the practice database, so that there is no other way in. */
function conforming(open: OpenStores): ConformingPractice {
  const { inbox, outbox, configuration, leases, prompts, audit } = open.stores();
  let latest = 0;
  return {
    inbox,
    inboxElsewhere: inbox,
    outbox,
    outboxElsewhere: outbox,
    configuration,
    configurationElsewhere: configuration,
    grantLease: async () => {
      const outcome = await leases.acquire('server', 90_000);
      if (outcome.kind === 'held') throw new Error('Somebody else has the lease');
      return (latest = outcome.fence);
    },
    latestFence: () => latest,
    letPass: (milliseconds) => open.clock.advance(milliseconds),
    pendingPrompts: () => prompts.pending(),
    auditEntries: () => audit.list(),
    crash: async () => {
      await open.restart();
      return conforming(open);
    },
    [Symbol.asyncDispose]: open.end,
  };
}
