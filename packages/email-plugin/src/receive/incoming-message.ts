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
  /** Bytes of the message: a batch ends early with a large one, whose index may be large, too. */
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
  const keeper = new RawKeeper((piece) => stage(stageName, piece));
  for await (const chunk of message.chunks) {
    digest.write(chunk);
    beginning.write(chunk);
    await keeper.write(chunk);
  }
  const bytes = await keeper.end();
  return {
    uid: message.uid,
    arrivedAt: message.arrivedAt,
    identity: digest.digest(),
    index: await indexMessage(beginning.bytes(), keeper.total <= INDEXED_BYTES),
    raw: bytes ? { bytes } : { stage: stageName },
    weight: bytes?.byteLength ?? 0,
    beginning: beginning.bytes().subarray(0, 64 * 1024),
  };
}

/** Keeps the raw bytes of an ordinary message, and stages those of a large one. */
class RawKeeper {
  /** Bytes written so far. */
  total = 0;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;

  constructor(private readonly stage: (piece: Uint8Array) => Promise<void>) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.kept.push(chunk);
    this.keptBytes += chunk.byteLength;
    this.total += chunk.byteLength;
    if (this.keptBytes > STAGE_BYTES) await this.putAway();
  }

  /** The bytes of an ordinary message; `undefined` when they are staged. */
  async end(): Promise<Uint8Array | undefined> {
    if (this.total === this.keptBytes) return Buffer.concat(this.kept);
    await this.putAway();
    return undefined;
  }

  private async putAway(): Promise<void> {
    const bytes = Buffer.concat(this.kept);
    this.kept = [];
    this.keptBytes = 0;
    for (let from = 0; from < bytes.byteLength; from += STAGE_BYTES) {
      await this.stage(bytes.subarray(from, from + STAGE_BYTES));
    }
  }
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
