import type { MessageReading } from './message-reader.js';

/** To the reading thread: the next bytes of a message, or that it is over. */
export type ReadingRequest =
  { readonly message: number; readonly chunk: Uint8Array } | { readonly message: number; readonly isOver: true };

/** From the reading thread: that it has read a chunk, or what there is to know of a message. */
export type ReadingReply =
  { readonly message: number; readonly isTaken: true } | { readonly message: number; readonly reading: MessageReading };
