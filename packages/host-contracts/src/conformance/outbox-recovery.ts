import type { Fence } from '../contributions/job.js';
import { expectData, present } from './expect.js';
import type { OutboxStoreHost } from './outbox-store.js';
import { begin, claim, connect, oneOfEach, statesOf } from './outbox-walk.js';
import { ACCOUNT, enqueue, FAILURE, LATER } from './samples.js';
import type { HostPromises } from './suite.js';

const HELD = { ...FAILURE, code: 'conformance.held' };
const IN_DOUBT = { ...FAILURE, code: 'conformance.in-doubt' };

function recovery(fence: Fence, heldBefore = 0) {
  return { account: ACCOUNT.key, fence, heldBefore, heldFailure: HELD, uncertainFailure: IN_DOUBT };
}

export const RECOVERY: HostPromises<OutboxStoreHost> = {
  'a lease that ends before a submission puts the email back': async (host) => {
    const ended = await connect(host);
    const id = await enqueue(host.outbox);
    await claim(host.outbox, ended);
    const outcome = await host.outbox.recover(recovery(await host.grantLease()));
    expectData('The outcome', outcome, { kind: 'done' });
    expectData('The email', await host.outbox.read(id), { state: 'queued', attempts: 0 });
  },

  'a lease that ends in a submission leaves the email uncertain, with the reason': async (host) => {
    const id = await begin(host.outbox, await connect(host));
    await host.outbox.recover(recovery(await host.grantLease()));
    expectData('The email', await host.outbox.read(id), { state: 'uncertain', failure: IN_DOUBT });
  },

  'what waits for too long is held with the reason, what is younger or was to leave later is not': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const asked = await enqueue(outbox, { notBefore: LATER });
    const old = await enqueue(outbox);
    await host.letPass(10);
    const young = await enqueue(outbox);
    const { queuedAt } = present(await outbox.read(young), 'The email');
    await outbox.recover(recovery(fence, queuedAt));
    expectData('The old email', await outbox.read(old), { state: 'held', failure: HELD });
    expectData('The young email', await outbox.read(young), { state: 'queued' });
    expectData('The email that was to leave later', await outbox.read(asked), { state: 'queued' });
  },

  'what a person released is not held again': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const id = await enqueue(outbox);
    const { queuedAt } = present(await outbox.read(id), 'The email');
    await outbox.recover(recovery(fence, queuedAt + 1));
    expectData('The email', await outbox.read(id), { state: 'held' });
    await host.letPass(10);
    await outbox.release([id]);
    await outbox.recover(recovery(fence, queuedAt + 1));
    expectData('The released email', await outbox.read(id), { state: 'queued' });
    expectData('The email that leaves', await outbox.claim({ account: ACCOUNT.key, fence, now: LATER }), { id });
  },

  'a run with a stale fence recovers nothing': async (host) => {
    const ended = await connect(host);
    const id = await begin(host.outbox, ended);
    await host.grantLease();
    const outcome = await host.outbox.recover(recovery(ended));
    expectData('The outcome', outcome, { kind: 'refused', reason: 'stale-fence' });
    expectData('The email', await host.outbox.read(id), { state: 'submitting' });
  },

  'what has ended or waits for a person stays as it is when a run begins': async (host) => {
    const ids = await oneOfEach(host.outbox, await connect(host));
    await host.outbox.recover(recovery(await host.grantLease()));
    expectData('The states', await statesOf(host.outbox, ids), { sent: 'sent', failed: 'failed', stopped: 'stopped' });
  },
};
