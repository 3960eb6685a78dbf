import { attempt, expectData, expectRefusal } from './expect.js';
import type { OutboxStoreHost } from './outbox-store.js';
import {
  accepted,
  AGAIN,
  ALICE,
  begin,
  BOB,
  claim,
  connect,
  MESSAGE,
  refused,
  settled,
  stateOf,
  TO_BOTH,
} from './outbox-walk.js';
import { ACCOUNT, ARRIVAL, enqueue, everyByte, FAILURE, LATER, newEmail } from './samples.js';
import type { HostPromises } from './suite.js';

const STALE = { kind: 'refused', reason: 'stale-fence' };
const IN_DOUBT = { kind: 'uncertain', failure: FAILURE, recipients: [] } as const;

export const SUBMISSION: HostPromises<OutboxStoreHost> = {
  'Message-ID and bytes are fixed once': async (host) => {
    const fence = await connect(host);
    const id = await enqueue(host.outbox);
    await claim(host.outbox, fence);
    expectData('The outcome', await host.outbox.submitting(id, fence, MESSAGE), { kind: 'done' });
    await host.outbox.settle(id, fence, AGAIN);
    for (const other of [{ messageId: '<2@practice.example>' }, { raw: new Uint8Array(1) }]) {
      await claim(host.outbox, fence);
      await expectRefusal(
        () => host.outbox.submitting(id, fence, { ...MESSAGE, ...other }),
        'A later attempt was begun with another Message-ID or other bytes.',
      );
      await host.outbox.settle(id, fence, AGAIN);
    }
    expectData('The email', await host.outbox.read(id), { ...MESSAGE, attempts: 1 });
  },

  'an email has the same bytes and Message-ID at every attempt': async (host) => {
    const fence = await connect(host);
    const id = await enqueue(host.outbox);
    await claim(host.outbox, fence);
    const message = { ...MESSAGE, raw: everyByte() };
    await host.outbox.submitting(id, fence, message);
    await host.outbox.settle(id, fence, AGAIN);
    const again = await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    expectData('The email claimed again', again, { id, ...message });
  },

  'an email counts how often its submission was begun': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence);
    expectData('The email', await host.outbox.read(id), { state: 'submitting', attempts: 1 });
    await host.outbox.settle(id, fence, AGAIN);
    await claim(host.outbox, fence);
    await host.outbox.submitting(id, fence, MESSAGE);
    expectData('The email', await host.outbox.read(id), { state: 'submitting', attempts: 2 });
  },

  'a submission under a stale fence is refused, not begun, and fixes nothing': async (host) => {
    const fence = await connect(host);
    const id = await enqueue(host.outbox);
    await claim(host.outbox, fence);
    await host.grantLease();
    expectData('The outcome', await host.outbox.submitting(id, fence, MESSAGE), STALE);
    const nothing = { messageId: undefined, raw: undefined };
    expectData('The email', await host.outbox.read(id), { state: 'claimed', attempts: 0, ...nothing });
  },

  'an outcome under a stale fence is refused and changes nothing': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence);
    await host.grantLease();
    expectData('The outcome', await host.outbox.settle(id, fence, settled(accepted(ALICE))), STALE);
    expectData('The email', await host.outbox.read(id), { state: 'submitting', recipients: [{ outcome: 'pending' }] });
  },

  'an email that all recipients accepted is sent, at the time that was told': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const id = await begin(outbox, fence, newEmail(TO_BOTH));
    await outbox.settle(id, fence, settled(accepted(ALICE), accepted(BOB.toUpperCase())));
    expectData('The email', await outbox.read(id), {
      state: 'sent',
      sentAt: ARRIVAL,
      recipients: [{ outcome: 'accepted' }, { outcome: 'accepted' }],
    });
    const sent = await outbox.list({ view: 'sent', offset: 0, limit: 10 });
    const waiting = await outbox.list({ view: 'outbox', offset: 0, limit: 10 });
    expectData('The lists', { sent, waiting }, { sent: { rows: [{ id }], total: 1 }, waiting: { rows: [], total: 0 } });
  },

  'an email that some recipients refused has failed, and says who got it and who not': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence, newEmail(TO_BOTH));
    await host.outbox.settle(id, fence, settled(accepted(ALICE), refused(BOB)));
    const recipients = [accepted(ALICE), refused(BOB)];
    expectData('The email', await host.outbox.read(id), { state: 'failed', recipients });
  },

  'an email that goes back waits as long as its last attempt asked for': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence);
    await host.outbox.settle(id, fence, { kind: 'again', notBefore: LATER, failure: FAILURE });
    expectData('The email', await host.outbox.read(id), { state: 'queued', notBefore: LATER, failure: FAILURE });
    const tooEarly = await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER - 60_000 });
    expectData('The email claimed too early', tooEarly, undefined);
  },

  'an email that can’t go is held and says why': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence);
    await host.outbox.settle(id, fence, { kind: 'held', failure: FAILURE });
    expectData('The email', await host.outbox.read(id), { state: 'held', failure: FAILURE });
    expectData('The next email', await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER }), undefined);
  },

  'an uncertain email is listed with its bytes, and is sent once it was found': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence);
    await host.outbox.settle(id, fence, IN_DOUBT);
    const listed = await host.outbox.uncertain(ACCOUNT.key);
    expectData('The uncertain emails', listed, [{ id, state: 'uncertain', ...MESSAGE, failure: FAILURE }]);
    await host.outbox.settle(id, fence, settled(accepted(ALICE)));
    expectData('The email', await host.outbox.read(id), { state: 'sent', sentAt: ARRIVAL });
  },

  'who was refused before an email became uncertain did not get it, even if it arrived': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence, newEmail(TO_BOTH));
    await host.outbox.settle(id, fence, { ...IN_DOUBT, recipients: [refused(BOB)] });
    const known = [{ address: ALICE, outcome: 'pending' }, refused(BOB)];
    expectData('The uncertain email', await host.outbox.read(id), { state: 'uncertain', recipients: known });
    await host.outbox.decide(id, 'arrived');
    const recipients = [accepted(ALICE), refused(BOB)];
    expectData('The email that arrived', await host.outbox.read(id), { state: 'failed', recipients });
  },

  'an uncertain email does not go back by itself': async (host) => {
    const { outbox } = host;
    const ended = await connect(host);
    const id = await begin(outbox, ended);
    await outbox.settle(id, ended, IN_DOUBT);
    const fence = await host.grantLease();
    const recovery = { account: ACCOUNT.key, fence, heldBefore: 0, heldFailure: FAILURE, uncertainFailure: FAILURE };
    await outbox.recover(recovery);
    await attempt(() => outbox.settle(id, fence, AGAIN));
    await outbox.recover(recovery);
    expectData('Its state', await stateOf(outbox, id), 'uncertain');
    expectData('The next email', await outbox.claim({ account: ACCOUNT.key, fence, now: LATER }), undefined);
  },

  'a submission of what was sent is not begun': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence);
    await host.outbox.settle(id, fence, settled(accepted(ALICE)));
    await attempt(() => host.outbox.submitting(id, fence, MESSAGE));
    expectData('Its state', await stateOf(host.outbox, id), 'sent');
  },
};
