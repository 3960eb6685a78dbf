import type { OutboxEmail } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

const ALICE = 'alice.thornton@patients.example';
const AT_ONCE = { schedule: { delayBetweenEmailsSeconds: 0 } };

/** Sends an email and resolves once it fulfils the condition. */
async function send(
  practice: ReceivingPractice,
  address: string,
  fulfils: (email: OutboxEmail) => boolean,
): Promise<OutboxEmail> {
  const { outbox } = practice.host.stores;
  const queued = await outbox.enqueue({
    to: [{ address }],
    subject: 'Your appointment',
    text: 'Hello',
    attachments: [],
  });
  if (queued.kind === 'off') throw new Error('Email is off');
  return until(practice, queued.id, fulfils);
}

async function until(
  practice: ReceivingPractice,
  id: number,
  fulfils: (email: OutboxEmail) => boolean,
): Promise<OutboxEmail> {
  const { outbox } = practice.host.stores;
  for (;;) {
    const changed = Promise.withResolvers<undefined>();
    const subscription = outbox.onDidChange(() => changed.resolve(undefined));
    try {
      const email = await outbox.read(id);
      if (email && fulfils(email)) return email;
      await changed.promise;
    } finally {
      subscription.dispose();
    }
  }
}

const isSent = ({ state }: OutboxEmail): boolean => state === 'sent';
const hasNews = (email: OutboxEmail): boolean => isSent(email) && email.recipients.some(({ news }) => news);

/** Lets a message arrive in the practice's mailbox and resolves when it is in the Inbox, which then holds so many. */
function arrive(practice: ReceivingPractice, text: string, count: number) {
  practice.microsoft365.mailboxes.deliver(RECEPTION, Buffer.from(text.replaceAll('\n', '\r\n')));
  return practice.inbox(count);
}

describe('an email that does not arrive', () => {
  test('says so in Sent, with the reason, whatever form the report has', async () => {
    await using practice = await ReceivingPractice.open(AT_ONCE);
    const { outbox } = practice.host.stores;
    const { situations } = practice.microsoft365;
    const cases = [
      ['not-found', 'failed', 'delivery.address-unknown', true],
      ['mailbox-full', 'failed', 'delivery.mailbox-full', false],
      ['spam', 'failed', 'delivery.taken-for-spam', false],
      ['words', 'failed', 'delivery.address-unknown', true],
      ['late', 'delayed', 'delivery.delayed', false],
    ] as const;
    const { patients } = practice.microsoft365.cast;
    const addresses = [...new Set(patients.map(({ address }) => address))];
    for (const [index, [arrival, result, code, fails]] of cases.entries()) {
      const address = addresses[index] ?? '';
      situations.set(address, { arrival });
      const email = await send(practice, address, hasNews);
      expect(email.recipients).toMatchObject([{ outcome: 'accepted', news: { result, failure: { code } } }]);
      expect(await outbox.failingAddresses([address])).toHaveLength(fails ? 1 : 0);
    }
    const reports = await practice.inbox(cases.length);
    expect(new Set(reports.map(({ index }) => index.automatic))).toEqual(new Set(['delivery-report']));
  });

  test('goes again to the right address after a reset, and an old report that is received again marks nothing', async () => {
    await using practice = await ReceivingPractice.open(AT_ONCE);
    const { outbox } = practice.host.stores;
    practice.microsoft365.situations.set(ALICE, { arrival: 'not-found' });
    const { id } = await send(practice, ALICE, hasNews);
    practice.microsoft365.situations.set(ALICE, {});
    await outbox.reset([id]);
    await until(practice, id, isSent);
    expect(practice.microsoft365.mailboxes.messages(ALICE)).toHaveLength(1);
    await practice.setUp({}, true);
    await arrive(practice, 'Message-ID: <after@patients.example>\nSubject: Afterwards\n\nHello\n', 2);
    expect(await until(practice, id, isSent)).toMatchObject({ recipients: [{ outcome: 'accepted' }] });
    expect((await outbox.read(id))?.recipients[0]?.news).toBeUndefined();
  });

  test('is not marked by a report that somebody made up', async () => {
    await using practice = await ReceivingPractice.open(AT_ONCE);
    const { id, messageId = '' } = await send(practice, ALICE, isSent);
    const report = (names: string, recipient: string): string =>
      `From: MAILER-DAEMON@evil.example\nMessage-ID: <${recipient}>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n` +
      `--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;evil.example\n\nFinal-Recipient: rfc822;${recipient}\nAction: failed\nStatus: 5.1.1\n\n` +
      `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${names}\n\n--b--\n`;
    await arrive(practice, report(messageId, 'bob@patients.example'), 1);
    await arrive(practice, report('<guessed@brightsmile.example>', ALICE), 2);
    const { outbox } = practice.host.stores;
    expect((await outbox.read(id))?.recipients[0]?.news).toBeUndefined();
    expect(await outbox.failingAddresses([ALICE, 'bob@patients.example'])).toEqual([]);
  });
});

describe('an automatic reply', () => {
  test('is told apart, and shows that the address works', async () => {
    await using practice = await ReceivingPractice.open({ schedule: { delayBetweenEmailsSeconds: 2 } });
    const { outbox } = practice.host.stores;
    practice.microsoft365.situations.set(ALICE, { arrival: 'not-found' });
    await send(practice, ALICE, hasNews);
    expect(await outbox.failingAddresses([ALICE])).toHaveLength(1);
    practice.microsoft365.situations.set(ALICE, { arrival: 'away' });
    await send(practice, ALICE, isSent);
    const [reply] = await practice.inbox(2);
    expect(reply?.index).toMatchObject({ automatic: 'reply', from: { address: ALICE } });
    expect(await outbox.failingAddresses([ALICE])).toEqual([]);
  });
});
