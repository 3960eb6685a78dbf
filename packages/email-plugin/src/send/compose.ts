import { randomUUID } from 'node:crypto';
import type { Address, NewEmail } from '@exact/host-contracts';
import { TEST_MESSAGE_HEADER, testHeader } from '../receive/test-message.js';

/** A message that is ready to go; both are fixed before the first attempt. */
export interface PreparedMessage {
  /** With angle brackets. */
  readonly messageId: string;
  readonly raw: Uint8Array;
}

/** An email of the Outbox as a message from the practice. `now` (epoch ms) becomes its Date. */
export async function composeEmail(email: NewEmail, from: Address, now: number): Promise<PreparedMessage> {
  const { buildMessage } = await import('./mail-composer.adapter.js');
  const messageId = newMessageId(from);
  return { messageId, raw: await buildMessage({ email, from, messageId, date: now }) };
}

/** The message by which the practice tests its own mailbox. The receive job knows it by its header and leaves it out. */
export async function composeTestMessage(test: {
  readonly address: Address;
  readonly databaseId: string;
  readonly now: number;
}): Promise<PreparedMessage> {
  const { buildMessage } = await import('./mail-composer.adapter.js');
  const messageId = newMessageId(test.address);
  const email: NewEmail = {
    to: [test.address],
    subject: 'EXACT email test',
    text: 'EXACT has sent this email from the practice to itself, to see that the mailbox works. You can delete it.\n',
    attachments: [],
  };
  const headers = {
    [TEST_MESSAGE_HEADER]: testHeader(test.databaseId, messageId),
    // RFC 3834 section 5: no automatic reply to it.
    'Auto-Submitted': 'auto-generated',
  };
  return { messageId, raw: await buildMessage({ email, from: test.address, messageId, date: test.now, headers }) };
}

/** Unique for ever, under the domain of who sends (RFC 5322 section 3.6.4). */
function newMessageId({ address }: Address): string {
  return `<${randomUUID()}@${address.slice(address.lastIndexOf('@') + 1)}>`;
}
