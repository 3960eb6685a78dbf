import type { EncodedTexts, MessageIdentity, MessageSummary } from '@exact/host-contracts';
import { isRetrievalStub } from '../retrieval-stub.js';
import { TEST_MESSAGE_HEADER } from '../test-message.js';
import type { MessageReading } from './message-reader.js';
import type { ShownTexts } from './message-texts.js';
import { fieldOf } from './mime-header.js';

/** The next bytes of a message, which may be its last. */
export interface ReadingRequest {
  readonly message: number;
  /** In memory that both threads share, or a copy. */
  readonly chunk: Uint8Array;
  /** With the last bytes: shared memory for the message's texts; what has no room in it gets memory of its own. */
  readonly room?: Uint8Array;
}

/** That a chunk is read that is not the last, or what there is to know of a message. */
export type ReadingReply = { readonly message: number; readonly read?: ReadMessage };

/** What goes to the reading thread, and what comes from it: several at once, since each post costs as much as a small message. */
export type ReadingRequests = readonly ReadingRequest[];
export type ReadingReplies = readonly ReadingReply[];

/**
 * What the host's main thread hears of a message. Its texts stay outside of that thread's heap, where they would outlive the
 * young generation and be collected late.
 */
export interface ReadMessage {
  readonly identity: MessageIdentity;
  readonly index: MessageSummary;
  readonly texts: EncodedTexts;
  /** It is no message but Exchange's word that it can't hand one over. */
  readonly isStub: boolean;
  /** The value of `TEST_MESSAGE_HEADER`. */
  readonly testHeader?: string;
}

/** @param room shared memory for the texts */
export function toReadMessage(reading: MessageReading, room: Uint8Array): ReadMessage {
  const { identity, header } = reading;
  const { text, html, ...index } = reading.index;
  const testHeader = fieldOf(header, TEST_MESSAGE_HEADER.toLowerCase());
  return {
    identity,
    index,
    texts: encoded({ text, html }, new TextRoom(room)),
    isStub: isRetrievalStub(reading),
    ...(testHeader !== undefined && { testHeader }),
  };
}

function encoded({ text, html }: ShownTexts, room: TextRoom): EncodedTexts {
  return {
    ...(text !== undefined && { text: room.encode(text) }),
    ...(html !== undefined && { html: room.encode(html) }),
  };
}

/** Memory that texts are written into, one behind the other. */
class TextRoom {
  private readonly memory: Buffer;
  private used = 0;

  constructor({ buffer, byteOffset, byteLength }: Uint8Array) {
    this.memory = Buffer.from(buffer, byteOffset, byteLength);
  }

  /** In UTF-8. */
  encode(text: string): Uint8Array {
    const free = this.memory.subarray(this.used);
    const written = free.write(text);
    // What left room for the longest character was not cut off. To ask for a text's length first takes longer than to write it.
    return free.byteLength - written >= LONGEST_CHARACTER ? this.take(written) : ownMemory(text);
  }

  private take(size: number): Buffer {
    const from = this.used;
    this.used += size;
    return this.memory.subarray(from, this.used);
  }
}

/** In UTF-8 (RFC 3629 section 3). Bytes. */
const LONGEST_CHARACTER = 4;

function ownMemory(text: string): Uint8Array {
  const bytes = Buffer.from(new SharedArrayBuffer(Buffer.byteLength(text)));
  bytes.write(text);
  return bytes;
}
