import { FailureError } from '@exact/host-contracts';
import type { FetchedMessage, UnfetchableMessage } from '../mailbox.js';

/** Code of the failure when the server says that it does not serve us now. */
export const SERVER_UNAVAILABLE = 'server-unavailable';
/** Of one message the server may say that it is unavailable; of so many in a row it means itself. */
const IN_A_ROW = 3;

/**
 * The messages, with those that the server did not deliver among them. Throws a `FailureError` in front of the first of
 * several that it said to be unavailable for: nothing is wrong with them, and they are to be asked for later.
 */
export async function* whileAvailable(
  messages: AsyncIterable<FetchedMessage | UnfetchableMessage>,
): AsyncIterable<FetchedMessage | UnfetchableMessage> {
  let heldBack: readonly UnfetchableMessage[] = [];
  for await (const message of messages) {
    if ('failure' in message && message.failure.code === SERVER_UNAVAILABLE) {
      heldBack = [...heldBack, message];
      if (heldBack.length === IN_A_ROW) throw new FailureError(message.failure);
      continue;
    }
    yield* heldBack;
    heldBack = [];
    yield message;
  }
  yield* heldBack;
}
