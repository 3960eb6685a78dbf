import { randomUUID } from 'node:crypto';
import { bodyStart, fieldValue } from '../imap/message/header-fields.js';
import { headerDate, messageIdOf, readHeader } from './message-header.js';
import { SERVER_NAME } from './smtp-reply.js';

/** Why an accepted message could not be delivered, or not yet. */
export type UndeliveredReason = 'not-found' | 'mailbox-full' | 'spam' | 'late';

export interface NonDelivery {
  /** Who gets the report. */
  readonly sender: string;
  readonly original: Uint8Array;
  readonly undelivered: readonly { readonly recipient: string; readonly reason: UndeliveredReason }[];
  /** Epoch milliseconds. */
  readonly now: number;
}

interface Reason {
  readonly action: 'failed' | 'delayed';
  readonly status: string;
  readonly code?: string;
  readonly text: (recipient: string) => string;
}

/** Words and codes of https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online */
const REASONS: Readonly<Record<UndeliveredReason, Reason>> = {
  'not-found': {
    action: 'failed',
    status: '5.1.10',
    code: '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    text: (recipient) =>
      `Your message to ${recipient} couldn't be delivered.\r\n\r\n${recipient} wasn't found at ${recipient.slice(recipient.lastIndexOf('@') + 1)}.`,
  },
  'mailbox-full': {
    action: 'failed',
    status: '5.2.2',
    code: '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException; Failed to process message due to a permanent exception with message The message store has reached its maximum size.',
    text: (recipient) =>
      `Your message to ${recipient} couldn't be delivered.\r\n\r\nThe mailbox of ${recipient} is full and can't accept messages now.`,
  },
  spam: {
    action: 'failed',
    status: '5.7.350',
    code: '550 5.7.350 Remote server returned message detected as spam -> 554 5.7.1 Message rejected as spam',
    text: (recipient) =>
      `Your message to ${recipient} couldn't be delivered.\r\n\r\nThe recipient's email system took your message for spam.`,
  },
  late: {
    action: 'delayed',
    status: '4.4.7',
    text: (recipient) =>
      `Delivery is delayed to these recipients or groups:\r\n\r\n${recipient}\r\n\r\nThis message hasn't been delivered yet. Delivery will continue to be attempted.`,
  },
};

/** A report of Exchange to the sender: multipart/report with delivery status, RFC 3462 and RFC 3464. */
export function nonDeliveryReport({ sender, original, undelivered, now }: NonDelivery): Buffer {
  const fields = readHeader(original);
  const subject = fieldValue(fields, 'Subject') ?? '';
  const messageId = messageIdOf(original) ?? '';
  const boundary = randomUUID();
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  const isLate = undelivered.every(({ reason }) => REASONS[reason].action === 'delayed');
  const header = [
    `From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${domain}>`,
    `To: <${sender}>`,
    `Date: ${headerDate(now)}`,
    `Message-ID: <${randomUUID()}@${SERVER_NAME}>`,
    `Subject: ${isLate ? 'Delivery delayed' : 'Undeliverable'}: ${subject}`,
    `In-Reply-To: ${messageId}`,
    `References: ${messageId}`,
    ...(isLate ? [] : [`X-Failed-Recipients: ${undelivered.map(({ recipient }) => recipient).join(', ')}`]),
    'X-MS-Exchange-Message-Is-Ndr: ',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="${boundary}"`,
  ];
  const text = undelivered.map(({ recipient, reason }) => REASONS[reason].text(recipient)).join('\r\n\r\n');
  const status = undelivered.map(({ recipient, reason }) => deliveryStatus(recipient, reason)).join('\r\n\r\n');
  const parts = [
    `Content-Type: text/plain; charset=us-ascii\r\n\r\n${text}\r\n`,
    `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;${SERVER_NAME}\r\nArrival-Date: ${headerDate(now)}\r\n\r\n${status}\r\n`,
    `Content-Type: text/rfc822-headers\r\n\r\n${headerOf(original)}`,
  ];
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return Buffer.from(`${header.join('\r\n')}\r\n\r\n${body}--${boundary}--\r\n`, 'latin1');
}

/** A report of another system, which Exchange only hands on: in words, with a copy of the header (qmail). */
export function nonDeliveryWords({ sender, original, recipient, now }: NonDeliveryWords): Buffer {
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1);
  const lines = [
    'Return-Path: <>',
    `Date: ${headerDate(now)}`,
    `From: MAILER-DAEMON@mail.${domain}`,
    `To: ${sender}`,
    'Subject: failure notice',
    '',
    `Hi. This is the qmail-send program at mail.${domain}.`,
    "I'm afraid I wasn't able to deliver your message to the following addresses.",
    "This is a permanent error; I've given up. Sorry it didn't work out.",
    '',
    `<${recipient}>:`,
    'Sorry, no mailbox here by that name. (#5.1.1)',
    '',
    '--- Below this line is a copy of the message.',
    '',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n${headerOf(original)}`, 'latin1');
}

export interface NonDeliveryWords extends Pick<NonDelivery, 'sender' | 'original' | 'now'> {
  readonly recipient: string;
}

function deliveryStatus(recipient: string, reason: UndeliveredReason): string {
  const { action, status, code } = REASONS[reason];
  return [
    `Final-Recipient: rfc822;${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    ...(code === undefined ? [] : [`Diagnostic-Code: smtp;${code}`]),
  ].join('\r\n');
}

/** Bytes as latin1, as everything here. */
function headerOf(original: Uint8Array): string {
  const message = Buffer.from(original);
  return message.subarray(0, bodyStart(message)).toString('latin1');
}
