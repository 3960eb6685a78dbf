import { deserialize, serialize } from 'node:v8';
import type { MessageReading } from './message-reader.js';

/** The next bytes of a message, which may be its last. */
export interface ReadingRequest {
  readonly message: number;
  /** In memory that both threads share, or a copy. */
  readonly chunk: Uint8Array;
  readonly isLast: boolean;
}

/** That a chunk is read that is not the last, or what there is to know of a message. */
export type ReadingReply =
  { readonly message: number; readonly isTaken: true } | { readonly message: number; readonly reading: PackedReading };

/**
 * A `MessageReading` as bytes: its texts wait for their batch outside of the heap of the host's main thread, where they would
 * outlive the young generation and be collected late.
 */
export type PackedReading = Uint8Array<ArrayBuffer>;

export function pack(reading: MessageReading): PackedReading {
  return serialize(reading);
}

export function unpack(packed: PackedReading): MessageReading {
  return deserialize(packed) as MessageReading;
}

/** What goes to the reading thread, and what comes from it: several at once, since each post costs as much as a small message. */
export type ReadingRequests = readonly ReadingRequest[];
export type ReadingReplies = readonly ReadingReply[];
