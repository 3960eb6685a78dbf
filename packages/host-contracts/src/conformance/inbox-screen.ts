import { expectData } from './expect.js';
import type { InboxStoreHost } from './inbox-store.js';
import {
  ACCOUNT,
  ARRIVAL,
  batch,
  FAILURE,
  MAILBOX,
  message,
  onlyRow,
  OTHER_ACCOUNT,
  receive,
  rowsOf,
  utf8,
} from './samples.js';
import type { HostPromises } from './suite.js';

const ALICE = { id: 'patient-1', name: 'Alice' };
const BOB = { id: 'patient-2', name: 'Bob' };

export const SCREEN: HostPromises<InboxStoreHost> = {
  'a message that was set aside is reported until a batch brings it': async ({ inbox, grantLease }) => {
    const fence = await grantLease();
    const first = await receive(inbox, batch(fence, [message(2)], { setAside: [{ uid: 1, failure: FAILURE }] }));
    expectData('What stands set aside', await inbox.setAside(ACCOUNT.key, MAILBOX), [{ uid: 1, failure: FAILURE }]);
    expectData('What another account has set aside', await inbox.setAside(OTHER_ACCOUNT, MAILBOX), []);
    await receive(inbox, batch(fence, [message(1)], { expected: first.next, next: first.next }));
    expectData('What still stands set aside', await inbox.setAside(ACCOUNT.key, MAILBOX), []);
    expectData('The number of messages', (await rowsOf(inbox)).length, 2);
  },

  'a message that was set aside is reported no more when it has gone from the mailbox': async ({
    inbox,
    grantLease,
  }) => {
    const fence = await grantLease();
    const setAside = [1, 2].map((uid) => ({ uid, failure: FAILURE }));
    const first = await receive(inbox, batch(fence, [], { setAside }));
    await receive(inbox, batch(fence, [], { expected: first.next, next: first.next, gone: [1] }));
    expectData('What stands set aside', await inbox.setAside(ACCOUNT.key, MAILBOX), [{ uid: 2, failure: FAILURE }]);
  },

  'the list comes newest first, page by page, whatever the order of the UIDs': async ({ inbox, grantLease }) => {
    const messages = [3, 1, 5, 2, 4].map((rank, index) => message(index + 1, { arrivedAt: ARRIVAL + rank }));
    await receive(inbox, batch(await grantLease(), messages));
    const pages = [0, 2, 4, 6].map((offset) => inbox.list({ folder: 'inbox', offset, limit: 2 }));
    const arrivals = (await Promise.all(pages)).map(({ rows, total }) => ({
      total,
      ranks: rows.map(({ arrivedAt }) => arrivedAt - ARRIVAL),
    }));
    const total = 5;
    expectData('The pages', arrivals, [
      { total, ranks: [5, 4] },
      { total, ranks: [3, 2] },
      { total, ranks: [1] },
      { total, ranks: [] },
    ]);
  },

  'a message is shown with all that was read out of it': async ({ inbox, grantLease }) => {
    const { index } = message(1);
    const attachments = [{ name: 'Röntgen.png', contentType: 'image/png', size: 9, contentId: 'a@b', position: 0 }];
    const summary = { ...index, date: ARRIVAL, attachments, problems: ['An odd header'] };
    const [text, html] = ['Grüße 👋', '<p>Grüße 👋</p>'];
    const texts = { text: utf8(text), html: utf8(html) };
    await receive(inbox, batch(await grantLease(), [message(1, { index: summary, texts })]));
    const { id } = await onlyRow(inbox);
    const whole = { ...summary, text, html };
    expectData('The message', await inbox.read(id), { id, index: whole, arrivedAt: ARRIVAL + 1000, read: false });
    expectData('Another message', await inbox.read(id + 1), undefined);
  },

  'what was read stays read, and what was moved can be moved back': async ({ inbox, grantLease }) => {
    await receive(inbox, batch(await grantLease(), [message(1)]));
    const { id } = await onlyRow(inbox);
    await inbox.markRead(id, true);
    await inbox.move([id], 'deleted');
    expectData('The deleted one', await rowsOf(inbox, 'deleted'), [{ id, read: true, folder: 'deleted' }]);
    await inbox.move([id], 'inbox');
    expectData('The one moved back', await rowsOf(inbox), [{ id, read: true, folder: 'inbox' }]);
    await inbox.markRead(id, false);
    expectData('The one marked as unread', await rowsOf(inbox), [{ id, read: false }]);
  },

  'the one patient of the sender’s address is linked': async ({ inbox, grantLease }) => {
    await receive(inbox, batch(await grantLease(), [message(1, { patients: [ALICE] })]));
    expectData('The message', await onlyRow(inbox), { patient: ALICE, suggested: [] });
  },

  'several patients of the sender’s address are suggested until a person chooses': async ({ inbox, grantLease }) => {
    await receive(inbox, batch(await grantLease(), [message(1, { patients: [ALICE, BOB] })]));
    const row = await onlyRow(inbox);
    expectData('The message', row, { patient: undefined, suggested: [ALICE, BOB] });
    await inbox.link(row.id, BOB);
    expectData('The linked message', await onlyRow(inbox), { patient: BOB, suggested: [] });
    await inbox.link(row.id, undefined);
    expectData('The message linked to nobody', await onlyRow(inbox), { patient: undefined, suggested: [ALICE, BOB] });
  },
};
