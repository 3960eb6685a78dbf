import { Clock, type Address } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import type { Mailbox } from '../receive/mailbox.js';

/** How long a test message is looked for in INBOX, milliseconds. Microsoft usually delivers within seconds. */
const ARRIVAL_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 2_000;

/** Messages that the practice sends to itself to prove that its mailbox works. */
@injectable()
export class TestMessages {
  constructor(@inject(Clock) private readonly clock: Clock) {}

  /** A message from the practice to itself that the receive job knows and leaves out. */
  async compose(
    address: Address,
    databaseId: string,
  ): Promise<{ readonly messageId: string; readonly raw: Uint8Array }> {
    const { composeTestMessage } = await import('../send/compose.js');
    return composeTestMessage({ address, databaseId, now: this.clock.now() });
  }
}

/** Waits until a message that was sent to the mailbox lies in its INBOX. Throws the signal's reason when aborted. */
export async function waitForArrival(
  mailbox: Mailbox,
  messageId: string,
  fromUid: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<'arrived' | 'not-seen'> {
  const deadline = clock.now() + ARRIVAL_LIMIT_MS;
  for (;;) {
    const found = await mailbox.findByMessageId(messageId, fromUid);
    if (found.length > 0) return 'arrived';
    const forMs = Math.min(LOOK_EVERY_MS, deadline - clock.now());
    if (forMs <= 0) return 'not-seen';
    await mailbox.wait({ forMs, signal });
    signal.throwIfAborted();
  }
}
