import type { MessageReading } from './message-reader.js';

/** To the reading thread: the next bytes of a message, which may be its last. */
export interface ReadingRequest {
  readonly message: number;
  readonly chunk: Uint8Array;
  readonly isLast: boolean;
}

/** From the reading thread: that it has read a chunk that is not the last, or what there is to know of a message. */
export type ReadingReply =
  { readonly message: number; readonly isTaken: true } | { readonly message: number; readonly reading: MessageReading };
