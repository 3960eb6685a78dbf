import { Worker } from 'node:worker_threads';
import type { MessageReading } from './message-reader.js';
import type { ReadingReply, ReadingRequest } from './reading-protocol.js';

/** Reads messages on a thread of its own, so that the host's stays free. The thread starts with the first message. */
export class ReadingThread implements AsyncDisposable {
  private worker: Worker | undefined;
  private lastMessage = 0;
  private readonly messages = new Map<number, RemoteReading>();

  /** Begins a message. */
  begin(): RemoteReading {
    this.worker ??= this.start();
    const { worker } = this;
    const message = (this.lastMessage += 1);
    const reading = new RemoteReading((request) => {
      worker.postMessage({ message, ...request } satisfies ReadingRequest);
    });
    this.messages.set(message, reading);
    return reading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(new URL('./reading-thread.worker.js', import.meta.url));
    worker.on('message', (reply: ReadingReply) => {
      const message = this.messages.get(reply.message);
      if ('reading' in reply) this.messages.delete(reply.message);
      message?.take(reply);
    });
    worker.on('error', (error) => {
      for (const message of this.messages.values()) message.fail(error);
      this.messages.clear();
    });
    return worker;
  }
}

type Piece = Pick<ReadingRequest, 'chunk' | 'isLast'>;

const NOTHING = new Uint8Array();

/** One message that is read on the other thread. */
export class RemoteReading {
  /** Rejects when the thread broke: a defect, since a message can’t break it. */
  readonly result: Promise<MessageReading>;
  private readonly settle = Promise.withResolvers<MessageReading>();
  private taken = Promise.withResolvers<undefined>();
  /** Not sent before it is known whether it is the last: most messages are one chunk, and one request. */
  private waiting: Uint8Array | undefined;

  constructor(private readonly send: (piece: Piece) => void) {
    this.result = this.settle.promise;
    // Whoever awaits it learns of it; a pass that has ended before does not.
    this.result.catch(() => undefined);
    this.taken.resolve(undefined);
  }

  /** Resolves when the chunks before this one are on their way and read, so that a slow thread holds up the download. */
  async write(chunk: Uint8Array): Promise<void> {
    const before = this.waiting;
    this.waiting = chunk;
    if (!before) return;
    await this.taken.promise;
    this.taken = Promise.withResolvers();
    this.send({ chunk: before, isLast: false });
  }

  end(): void {
    this.send({ chunk: this.waiting ?? NOTHING, isLast: true });
    this.waiting = undefined;
  }

  take(reply: ReadingReply): void {
    if ('reading' in reply) this.settle.resolve(reply.reading);
    else this.taken.resolve(undefined);
  }

  fail(error: unknown): void {
    this.settle.reject(error);
    this.taken.resolve(undefined);
  }
}
