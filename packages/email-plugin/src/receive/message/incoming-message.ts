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
 * away with `stage` piece by piece.
 */
export async function takeIncoming(
  { uid, arrivedAt, content }: FetchedMessage,
  reading: RemoteReading,
  stageName: string,
  stage: (piece: Uint8Array) => Promise<void>,
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
  let size = 0;
  for await (const piece of content) {
    await Promise.all([reading.write(piece), stage(piece)]);
    size += piece.byteLength;
  }
  reading.end();
  const release = () => {
    reading.release();
  };
  return { ...message, raw: { stage: stageName }, size, release };
}
