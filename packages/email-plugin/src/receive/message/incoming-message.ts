import { randomUUID } from 'node:crypto';
import type { RawMessage } from '@exact/host-contracts';
import type { FetchedMessage } from '../mailbox.js';
import type { ReadMessage } from './reading-protocol.js';
import type { RemoteReading } from './reading-thread.js';

/** A message that was fetched to its end. */
export interface IncomingMessage {
  readonly uid: number;
  readonly arrivedAt: number;
  readonly raw: RawMessage;
  /** Bytes of the message. */
  readonly size: number;
  /** Identity, index and texts, when they are there. */
  readonly reading: Promise<ReadMessage>;
  /** To be called when it is stored: its memory is used again. */
  release(): void;
}

/**
 * Takes one message from the wire in flat memory: it is read on the way; one that is whole is kept, one in pieces is put
 * away piece by piece, in a stage.
 */
export async function takeIncoming(
  { uid, arrivedAt, content }: FetchedMessage,
  reading: RemoteReading,
  putAway: (stage: string, piece: Uint8Array) => Promise<unknown>,
): Promise<IncomingMessage> {
  const message = { uid, arrivedAt, reading: reading.result };
  if ('bytes' in content) {
    const { bytes } = content;
    reading.whole(bytes);
    const release = () => {
      content.release();
      reading.release();
    };
    return { ...message, raw: { bytes }, size: bytes.byteLength, release };
  }
  // Each attempt has a stage of its own: what a broken one left must not come before it.
  const stage = `receive ${randomUUID()}`;
  let size = 0;
  for await (const piece of content) {
    await Promise.all([reading.write(piece), putAway(stage, piece)]);
    size += piece.byteLength;
  }
  reading.end();
  const release = () => {
    reading.release();
  };
  return { ...message, raw: { stage }, size, release };
}
