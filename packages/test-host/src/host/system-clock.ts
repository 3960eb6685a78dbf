import type { Clock } from '@exact/host-contracts';

/**
 * A timer stands still while a computer sleeps, and takes 32 bits only: a long wait looks at the time of day every minute.
 * Milliseconds.
 */
const LONGEST_TIMER = 60_000;

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
    const end = this.now() + milliseconds;
    while (end - this.now() > LONGEST_TIMER) await wait(LONGEST_TIMER, signal);
    await wait(Math.max(0, end - this.now()), signal);
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
