import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@exact/host-contracts';

interface Sleeper {
  readonly due: number;
  wake(): void;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  private readonly sleepers = new Set<Sleeper>();

  /** 2026-11-23 is a Monday. */
  constructor(private time = Date.parse('2026-11-23T09:00:00Z')) {}

  now(): number {
    return this.time;
  }

  timeZone(): string {
    return 'Europe/London';
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { due: this.time + milliseconds, wake: resolve };
      const stop = () => {
        this.sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) {
        stop();
        return;
      }
      signal?.addEventListener('abort', stop, { once: true });
      this.sleepers.add(sleeper);
    });
  }

  /** Lets time pass; sleepers wake in their order, each at its time. */
  async advance(milliseconds: number): Promise<void> {
    const target = this.time + milliseconds;
    await setImmediate();
    for (let next = this.next(target); next; next = this.next(target)) {
      this.time = Math.max(this.time, next.due);
      this.sleepers.delete(next);
      next.wake();
      await setImmediate();
    }
    this.time = target;
  }

  /** The machine's clock is set, or it slept: nobody wakes by that. */
  jump(milliseconds: number): void {
    this.time += milliseconds;
  }

  private next(target: number): Sleeper | undefined {
    return [...this.sleepers].filter(({ due }) => due <= target).sort((a, b) => a.due - b.due)[0];
  }
}
