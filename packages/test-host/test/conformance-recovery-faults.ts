import type { OutboxStore } from '@exact/host-contracts';
import { type Fault, faulty } from './conformance-faults.js';

type Recovery = Parameters<OutboxStore['recover']>[0];

/** The account that the suite sets up. */
export const ACCOUNT_OF_THE_SUITE = 'conformance:reception@practice.example';

/** A recovery that does something before. */
function recovering(before: (real: OutboxStore, request: Recovery) => Promise<Recovery>): Fault['plant'] {
  return faulty('outbox', (real) => ({ recover: async (request) => real.recover(await before(real, request)) }));
}

async function idsOf(outbox: OutboxStore, state: string): Promise<readonly number[]> {
  const { rows } = await outbox.list({ view: 'outbox', offset: 0, limit: 500 });
  return rows.filter((row) => row.state === state).map(({ id }) => id);
}

const FORGETS_WHAT_WAS_CLAIMED: Fault['plant'] = faulty('outbox', (real) => ({
  recover: async (request) => {
    const claimed = await idsOf(real, 'claimed');
    const outcome = await real.recover(request);
    const { account, fence } = request;
    if (claimed.length > 0) await real.claim({ account, fence, now: Number.MAX_SAFE_INTEGER });
    return outcome;
  },
}));

const FORGETS_WHO_RELEASED: Fault['plant'] = faulty('outbox', (real) => {
  let isReleased = false;
  return {
    release: (ids) => {
      isReleased = true;
      return real.release(ids);
    },
    recover: (request) =>
      real.recover({ ...request, heldBefore: isReleased ? request.heldBefore + 60_000 : request.heldBefore }),
  };
});

/** What a store may do wrong when a run begins, one for each promise about it. */
export const RECOVERY_FAULTS: readonly Fault[] = [
  {
    fault: 'forgets what an ended lease had claimed',
    plant: FORGETS_WHAT_WAS_CLAIMED,
    breaks: 'a lease that ends before a submission puts the email back',
  },
  {
    fault: 'puts back what an ended lease was submitting',
    plant: recovering(async (real, request) => {
      for (const id of await idsOf(real, 'submitting')) {
        await real.settle(id, request.fence, { kind: 'again', notBefore: 0 });
      }
      return request;
    }),
    breaks: 'a lease that ends in a submission leaves the email uncertain, with the reason',
  },
  {
    fault: 'holds what is just young enough',
    plant: recovering((_real, request) => Promise.resolve({ ...request, heldBefore: request.heldBefore + 1 })),
    breaks: 'what waits for too long is held with the reason, what is younger or was to leave later is not',
  },
  {
    fault: 'forgets what a person released',
    plant: FORGETS_WHO_RELEASED,
    breaks: 'what a person released is not held again',
  },
  {
    fault: 'recovers for a stale run',
    plant: faulty('outbox', (real, { latestFence }) => ({
      recover: (request) => real.recover({ ...request, fence: latestFence() }),
    })),
    breaks: 'a run with a stale fence recovers nothing',
  },
  {
    fault: 'resets what has failed when a run begins',
    plant: recovering(async (real, request) => {
      await real.reset(await idsOf(real, 'failed'));
      return request;
    }),
    breaks: 'what has ended or waits for a person stays as it is when a run begins',
  },
];
