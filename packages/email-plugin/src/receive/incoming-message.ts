import type { MessageIdentity, MessageIndex, RawMessage } from '@exact/host-contracts';
import type { FetchedMessage } from './mailbox.js';
import { IdentityDigest } from './message-identity.js';
import { indexMessage, INDEXED_BYTES } from './message-index.js';

/** A larger message goes into the store in pieces; the store takes 4 MiB at a time. */
const STAGE_BYTES = 4 * 1024 * 1024;

/** A message that was read to its end. */
export interface IncomingMessage {
  readonly uid: number;
  readonly arrivedAt: number;
  readonly identity: MessageIdentity;
  readonly index: MessageIndex;
  readonly raw: RawMessage;
  /** Bytes that the batch has to carry: 0 for a staged one. */
  readonly weight: number;
  /** The header block and the beginning of the body, to look for own headers in. */
  readonly beginning: Uint8Array;
}

/**
 * Reads one message from the wire in flat memory: its identity on the way, its index from its beginning, its bytes either
 * kept or, when it is large, put away with `stage` piece by piece.
 */
export async function readIncoming(
  message: FetchedMessage,
  stage: (name: string, piece: Uint8Array) => Promise<void>,
  stageName: string,
): Promise<IncomingMessage> {
  const digest = new IdentityDigest();
  const beginning = new Beginning();
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let total = 0;
  let isStaged = false;
  const putAway = async () => {
    const bytes = Buffer.concat(kept);
    for (let from = 0; from < bytes.byteLength; from += STAGE_BYTES) {
      await stage(stageName, bytes.subarray(from, from + STAGE_BYTES));
    }
    isStaged = true;
    kept = [];
    keptBytes = 0;
  };
  for await (const chunk of message.chunks) {
    digest.write(chunk);
    beginning.write(chunk);
    kept.push(chunk);
    keptBytes += chunk.byteLength;
    total += chunk.byteLength;
    if (keptBytes > STAGE_BYTES) await putAway();
  }
  if (isStaged && keptBytes > 0) await putAway();
  const bytes = Buffer.concat(kept);
  return {
    uid: message.uid,
    arrivedAt: message.arrivedAt,
    identity: digest.digest(),
    index: await indexMessage(beginning.bytes(), total <= INDEXED_BYTES),
    raw: isStaged ? { stage: stageName } : { bytes },
    weight: bytes.byteLength,
    beginning: beginning.bytes().subarray(0, 64 * 1024),
  };
}

/** The first {@link INDEXED_BYTES} of a message. */
class Beginning {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  write(chunk: Uint8Array): void {
    const piece = chunk.subarray(0, INDEXED_BYTES - this.length);
    if (piece.byteLength === 0) return;
    this.chunks.push(piece);
    this.length += piece.byteLength;
  }

  bytes(): Uint8Array {
    const [only] = this.chunks;
    return this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks);
  }
}
