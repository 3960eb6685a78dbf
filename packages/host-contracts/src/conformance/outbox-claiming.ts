import { expectData, expectThat, expectTold } from './expect.js';
import type { OutboxStoreHost } from './outbox-store.js';
import { connect } from './outbox-walk.js';
import { ACCOUNT, enqueue, everyByte, LATER, newEmail, OTHER_ACCOUNT } from './samples.js';
import type { HostPromises } from './suite.js';

export const CLAIMING: HostPromises<OutboxStoreHost> = {
  'nothing is queued while no account is set up': async ({ outbox }) => {
    expectData('The outcome', await outbox.enqueue(newEmail()), { kind: 'off' });
    expectData('The Outbox', await outbox.list({ view: 'outbox', offset: 0, limit: 10 }), { rows: [], total: 0 });
  },

  'a claimed email is what was written, attachments included': async (host) => {
    const fence = await connect(host);
    const attachments = [{ name: 'Röntgen.png', contentType: 'image/png', content: everyByte() }];
    const email = newEmail({
      cc: [{ address: 'bob@patients.example', name: 'Bob' }],
      bcc: [{ address: 'carol@patients.example' }],
      text: 'Grüße 👋',
      attachments,
      inReplyTo: '<0@patients.example>',
      references: ['<00@patients.example>', '<0@patients.example>'],
      automatic: true,
      patient: { id: 'patient-1', name: 'Alice' },
    });
    const id = await enqueue(host.outbox, email);
    const claimed = await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    const addresses = ['alice@patients.example', 'bob@patients.example', 'carol@patients.example'];
    expectData('The claimed email', claimed, {
      id,
      account: ACCOUNT.key,
      state: 'claimed',
      subject: email.subject,
      recipients: addresses.map((address) => ({ address, outcome: 'pending' })),
      attachmentNames: ['Röntgen.png'],
      patient: email.patient,
      attempts: 0,
      email,
    });
  },

  'emails are claimed oldest first, each only when its time has come': async (host) => {
    const { outbox } = host;
    const fence = await connect(host);
    const later = await enqueue(outbox, { notBefore: LATER });
    const first = await enqueue(outbox);
    await host.letPass(5);
    const second = await enqueue(outbox);
    const claimed: (number | undefined)[] = [];
    for (const now of [LATER - 1, LATER - 1, LATER - 1, LATER]) {
      claimed.push((await outbox.claim({ account: ACCOUNT.key, fence, now }))?.id);
    }
    expectData('The claimed emails', claimed, [first, second, undefined, later]);
  },

  'workers that claim at once never get the same email, and each email is claimed': async (host) => {
    const fence = await connect(host);
    const queued: number[] = [];
    for (let count = 0; count < 8; count += 1) queued.push(await enqueue(host.outbox));
    const ways = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? host.outbox : host.outboxElsewhere));
    const claims = await Promise.all(ways.map((way) => way.claim({ account: ACCOUNT.key, fence, now: LATER })));
    const ids = claims.flatMap((email) => email?.id ?? []);
    expectThat(new Set(ids).size === ids.length, `An email was claimed twice: ${ids.join(', ')}.`);
    const left = await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    expectThat(
      left === undefined && ids.length === queued.length,
      'Not every email was claimed by one of the workers.',
    );
  },

  'nothing is claimed under a stale fence': async (host) => {
    const fence = await connect(host);
    await enqueue(host.outbox);
    await host.grantLease();
    const claimed = await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    expectData('The claimed email', claimed, undefined);
  },

  'nothing is claimed for another account': async (host) => {
    const fence = await connect(host);
    const id = await enqueue(host.outbox);
    const claimed = await host.outbox.claim({ account: OTHER_ACCOUNT, fence, now: LATER });
    expectData('The claimed email', claimed, undefined);
    expectData('The email', await host.outbox.read(id), { state: 'queued' });
  },

  'a listener is told of an email after it is queued': async (host) => {
    await connect(host);
    const seen = await expectTold(
      host.outbox.onDidChange,
      () => enqueue(host.outbox),
      () => host.outbox.list({ view: 'outbox', offset: 0, limit: 10 }),
    );
    expectData('What the listener saw', seen, { rows: [{ state: 'queued' }], total: 1 });
  },
};
