import { expectData } from './expect.js';
import type { OutboxStoreHost } from './outbox-store.js';
import {
  accepted,
  ALICE,
  begin,
  BOB,
  connect,
  MESSAGE,
  oneOfEach,
  refused,
  settled,
  statesOf,
  TO_BOTH,
  UNCHANGED,
} from './outbox-walk.js';
import { ACCOUNT, ARRIVAL, enqueue, LATER, newEmail, OTHER_ACCOUNT } from './samples.js';
import type { HostPromises } from './suite.js';

export const OUTBOX_SCREEN: HostPromises<OutboxStoreHost> = {
  'who resets a failed email sends it only to the recipients that did not get it': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const id = await begin(outbox, fence, newEmail(TO_BOTH));
    await outbox.settle(id, fence, settled(accepted(ALICE), refused(BOB)));
    await outbox.reset([id]);
    const recipients = [accepted(ALICE), { address: BOB, outcome: 'pending' }];
    const again = await outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    expectData('The email claimed again', again, { id, recipients });
  },

  'a recipient who accepted once has it, whatever a later attempt says': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const id = await begin(outbox, fence, newEmail(TO_BOTH));
    await outbox.settle(id, fence, settled(accepted(ALICE), refused(BOB)));
    await outbox.reset([id]);
    await outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    await outbox.submitting(id, fence, MESSAGE);
    await outbox.settle(id, fence, settled(refused(ALICE), accepted(BOB)));
    const recipients = [accepted(ALICE), accepted(BOB)];
    expectData('The email', await outbox.read(id), { state: 'sent', recipients });
  },

  'releasing changes what is held and nothing else': async (host) => {
    const ids = await oneOfEach(host.outbox, await connect(host));
    await host.outbox.release([...ids.values()]);
    expectData('The states', await statesOf(host.outbox, ids), { ...UNCHANGED, held: 'queued' });
  },

  'resetting changes what has failed and nothing else': async (host) => {
    const ids = await oneOfEach(host.outbox, await connect(host));
    await host.outbox.reset([...ids.values()]);
    expectData('The states', await statesOf(host.outbox, ids), { ...UNCHANGED, failed: 'queued' });
  },

  'stopping changes what has not left and nothing else': async (host) => {
    const ids = await oneOfEach(host.outbox, await connect(host));
    await host.outbox.stop([...ids.values()]);
    const stopped = { ...UNCHANGED, queued: 'stopped', held: 'stopped' };
    expectData('The states', await statesOf(host.outbox, ids), stopped);
  },

  'a person decides that an uncertain email arrived, and decides about nothing else': async (host) => {
    const ids = await oneOfEach(host.outbox, await connect(host));
    for (const id of ids.values()) await host.outbox.decide(id, 'arrived');
    expectData('The states', await statesOf(host.outbox, ids), { ...UNCHANGED, uncertain: 'sent' });
  },

  'a person sends an uncertain email again, and nothing else': async (host) => {
    const ids = await oneOfEach(host.outbox, await connect(host));
    for (const id of ids.values()) await host.outbox.decide(id, 'send-again');
    expectData('The states', await statesOf(host.outbox, ids), { ...UNCHANGED, uncertain: 'queued' });
  },

  'recipients are counted from the time that they accepted, for pacing': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const id = await begin(outbox, fence, newEmail(TO_BOTH));
    await outbox.settle(id, fence, settled(accepted(ALICE), accepted(BOB)));
    const none = { recipients: 0, times: [] };
    expectData('Since then', await outbox.sentSince(ACCOUNT.key, ARRIVAL), { recipients: 2, times: [ARRIVAL] });
    expectData('Later', await outbox.sentSince(ACCOUNT.key, ARRIVAL + 1), none);
    expectData('Of another account', await outbox.sentSince(OTHER_ACCOUNT, ARRIVAL), none);
  },

  'the indicator gets the numbers of what waits, is held, failed or is uncertain': async (host) => {
    const fence = await connect(host);
    await enqueue(host.outbox, { notBefore: LATER });
    expectData('The numbers', await host.outbox.counts(ACCOUNT.key), { waiting: 1, held: 0, nextAt: LATER });
    await oneOfEach(host.outbox, fence);
    const counts = { held: 1, failed: 1, uncertain: 1, lastSentAt: ARRIVAL };
    expectData('The numbers', await host.outbox.counts(ACCOUNT.key), counts);
  },
};
