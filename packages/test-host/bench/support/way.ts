import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Distance, RelayOptions } from './relay.js';

/** When nobody has asked the server anything for so long, all is done. */
const QUIET_MS = 300;

/** A way to the server through a relay on a thread of its own, which counts the round trips. */
export class Way implements AsyncDisposable {
  private trips = 0;
  private ring = (): void => undefined;

  private constructor(
    private readonly relay: Worker,
    readonly port: number,
  ) {
    relay.on('message', () => {
      this.trips += 1;
      this.ring();
    });
  }

  static async open(server: number, distance: Distance): Promise<Way> {
    const options: RelayOptions = { ...distance, server };
    const relay = new Worker(new URL('./relay.ts', import.meta.url), { workerData: options });
    const [{ port }] = (await once(relay, 'message')) as [{ readonly port: number }];
    return new Way(relay, port);
  }

  /** It is another one from now on. */
  become(distance: Distance): void {
    this.relay.postMessage(distance);
  }

  /** Resolves when so many more round trips have begun. */
  async untilTrips(more: number): Promise<void> {
    const enough = this.trips + more;
    while (this.trips < enough) {
      await new Promise<void>((resolve) => {
        this.ring = resolve;
      });
    }
  }

  /** Round trips of some work, and of what follows from it. */
  async tripsOf(work: () => Promise<unknown>): Promise<number> {
    const before = this.trips;
    await work();
    for (let last = -1; last < this.trips;) {
      last = this.trips;
      await sleep(QUIET_MS);
    }
    return this.trips - before;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.relay.terminate();
  }
}
