import { closeSync, constants, fdatasyncSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a disk writes as a whole at least. Bytes. */
const BLOCK = 4096;
/** What is written at once. Bytes. */
const MOST_AT_ONCE = 1024 * 1024;
const WASM_PAGE = 64 * 1024;

/** Not everywhere, e.g. not on Windows. */
const { O_DIRECT = 0 } = constants as { readonly O_DIRECT?: number };

/** A stretch of the file, in bytes. */
export interface PackPlace {
  readonly position: number;
  readonly length: number;
}

/**
 * Bytes that are written once, in a file beside the database, which knows where they stand. Two rules make that as safe as
 * the database itself:
 *
 * - Bytes are durable before the transaction that refers to them commits: `flush` runs before each COMMIT.
 * - Nothing is written over bytes that a row refers to, nor over those that one refers to again after a rollback: only behind
 *   the end, or into a gap that was there when the transaction began; and in whole blocks, so that nothing else stands in
 *   what a power cut spoils.
 *
 * So whatever goes wrong (a full disk, a rollback, a kill) leaves bytes that no row refers to, which the next write goes
 * over. Who writes holds the database's write lock; who reads needs none.
 */
export class PackFile implements Disposable {
  readonly #file: number;
  /** The same file past the machine's memory, which received mail would fill for nothing: it is hardly read again soon. */
  #direct: number | undefined;
  #buffer: Uint8Array | undefined;
  #isFlushed = true;

  /** Makes the file, for its owner alone, when there is none. */
  constructor(readonly path: string) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#direct = openDirect(path);
    // Its name has to last as well; Windows sees to that by itself, and opens no directory.
    if (process.platform !== 'win32') flushDirectory(dirname(path));
  }

  get size(): number {
    return fstatSync(this.#file).size;
  }

  /** Writes the pieces one behind the other, from the beginning of a block on. @throws Error when e.g. the disk is full */
  write(position: number, pieces: readonly Uint8Array[]): void {
    this.#isFlushed = false;
    const buffer = (this.#buffer ??= alignedMemory());
    let [at, filled] = [position, 0];
    for (const piece of pieces) {
      // As a part of what is around it: where threads share memory, `copy` of all that a view shows takes ten times as long.
      const bytes = Buffer.from(piece.buffer);
      for (let taken = 0; taken < piece.length;) {
        const copied = bytes.copy(buffer, filled, piece.byteOffset + taken, piece.byteOffset + piece.length);
        taken += copied;
        filled += copied;
        if (filled < buffer.length) continue;
        this.#writeBlocks(at, buffer);
        [at, filled] = [at + filled, 0];
      }
    }
    const end = wholeBlocks(filled);
    this.#writeBlocks(at, buffer.fill(0, filled, end).subarray(0, end));
  }

  /** Makes durable what was written. */
  flush(): void {
    if (this.#isFlushed) return;
    fdatasyncSync(this.#file);
    this.#isFlushed = true;
  }

  /** The bytes of these places, one behind the other. @throws Error when the file ends before */
  read(places: readonly PackPlace[]): Uint8Array {
    const bytes = new Uint8Array(places.reduce((sum, { length }) => sum + length, 0));
    let done = 0;
    for (const { position, length } of places) {
      this.#readInto(bytes.subarray(done, done + length), position);
      done += length;
    }
    return bytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
    if (this.#direct !== undefined) closeSync(this.#direct);
  }

  #writeBlocks(position: number, blocks: Uint8Array): void {
    // On a full disk it writes less than it is given, and throws when it can write nothing more.
    for (let done = 0; done < blocks.length;) done += this.#writeSome(position + done, blocks.subarray(done));
  }

  #writeSome(position: number, bytes: Uint8Array): number {
    if (this.#direct !== undefined) {
      try {
        return writeSync(this.#direct, bytes, 0, bytes.length, position);
      } catch (error) {
        if (!isInvalid(error)) throw error;
        // A disk with larger blocks: by way of the machine's memory then.
        closeSync(this.#direct);
        this.#direct = undefined;
      }
    }
    return writeSync(this.#file, bytes, 0, bytes.length, position);
  }

  #readInto(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.#file, bytes, done, bytes.length - done, position + done);
      if (read === 0) throw new Error(`${this.path} ends at ${position + done}, before what was stored in it`);
      done += read;
    }
  }
}

/** How much room so many bytes take up. */
export function wholeBlocks(length: number): number {
  return Math.ceil(length / BLOCK) * BLOCK;
}

function openDirect(path: string): number | undefined {
  if (O_DIRECT === 0) return undefined;
  try {
    return openSync(path, constants.O_WRONLY | O_DIRECT);
  } catch (error) {
    if (isInvalid(error)) return undefined;
    throw error;
  }
}

/** Not possible on this file system. */
function isInvalid(error: unknown): boolean {
  return Error.isError(error) && 'code' in error && error.code === 'EINVAL';
}

/** The part of it that is used; TypeScript knows it in browsers only. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => {
    readonly buffer: ArrayBuffer;
  };
};

/** Direct writing needs memory that begins with a page, as WebAssembly's does. */
function alignedMemory(): Uint8Array {
  const pages = MOST_AT_ONCE / WASM_PAGE;
  return new Uint8Array(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer);
}

function flushDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
