import type { RawMessage } from '@exact/host-contracts';
import type { FetchedMessage } from '../mailbox.js';
import type { MessageReading } from './message-reader.js';
import type { RemoteReading } from './reading-thread.js';

/** A larger message goes into the store in pieces; the store takes 4 MiB at a time. */
const STAGE_BYTES = 4 * 1024 * 1024;

/** A message that was fetched to its end. */
export interface IncomingMessage {
  readonly uid: number;
  readonly arrivedAt: number;
  readonly raw: RawMessage;
  /** Bytes of the message. */
  readonly size: number;
  /** Identity and index, when they are there. */
  readonly reading: Promise<MessageReading>;
}

/**
 * Takes one message from the wire in flat memory: it is read on the way, its bytes are either kept or, when it is large,
 * put away with `stage` piece by piece.
 */
export async function takeIncoming(
  { uid, arrivedAt, chunks }: FetchedMessage,
  reading: RemoteReading,
  stageName: string,
  stage: (piece: Uint8Array) => Promise<void>,
): Promise<IncomingMessage> {
  const kept = new KeptBytes(stage);
  for await (const chunk of chunks) {
    await reading.write(chunk);
    await kept.write(chunk);
  }
  const bytes = await kept.end();
  const raw = bytes ? { bytes } : { stage: stageName };
  reading.end();
  return { uid, arrivedAt, raw, size: kept.size, reading: reading.result };
}

/** Keeps the bytes of a small message, and stages those of a large one. */
class KeptBytes {
  size = 0;
  private chunks: Uint8Array[] = [];
  private length = 0;

  constructor(private readonly stage: (piece: Uint8Array) => Promise<void>) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.chunks.push(chunk);
    this.length += chunk.byteLength;
    this.size += chunk.byteLength;
    if (this.length > STAGE_BYTES) await this.putAway();
  }

  /** All bytes, or `undefined` when they were staged. */
  async end(): Promise<Uint8Array | undefined> {
    if (this.size === this.length) return join(this.chunks);
    if (this.length > 0) await this.putAway();
    return undefined;
  }

  private async putAway(): Promise<void> {
    const bytes = join(this.chunks);
    this.chunks = [];
    this.length = 0;
    for (let from = 0; from < bytes.byteLength; from += STAGE_BYTES) {
      await this.stage(bytes.subarray(from, from + STAGE_BYTES));
    }
  }
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}
