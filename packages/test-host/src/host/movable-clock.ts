import type { Clock } from '@exact/host-contracts';
import { Emitter } from '../stores/emitter.js';

/** A clock that the panel puts forward, so that people see at once what comes after weeks. A new start puts it right again. */
export class MovableClock implements Clock {
  #ahead = 0;
  readonly #moves = new Emitter<undefined>();

  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now() + this.#ahead;
  }

  timeZone(): string {
    return this.clock.timeZone();
  }

  /** Who sleeps for longer than it is put forward sleeps on. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const end = this.now() + milliseconds;
    let rest = milliseconds;
    while (!(await this.#sleepUnlessMoved(rest, signal))) rest = end - this.now();
  }

  /** As after a holiday in which the computer was off: that time has gone by at once. */
  putForward(milliseconds: number): void {
    this.#ahead += milliseconds;
    this.#moves.fire(undefined);
  }

  /** Whether it slept to the end. */
  async #sleepUnlessMoved(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
    const moved = new AbortController();
    const subscription = this.#moves.event(() => {
      moved.abort();
    });
    try {
      await this.clock.sleep(milliseconds, signal ? AbortSignal.any([signal, moved.signal]) : moved.signal);
      return true;
    } catch (error) {
      if (signal?.aborted || !moved.signal.aborted) throw error;
      return false;
    } finally {
      subscription.dispose();
    }
  }
}
