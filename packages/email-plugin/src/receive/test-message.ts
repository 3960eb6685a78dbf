import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { ReadMessage } from './message/reading-protocol.js';

/** Marks the messages by which a practice tests its own mailbox, so that they do not clutter EXACT's Inbox. */
export const TEST_MESSAGE_HEADER = 'X-EXACT-Email-Test';

/** The header's value: made with the database's id, which never leaves it, so that nobody else can hide a message so. */
export function testHeader(databaseId: string, messageId: string): string {
  const nonce = randomUUID();
  return `${nonce}.${sign(databaseId, nonce, messageId)}`;
}

/** Whether a received message is a test of this practice. */
export function isOwnTest(
  databaseId: string,
  { testHeader: value, index }: Pick<ReadMessage, 'testHeader' | 'index'>,
): boolean {
  const [nonce, signature] = value?.split('.') ?? [];
  const { messageId } = index;
  if (nonce === undefined || signature === undefined || messageId === undefined) return false;
  const expected = Buffer.from(sign(databaseId, nonce, messageId));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function sign(databaseId: string, nonce: string, messageId: string): string {
  return createHmac('sha256', databaseId).update(`${nonce}\n${messageId}`).digest('hex');
}
