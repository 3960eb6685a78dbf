import type { Clock } from '@exact/host-contracts';

/** setTimeout takes 32 bits; what is longer fires at once. Milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The machine's time. */
export class SystemClock implements Clock {
  readonly #zone: string;

  /** @param zone IANA name of the practice's time zone. Default: the machine's */
  constructor(zone?: string) {
    this.#zone = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  now(): number {
    return Date.now();
  }

  timeZone(): string {
    return this.#zone;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const end = performance.now() + milliseconds;
    for (let left = milliseconds; left > LONGEST_TIMER; left = end - performance.now()) {
      await wait(LONGEST_TIMER, signal);
    }
    await wait(Math.max(0, end - performance.now()), signal);
  }
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
