import type { Download, SetAside } from '@exact/host-contracts';
import type { IncomingMessage } from './message/incoming-message.js';

/** What is stored in one transaction at most: larger ones are hardly faster, and stand in memory twice. */
export const BATCH = { messages: 100, bytes: 4 * 1024 * 1024 };

/** Messages that are stored in one transaction. */
export class Batch {
  readonly messages: IncomingMessage[] = [];
  readonly setAside: SetAside[] = [];
  /** The last UID that it leads to. */
  reached = 0;
  /** How far the download is with it; `undefined` = it ends, or there is none. */
  download: Download | undefined;
  private weight = 0;

  add(message: IncomingMessage): void {
    this.messages.push(message);
    this.weight += message.size;
  }

  get isFull(): boolean {
    return this.weight >= BATCH.bytes || this.messages.length + this.setAside.length >= BATCH.messages;
  }

  get isEmpty(): boolean {
    return this.messages.length === 0 && this.setAside.length === 0;
  }
}
