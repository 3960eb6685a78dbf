import type { Event } from '@exact/host-contracts';

/** The firing side of an `Event`. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that one function given twice is two subscriptions.
    const own = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        // The other listeners still have to hear of it; the fault surfaces as an uncaught error, not as nothing.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
