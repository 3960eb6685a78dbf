import { randomUUID } from 'node:crypto';
import { fieldValue } from '../imap/message/header-fields.js';
import { headerDate, messageIdOf, readHeader } from './message-header.js';

export interface OutOfOffice {
  /** Who is away. */
  readonly recipient: string;
  readonly sender: string;
  readonly original: Uint8Array;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What the mailbox of somebody who is away answers; `undefined` to what a program sent (RFC 3834 section 2). */
export function outOfOffice({ recipient, sender, original, now }: OutOfOffice): Buffer | undefined {
  const fields = readHeader(original);
  const submitted = fieldValue(fields, 'Auto-Submitted') ?? 'no';
  if (submitted.toLowerCase() !== 'no') return undefined;
  const messageId = messageIdOf(original) ?? '';
  const lines = [
    'Return-Path: <>',
    `From: <${recipient}>`,
    `To: <${sender}>`,
    `Date: ${headerDate(now)}`,
    `Message-ID: <${randomUUID()}@${recipient.slice(recipient.lastIndexOf('@') + 1)}>`,
    `Subject: Automatic reply: ${fieldValue(fields, 'Subject') ?? ''}`,
    `In-Reply-To: ${messageId}`,
    `References: ${messageId}`,
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: All',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Hello, I am on holiday and read my email again on Monday.',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}
