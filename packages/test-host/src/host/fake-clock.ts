import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@exact/host-contracts';

interface Sleeper {
  readonly due: number;
  wake(): void;
}

/** How often what a sleeper did may lead to another turn of the event loop before time goes on. */
const TURNS = 5;

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();
  readonly #settlers = new Set<() => Promise<void>>();

  /** @param start epoch ms. Default: a Monday morning */
  constructor(
    start: number = Date.parse('2026-11-23T09:00:00Z'),
    private readonly zone = 'Europe/London',
  ) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  timeZone(): string {
    return this.zone;
  }

  /** How many wait for the time to come. */
  get sleepers(): number {
    return this.#sleepers.size;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        due: this.#now + Math.max(0, milliseconds),
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
      // A sleep of no time is over without anybody moving the clock.
      if (milliseconds <= 0) queueMicrotask(() => this.#wake(sleeper));
    });
  }

  /**
   * Lets time pass. Sleepers wake in the order in which they are due, each at its time, and what they do (also what it
   * asks of a settler) comes to rest before time goes on.
   */
  async advance(milliseconds: number): Promise<void> {
    const target = this.#now + milliseconds;
    await this.#settle();
    for (let next = this.#next(target); next; next = this.#next(target)) {
      this.#now = Math.max(this.#now, next.due);
      this.#wake(next);
      await this.#settle();
    }
    this.#now = target;
  }

  /** Moves the time with nobody awake, as for a laptop that slept. Sleepers that are due wake at the next `advance`. */
  jump(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Lets the event loop turn, without any time, until the condition holds. */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await this.#settle();
  }

  /** Adds work outside this thread that time has to wait for, e.g. that no call into the stores is under way. */
  settleWith(settler: () => Promise<void>): void {
    this.#settlers.add(settler);
  }

  #next(target: number): Sleeper | undefined {
    const due = [...this.#sleepers].filter((sleeper) => sleeper.due <= target);
    return due.sort((a, b) => a.due - b.due)[0];
  }

  #wake(sleeper: Sleeper): void {
    if (this.#sleepers.delete(sleeper)) sleeper.wake();
  }

  async #settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      await setImmediate();
      for (const settler of this.#settlers) await settler();
    }
  }
}
