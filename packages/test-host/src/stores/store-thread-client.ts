import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Subscription } from '@exact/host-contracts';
import { Emitter } from './emitter.js';
import type { Caller, Change, Changes, Topic } from './session.js';
import {
  fromPlainError,
  movable,
  type OpenRefusal,
  type StoreName,
  type StoreReply,
  type StoreRequest,
  type StoreThreadOptions,
} from './store-protocol.js';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Little of what calls leave behind lives long; a large young generation would only be memory. */
const YOUNG_GENERATION_MB = 8;

/** The host's end of the store thread: calls with their answers, and changes. */
export class StoreThreadClient implements AsyncDisposable {
  readonly #pending = new Map<number, Pending>();
  readonly #changes = new Emitter<Change>();
  readonly #exited: Promise<unknown>;
  readonly #underWay = new Set<Promise<void>>();
  #requests: StoreRequest[] = [];
  #buffers: ArrayBuffer[] = [];
  #lastId = 0;
  #end: Error | undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly caller: () => Caller,
  ) {
    this.#exited = once(worker, 'exit');
    worker.on('message', (replies: readonly StoreReply[]) => {
      for (const reply of replies) this.#take(reply);
    });
    worker.once('error', (error: Error) => {
      this.#abandon(new Error('The store thread failed', { cause: error }));
    });
    worker.once('exit', () => {
      this.#abandon(new Error('The stores are closed'));
    });
  }

  /** @param caller asked at each call @throws what kept the thread from opening the file, e.g. a full disk */
  static async start(options: StoreThreadOptions, caller: () => Caller): Promise<StoreThreadClient | OpenRefusal> {
    const worker = new Worker(new URL('./store-thread.js', import.meta.url), {
      workerData: options,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    const [[first]] = (await once(worker, 'message')) as [readonly [StoreReply]];
    if (first.kind === 'opened') return new StoreThreadClient(worker, caller);
    await worker.terminate();
    if (first.kind === 'refused') return first.refusal;
    throw new Error(`The store thread began with ${first.kind}`);
  }

  call(store: StoreName, method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#end) return Promise.reject(this.#end);
    const id = (this.#lastId += 1);
    const { promise: answer, ...pending } = Promise.withResolvers<unknown>();
    this.#pending.set(id, pending);
    this.#send({ kind: 'call', id, store, method, arguments: args, caller: this.caller() });
    const settled = answer.then(forget, forget).finally(() => this.#underWay.delete(settled));
    this.#underWay.add(settled);
    return answer;
  }

  on<K extends Topic>(topic: K, listener: (value: Changes[K]) => void): Subscription {
    return this.#changes.event((change) => {
      if (change.topic === topic) listener(change.value as Changes[K]);
    });
  }

  /** Resolves when the calls under way have ended, well or not. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** Lets the calls under way end first. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#end) this.#send({ kind: 'close' });
    await this.#exited;
  }

  /** With what else is sent in this turn. */
  #send(request: StoreRequest): void {
    const { value, buffers } = movable(request);
    if (this.#requests.length === 0) process.nextTick(() => this.#post());
    this.#requests.push(value);
    this.#buffers.push(...buffers);
  }

  #post(): void {
    const [requests, buffers] = [this.#requests, this.#buffers];
    this.#requests = [];
    this.#buffers = [];
    this.worker.postMessage(requests, buffers);
  }

  #take(reply: StoreReply): void {
    if (reply.kind === 'changed') {
      this.#changes.fire(reply.change);
      return;
    }
    if (reply.kind !== 'answer' && reply.kind !== 'thrown') return;
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.kind === 'answer') pending?.resolve(reply.value);
    else pending?.reject(fromPlainError(reply.error));
  }

  #abandon(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#end);
    this.#pending.clear();
  }
}

function forget(): void {
  // The caller has the answer; here only its end counts.
}
