import { copyBytes } from '../message-memory.js';

const BLOCK_BYTES = 4 * 1024;

/** Copies bytes one behind the other; short ones, of which there may be very many, share a block. */
export class KeptBytes {
  private readonly blocks: Buffer[] = [];
  private open = Buffer.alloc(0);
  private used = 0;

  add(bytes: Uint8Array): void {
    if (bytes.byteLength > this.open.byteLength - this.used) {
      this.close();
      this.open = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, bytes.byteLength));
    }
    copyBytes(bytes, this.open, this.used);
    this.used += bytes.byteLength;
  }

  all(): Buffer {
    this.close();
    const [only] = this.blocks;
    return only && this.blocks.length === 1 ? only : Buffer.concat(this.blocks);
  }

  private close(): void {
    if (this.used > 0) this.blocks.push(this.open.subarray(0, this.used));
    this.open = Buffer.alloc(0);
    this.used = 0;
  }
}
