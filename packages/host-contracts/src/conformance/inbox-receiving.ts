import type { ReceiveOutcome } from '../services/inbox-store.js';
import { expectData, expectRefusal, expectThat, expectTold } from './expect.js';
import type { InboxStoreHost } from './inbox-store.js';
import {
  ACCOUNT,
  batch,
  DOWNLOAD,
  FAILURE,
  MAILBOX,
  message,
  OTHER_ACCOUNT,
  onlyRow,
  receive,
  rowsOf,
} from './samples.js';
import type { HostPromises } from './suite.js';

export const RECEIVING: HostPromises<InboxStoreHost> = {
  'a batch is stored together with its cursor': async ({ inbox, grantLease }) => {
    const given = batch(await grantLease(), [message(1), message(2)]);
    expectData('The cursor before', await inbox.cursor(ACCOUNT.key, MAILBOX), undefined);
    expectData('The outcome', await inbox.receive(given), { kind: 'stored', added: 2, known: 0 });
    expectData('The cursor', await inbox.cursor(ACCOUNT.key, MAILBOX), given.next);
    expectData('The number of messages', (await rowsOf(inbox)).length, 2);
  },

  'a batch whose cursor is stale is refused and leaves nothing behind': async ({ inbox, grantLease }) => {
    const fence = await grantLease();
    const first = await receive(inbox, batch(fence, [message(1)], { download: DOWNLOAD }));
    const late = batch(fence, [message(2)], { setAside: [{ uid: 3, failure: FAILURE }] });
    const refusal = { kind: 'refused', reason: 'stale-cursor', cursor: first.next };
    expectData('The outcome', await inbox.receive(late), refusal);
    expectData('The cursor', await inbox.cursor(ACCOUNT.key, MAILBOX), first.next);
    expectData('The download', await inbox.download(ACCOUNT.key, MAILBOX), DOWNLOAD);
    expectData('What stands set aside', await inbox.setAside(ACCOUNT.key, MAILBOX), []);
    await onlyRow(inbox);
  },

  'a batch whose fence is stale is refused and leaves nothing behind': async ({ inbox, grantLease }) => {
    const fence = await grantLease();
    await grantLease();
    const late = batch(fence, [message(1)], { setAside: [{ uid: 2, failure: FAILURE }] });
    expectData('The outcome', await inbox.receive(late), { kind: 'refused', reason: 'stale-fence' });
    expectData('The cursor', await inbox.cursor(ACCOUNT.key, MAILBOX), undefined);
    expectData('What stands set aside', await inbox.setAside(ACCOUNT.key, MAILBOX), []);
    expectData('The number of messages', (await rowsOf(inbox)).length, 0);
  },

  'how far a download is stands with its last batch, and with none when one says nothing of it': async ({
    inbox,
    grantLease,
  }) => {
    const fence = await grantLease();
    expectData('The download before', await inbox.download(ACCOUNT.key, MAILBOX), undefined);
    const first = await receive(inbox, batch(fence, [message(1)], { download: DOWNLOAD }));
    expectData('The download', await inbox.download(ACCOUNT.key, MAILBOX), DOWNLOAD);
    expectData('The download of another account', await inbox.download(OTHER_ACCOUNT, MAILBOX), undefined);
    await receive(inbox, batch(fence, [message(2)], { expected: first.next }));
    expectData('The download after its end', await inbox.download(ACCOUNT.key, MAILBOX), undefined);
  },

  'a download is paused by a batch without a message, which moves no cursor': async ({ inbox, grantLease }) => {
    const fence = await grantLease();
    const { next } = await receive(inbox, batch(fence, [message(1)], { download: DOWNLOAD }));
    const paused = { ...DOWNLOAD, paused: true };
    await receive(inbox, batch(fence, [], { expected: next, next, download: paused }));
    expectData('The download', await inbox.download(ACCOUNT.key, MAILBOX), paused);
    expectData('The cursor', await inbox.cursor(ACCOUNT.key, MAILBOX), next);
  },

  'of writers that begin from the same cursor exactly one is let through': async ({
    inbox,
    inboxElsewhere,
    grantLease,
  }) => {
    const fence = await grantLease();
    const batches = Array.from({ length: 8 }, (_, index) => batch(fence, [message(index + 1)]));
    const outcomes = await Promise.all(
      batches.map((each, index) => (index % 2 === 0 ? inbox : inboxElsewhere).receive(each)),
    );
    const winners = batches.filter((_, index) => outcomes[index]?.kind === 'stored');
    expectThat(winners.length === 1, `${winners.length} batches were stored that began from the same cursor.`);
    expectThat(
      outcomes.every((outcome) => outcome.kind === 'stored' || outcome.reason === 'stale-cursor'),
      'A writer that came too late was refused for another reason than its stale cursor.',
    );
    expectData('The cursor', await inbox.cursor(ACCOUNT.key, MAILBOX), winners[0]?.next);
    expectData('The message', await onlyRow(inbox), { index: { subject: winners[0]?.messages[0]?.index.subject } });
  },

  'a batch of which one message can’t be stored is not stored at all': async ({ inbox, grantLease }) => {
    const broken = message(2, { raw: { stage: 'never-staged' } });
    const given = batch(await grantLease(), [message(1), broken]);
    await expectRefusal(() => inbox.receive(given), 'A message without bytes was taken.');
    expectData('The cursor', await inbox.cursor(ACCOUNT.key, MAILBOX), undefined);
    expectData('The number of messages', (await rowsOf(inbox)).length, 0);
  },

  'a batch of 500 messages is taken whole': async ({ inbox, grantLease }) => {
    const messages = Array.from({ length: 500 }, (_, index) => message(index + 1));
    expectData('The outcome', await inbox.receive(batch(await grantLease(), messages)), { added: 500, known: 0 });
    expectData('The number of messages', (await rowsOf(inbox)).length, 500);
  },

  'a message that is known by its identity is not stored again, from whatever account it comes': async ({
    inbox,
    grantLease,
  }) => {
    const fence = await grantLease();
    await receive(inbox, batch(fence, [message(1)]));
    const again = message(9, { identity: message(1).identity });
    const outcome = await inbox.receive(batch(fence, [again], { account: OTHER_ACCOUNT }));
    expectData('The outcome', outcome, { kind: 'stored', added: 0, known: 1 } satisfies ReceiveOutcome);
    await onlyRow(inbox);
  },

  'a message that is twice in one batch is stored once': async ({ inbox, grantLease }) => {
    const twice = batch(await grantLease(), [message(1), message(2, { identity: message(1).identity })]);
    expectData('The outcome', await inbox.receive(twice), { kind: 'stored', added: 1, known: 1 });
    await onlyRow(inbox);
  },

  'a message that staff deleted leaves its identity behind and does not come back': async ({ inbox, grantLease }) => {
    const fence = await grantLease();
    const first = await receive(inbox, batch(fence, [message(1)]));
    await inbox.move([(await onlyRow(inbox)).id], 'deleted');
    const again = batch(fence, [message(2, { identity: message(1).identity })], { expected: first.next });
    expectData('The outcome', await inbox.receive(again), { kind: 'stored', added: 0, known: 1 });
    expectData('The number of messages in the Inbox', (await rowsOf(inbox)).length, 0);
    expectData('The number of messages in Deleted', (await rowsOf(inbox, 'deleted')).length, 1);
    expectData('The known Message-IDs', await inbox.countKnown(['<1@patients.example>', '<9@patients.example>']), 1);
  },

  'two messages of one Message-ID are both kept': async ({ inbox, grantLease }) => {
    const { index } = message(1);
    await receive(inbox, batch(await grantLease(), [message(1), message(2, { index })]));
    expectData('The number of messages', (await rowsOf(inbox)).length, 2);
    expectData('The known Message-IDs', await inbox.countKnown([index.messageId ?? '', '<9@patients.example>']), 1);
  },

  'a listener is told of new mail after it is stored': async ({ inbox, grantLease }) => {
    const given = batch(await grantLease(), [message(1)]);
    const seen = await expectTold(
      inbox.onDidChange,
      () => inbox.receive(given),
      () => rowsOf(inbox),
    );
    expectData('What the listener saw', seen, [{ index: { subject: 'Message 1' } }]);
  },
};
