import type { Event } from '@exact/host-contracts';
import { isLocked } from '../stores/directory-lock.js';
import { Emitter } from '../stores/emitter.js';

/** Milliseconds of the machine's own time, whatever the host's clock says. */
const LOOK_EVERY = 1_000;

/** A workstation's eye on its server, which may end without a word. */
export class ServerWatch implements Disposable {
  readonly #changes = new Emitter<undefined>();
  readonly #looking: NodeJS.Timeout;
  #isRunning: boolean;
  readonly onDidChange: Event<undefined> = this.#changes.event;

  constructor(dataDirectory: string) {
    this.#isRunning = isLocked(dataDirectory);
    this.#looking = setInterval(() => {
      const isRunning = isLocked(dataDirectory);
      if (isRunning === this.#isRunning) return;
      this.#isRunning = isRunning;
      this.#changes.fire(undefined);
    }, LOOK_EVERY);
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking);
  }
}
