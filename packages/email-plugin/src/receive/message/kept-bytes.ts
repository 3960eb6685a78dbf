import { copyBytes } from '../message-memory.js';

const BLOCK_BYTES = 4 * 1024;
const NOTHING = Buffer.alloc(0);

/** Copies bytes one behind the other; short ones, of which there may be very many, share a block. */
export class KeptBytes {
  private readonly blocks: Buffer[] = [];
  private open = NOTHING;
  private used = 0;

  /** The last one; `undefined` when there is none. */
  get last(): number | undefined {
    return this.used > 0 ? this.open[this.used - 1] : this.blocks.at(-1)?.at(-1);
  }

  add(bytes: Uint8Array): void {
    if (bytes.byteLength > this.open.byteLength - this.used) {
      this.close();
      this.open = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, bytes.byteLength));
    }
    copyBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), this.open, this.used);
    this.used += bytes.byteLength;
  }

  all(): Buffer {
    this.close();
    const [only] = this.blocks;
    return only && this.blocks.length === 1 ? only : Buffer.concat(this.blocks);
  }

  private close(): void {
    if (this.used > 0) this.blocks.push(this.open.subarray(0, this.used));
    this.open = NOTHING;
    this.used = 0;
  }
}
