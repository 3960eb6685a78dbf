import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Address, NewEmail, OutgoingMessage } from '@exact/host-contracts';
import { TEST_MESSAGE_HEADER, testHeader } from '../receive/test-message.js';
import type * as Builder from './nodemailer/build-message.adapter.js';
import { OWN_MESSAGE_ID_HEADER } from './own-header.js';

/** Imported with the first message; each import() of it would take its time, even of what is there. */
let builder: Promise<typeof Builder> | undefined;

/** An email of the Outbox as a message from the practice, to be fixed with its first attempt. `now` (epoch ms) becomes its Date. */
export function composeEmail(email: NewEmail, from: Address, now: number): Promise<OutgoingMessage> {
  return compose(email, from, now, () => (email.automatic === true ? AUTOMATIC : {}));
}

/**
 * No program answers it: RFC 3834 section 5, and [MS-OXCMAIL] section 2.1.3.2.21 for Exchange, which goes by its own header
 * only. Not `All`: a recipient's Exchange would then not even say that the email could not be delivered.
 */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' };

/** The message by which the practice tests its own mailbox. The receive job knows it by its header and leaves it out. */
export function composeTestMessage(test: {
  readonly address: Address;
  readonly databaseId: string;
  /** Epoch ms. */
  readonly now: number;
}): Promise<OutgoingMessage> {
  const email: NewEmail = {
    to: [test.address],
    subject: 'EXACT email test',
    text: 'EXACT has sent this email from the practice to itself, to see that the mailbox works. You can delete it.\n',
    attachments: [],
  };
  return compose(email, test.address, test.now, (messageId) => ({
    [TEST_MESSAGE_HEADER]: testHeader(test.databaseId, messageId),
    ...AUTOMATIC,
  }));
}

async function compose(
  email: NewEmail,
  from: Address,
  now: number,
  headersFor: (messageId: string) => Readonly<Record<string, string>>,
): Promise<OutgoingMessage> {
  builder ??= import('./nodemailer/build-message.adapter.js');
  const { buildMessage } = await builder;
  const messageId = newMessageId(from);
  const headers = { [OWN_MESSAGE_ID_HEADER]: messageId, ...headersFor(messageId) };
  return { messageId, raw: await buildMessage({ email, from, messageId, date: now, headers }) };
}

/** Unique for ever, under the domain of who sends (RFC 5322 section 3.6.4). */
function newMessageId({ address }: Address): string {
  return `<${randomUUID()}@${domainToASCII(address.slice(address.lastIndexOf('@') + 1))}>`;
}
