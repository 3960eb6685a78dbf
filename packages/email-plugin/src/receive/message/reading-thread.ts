import { Worker } from 'node:worker_threads';
import { MessageMemory, type LentBytes } from '../message-memory.js';
import type { ReadingReplies, ReadingReply, ReadingRequest, ReadMessage } from './reading-protocol.js';

/**
 * Little of what reading leaves behind lives long: a large young generation would only be memory, and so would garbage among
 * what is old, which is collected the earlier the less may be there. The worst messages of the tests need less than a quarter.
 */
const MEMORY_LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };
/** Larger texts are rare, and get memory of their own. Bytes. */
const ROOM_BYTES = 64 * 1024;

/** Reads messages on a thread of its own, so that the host's stays free. The thread starts with `warmUp` or the first message. */
export class ReadingThread implements AsyncDisposable {
  private worker: Worker | undefined;
  private readonly memory = new MessageMemory();
  private lastMessage = 0;
  private readonly messages = new Map<number, RemoteReading>();
  /** Requests of the present turn of the event loop. */
  private waiting: ReadingRequest[] = [];

  /** Starts the thread when messages are about to come, so that the first ones do not wait for it. */
  warmUp(): void {
    this.worker ??= this.start();
  }

  /** Begins a message. */
  begin(): RemoteReading {
    const message = (this.lastMessage += 1);
    const reading = new RemoteReading(this.memory, (request) => {
      this.send({ message, ...request });
    });
    this.messages.set(message, reading);
    return reading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker?.terminate();
  }

  private send(request: ReadingRequest): void {
    this.waiting.push(request);
    if (this.waiting.length > 1) return;
    const worker = (this.worker ??= this.start());
    setImmediate(() => {
      const requests = this.waiting;
      this.waiting = [];
      worker.postMessage(requests);
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL('./reading-thread.worker.js', import.meta.url), {
      resourceLimits: MEMORY_LIMITS,
    });
    worker.on('message', (replies: ReadingReplies) => {
      for (const reply of replies) {
        const message = this.messages.get(reply.message);
        if (reply.read) this.messages.delete(reply.message);
        message?.take(reply);
      }
    });
    worker.on('error', (error) => {
      for (const message of this.messages.values()) message.fail(error);
      this.messages.clear();
    });
    return worker;
  }
}

type Piece = Pick<ReadingRequest, 'chunk' | 'room'>;

const NOTHING = new Uint8Array();

/** One message that is read on the other thread. */
export class RemoteReading {
  /** Rejects when the thread broke: a defect, since a message can’t break it. */
  readonly result: Promise<ReadMessage>;
  private readonly settle = Promise.withResolvers<ReadMessage>();
  /** Of one that comes in pieces. */
  private taken: PromiseWithResolvers<undefined> | undefined;
  private room: LentBytes | undefined;

  constructor(
    private readonly memory: MessageMemory,
    private readonly send: (piece: Piece) => void,
  ) {
    this.result = this.settle.promise;
    // Whoever awaits it learns of it; a pass that has ended before does not.
    this.result.catch(() => undefined);
  }

  /** All of it. The bytes stay as they are until the result is there. */
  whole(bytes: Uint8Array): void {
    this.finish(bytes, bytes.byteLength);
  }

  /** The next piece. Resolves when it is read, so that a slow thread holds up the download. */
  async write(piece: Uint8Array): Promise<void> {
    this.taken = Promise.withResolvers();
    this.send({ chunk: piece });
    await this.taken.promise;
  }

  /** After the last piece. */
  end(): void {
    this.finish(NOTHING, ROOM_BYTES);
  }

  /** To be called when nobody needs the texts of the result any more: their memory is used again. */
  release(): void {
    this.room?.release();
    this.room = undefined;
  }

  take({ read }: ReadingReply): void {
    if (read) this.settle.resolve(read);
    else this.taken?.resolve(undefined);
  }

  fail(error: unknown): void {
    this.settle.reject(error);
    this.taken?.resolve(undefined);
  }

  /** Texts are seldom larger than the message that they stand in. */
  private finish(chunk: Uint8Array, size: number): void {
    this.room = this.memory.lend(Math.min(size, ROOM_BYTES));
    this.send({ chunk, room: this.room.bytes });
  }
}
