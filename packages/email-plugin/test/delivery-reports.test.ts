import { readFile } from 'node:fs/promises';
import type { MessageIndex } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { MessageReader } from '../src/receive/message/message-reader.js';

const REPORTS = new URL('support/delivery-reports/', import.meta.url);

async function indexOf(text: string): Promise<MessageIndex> {
  const reader = new MessageReader();
  reader.write(Buffer.from(text.replaceAll('\n', '\r\n')));
  return (await reader.end()).index;
}

function reportOf(name: string): Promise<string> {
  return readFile(new URL(`${name}.eml`, REPORTS), 'utf8');
}

/** Address, result, code of the reason, and whether the address is at fault. */
type Said = readonly [address: string, result: string, code?: string, fault?: boolean];

function saidBy({ deliveryReport }: MessageIndex): readonly Said[] | undefined {
  return deliveryReport?.recipients.map((recipient): Said => {
    const address = recipient.addresses.join(' ');
    switch (recipient.result) {
      case 'failed':
        return [address, 'failed', recipient.failure.code, recipient.isAddressAtFault];
      case 'delayed':
        return [address, 'delayed', recipient.failure.code];
      case 'delivered':
        return [address, 'delivered'];
    }
  });
}

const ANNA = 'anna@patients.example';
const BOB = 'bob@patients.example';

const FORMS: readonly (readonly [name: string, said: readonly Said[]])[] = [
  ['exchange-online', [[ANNA, 'failed', 'delivery.address-unknown', true]]],
  ['exchange-rewritten-id', [[ANNA, 'failed', 'delivery.mailbox-full', false]]],
  ['exchange-page-only', [[ANNA, 'failed', 'delivery.address-unknown', true]]],
  ['exchange-delayed', [[ANNA, 'delayed', 'delivery.delayed']]],
  [
    'exchange-delivered',
    [
      [ANNA, 'delivered'],
      [BOB, 'delivered'],
    ],
  ],
  [
    'postfix',
    [
      [`Anna@Patients.example ${ANNA}`, 'failed', 'delivery.address-unknown', true],
      [BOB, 'failed', 'delivery.mailbox-full', false],
    ],
  ],
  [
    'internationalised',
    [['jürgen@patients.example jürgen@zahn.patients.example', 'failed', 'delivery.domain-unknown', true]],
  ],
  ['gmail', [[ANNA, 'failed', 'delivery.address-unknown', true]]],
  ['gmail-words', [[ANNA, 'failed', 'delivery.taken-for-spam', false]]],
  [
    'qmail',
    [
      [ANNA, 'failed', 'delivery.address-unknown', true],
      [BOB, 'failed', 'delivery.mailbox-full', false],
    ],
  ],
  ['exim', [[ANNA, 'failed', 'delivery.address-unknown', true]]],
  ['exim-warning', [[ANNA, 'delayed', 'delivery.delayed']]],
  ['postfix-words', [[ANNA, 'failed', 'delivery.domain-unknown', true]]],
  ['gmx', [[ANNA, 'failed', 'delivery.too-large', false]]],
  ['sendmail-expired', [[ANNA, 'failed', 'delivery.too-late', false]]],
  ['without-action', [[ANNA, 'failed', 'delivery.taken-for-spam', false]]],
];

describe('a delivery report', () => {
  test.each(FORMS)('of the form %s says for whom and why', async (name, said) => {
    const index = await indexOf(await reportOf(name));
    expect(saidBy(index)).toEqual(said);
    expect(index.automatic).toBe('delivery-report');
  });

  test.each(FORMS.filter(([name]) => name !== 'exchange-delivered'))(
    'of the form %s names the email by its Message-ID',
    async (name) => {
      const { deliveryReport } = await indexOf(await reportOf(name));
      expect(deliveryReport?.messageIds).toContain('<1@practice.example>');
    },
  );

  test('repeats nobody’s address in the reason', async () => {
    const index = await indexOf(await reportOf('postfix'));
    expect(JSON.stringify(index.deliveryReport?.recipients.map((each) => ({ ...each, addresses: [] })))).not.toMatch(
      /@/,
    );
  });
});

const QMAIL =
  'Hi. This is the qmail-send program.\nI could not be delivered.\n\n<anna@patients.example>:\nno such user\n';

describe('a message that is no delivery report', () => {
  test.each([
    ['a patient quotes one', `From: Alice <alice@patients.example>\nIn-Reply-To: <1@practice.example>\n\n> ${QMAIL}`],
    [
      'a patient hands one on as a file',
      `From: Alice <alice@patients.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\nFrom: MAILER-DAEMON@x.example\nSubject: failure notice\n\n${QMAIL}\n--b--\n`,
    ],
    [
      'somebody is out of office',
      'From: Alice <alice@patients.example>\nReturn-Path: <>\nAuto-Submitted: auto-replied\nIn-Reply-To: <1@practice.example>\n\nI am away. Your email to alice@patients.example can not be delivered to me before Monday.\n',
    ],
    [
      'a postmaster writes',
      'From: postmaster@elsewhere.example\n\nHello anna@patients.example, we have moved house.\n',
    ],
    [
      'an email was read',
      'From: Alice <alice@patients.example>\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message was not delivered to alice@patients.example before Monday.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;alice@patients.example\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n',
    ],
  ])('is not taken for one: %s', async (_what, text) => {
    expect((await indexOf(text)).deliveryReport).toBeUndefined();
  });

  test.each([
    ['dashes', `-${'-'.repeat(100_000)}`],
    ['brackets', '<'.repeat(100_000)],
    ['a word without end', 'deliver'.repeat(40_000)],
    ['a name without end', 'a'.repeat(100_000)],
    ['empty lines', '\n'.repeat(100_000)],
    ['addresses', 'could not be delivered a@b '.repeat(20_000)],
  ])(
    'takes no time to read, whatever it holds: %s',
    async (_what, body) => {
      for (const type of ['text/plain', 'text/html', 'message/delivery-status']) {
        const parts = `--b\nContent-Type: ${type}\n\n${body}\n--b--\n`;
        const index = await indexOf(
          `From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n${parts}`,
        );
        expect(index.deliveryReport?.recipients.length ?? 0).toBeLessThanOrEqual(100);
      }
    },
    10_000,
  );
});
