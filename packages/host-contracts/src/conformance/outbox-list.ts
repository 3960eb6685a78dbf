import type { OutboxOrder, OutboxState, OutboxView } from '../services/outbox-store.js';
import { expectData, expectThat } from './expect.js';
import type { OutboxStoreHost } from './outbox-store.js';
import { accepted, ALICE, begin, connect, oneOfEach, settled } from './outbox-walk.js';
import { ARRIVAL, enqueue, FAILURE } from './samples.js';
import type { HostPromises } from './suite.js';

const VIEWS = {
  waiting: ['queued', 'claimed', 'submitting'],
  held: ['held'],
  failed: ['failed'],
  uncertain: ['uncertain'],
  sent: ['sent'],
  stopped: ['stopped'],
} as const satisfies Partial<Record<OutboxView, readonly OutboxState[]>>;

export const OUTBOX_LIST: HostPromises<OutboxStoreHost> = {
  'a person’s decision stands with the email: who and when': async (host) => {
    const { outbox } = host;
    const ids = await oneOfEach(outbox, await connect(host));
    const of = (state: OutboxState): number => ids.get(state) ?? 0;
    await outbox.release([of('held')]);
    await outbox.reset([of('failed')]);
    await outbox.decide(of('uncertain'), 'arrived');
    await outbox.stop([of('queued')]);
    const emails = await Promise.all([...ids.values()].map((id) => outbox.read(id)));
    const decided = Object.fromEntries([...ids.keys()].map((state, position) => [state, emails[position]?.decided]));
    const at = ARRIVAL;
    expectData('The decisions', decided, {
      held: { decision: 'released', at },
      failed: { decision: 'reset', at },
      uncertain: { decision: 'arrived', at },
      queued: { decision: 'stopped', at },
      stopped: { decision: 'stopped', at },
      claimed: undefined,
      submitting: undefined,
      sent: undefined,
    });
    const names = Object.values(decided).flatMap((decision) => decision?.by ?? []);
    expectThat(!names.includes(''), 'A decision names nobody.');
  },

  'each part of the Outbox is a view of its own': async (host) => {
    const ids = await oneOfEach(host.outbox, await connect(host));
    for (const [view, states] of Object.entries(VIEWS)) {
      const { rows, total } = await host.outbox.list({ view: view as OutboxView, offset: 0, limit: 10 });
      const found = rows.map(({ id }) => id).toSorted((a, b) => a - b);
      const wanted = states.map((state) => ids.get(state) ?? 0).toSorted((a, b) => a - b);
      expectData(`The view ${view}`, { total, found }, { total: wanted.length, found: wanted });
    }
  },

  'the list is sorted by recipient, subject or time, either way': async (host) => {
    const { outbox } = host;
    await connect(host);
    const written = [
      ['carol@patients.example', 'b'],
      ['alice@patients.example', 'C'],
      ['Bob@patients.example', 'a'],
    ] as const;
    for (const [address, subject] of written) {
      await enqueue(outbox, { to: [{ address }], subject });
      await host.letPass(5);
    }
    const sorted = async (by: OutboxOrder['by'], descending: boolean): Promise<string> => {
      const { rows } = await outbox.list({ view: 'outbox', order: { by, descending }, offset: 0, limit: 10 });
      return rows.map(({ subject }) => subject).join('');
    };
    const orders = await Promise.all([sorted('to', false), sorted('subject', false), sorted('time', false)]);
    const descending = await Promise.all([sorted('to', true), sorted('subject', true), sorted('time', true)]);
    expectData('Ascending', orders, ['Cab', 'abC', 'bCa']);
    expectData('Descending', descending, ['baC', 'Cba', 'aCb']);
  },

  'why emails stand in the Outbox is told once for each state and reason': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const other = { ...FAILURE, code: 'test.other' };
    for (const failure of [FAILURE, other, FAILURE]) {
      const id = await begin(outbox, fence);
      await outbox.settle(id, fence, { kind: 'held', failure });
    }
    const id = await begin(outbox, fence);
    await outbox.settle(id, fence, settled(accepted(ALICE)));
    const [most, least, ...others] = await outbox.reasons();
    expectData(
      'The reasons',
      [most, least, others.length],
      [{ state: 'held', failure: FAILURE, emails: 2 }, { state: 'held', failure: other, emails: 1 }, 0],
    );
  },

  'the list comes newest first, page by page, without what was stopped': async (host) => {
    await connect(host);
    const ids: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      ids.push(await enqueue(host.outbox));
      await host.letPass(5);
    }
    const [first, second, third, fourth] = ids;
    if (fourth !== undefined) await host.outbox.stop([fourth]);
    const total = 3;
    const pages = [0, 2].map((offset) => host.outbox.list({ view: 'outbox', offset, limit: 2 }));
    expectData('The pages', await Promise.all(pages), [
      { total, rows: [{ id: third }, { id: second }] },
      { total, rows: [{ id: first }] },
    ]);
  },
};
