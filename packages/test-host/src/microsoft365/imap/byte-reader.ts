import type { Readable } from 'node:stream';

/** What a client sent breaks a limit of the server: the connection ends. */
export class InputTooLongError extends Error {
  override readonly name = 'InputTooLongError';
}

/** Reads lines and counted bytes from a socket, and never more than was asked for. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(socket: Readable) {
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /**
   * The next line without its line end; `undefined` = the client has gone.
   *
   * @throws InputTooLongError when it is longer than `limit` bytes
   */
  async line(limit: number): Promise<Buffer | undefined> {
    let searched = 0;
    for (;;) {
      const end = this.#rest.indexOf(0x0a, searched);
      if (end > limit || (end < 0 && this.#rest.length > limit)) throw new InputTooLongError('Line too long');
      if (end >= 0) {
        const line = this.#take(end + 1).subarray(0, end);
        return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
      }
      searched = this.#rest.length;
      if (!(await this.#readOn())) return undefined;
    }
  }

  /** Exactly so many bytes; `undefined` = the client has gone before. */
  async exactly(length: number): Promise<Buffer | undefined> {
    const pieces: Buffer[] = [];
    let missing = length;
    for (;;) {
      const piece = this.#take(Math.min(missing, this.#rest.length));
      pieces.push(piece);
      missing -= piece.length;
      if (missing === 0) return Buffer.concat(pieces, length);
      if (!(await this.#readOn())) return undefined;
    }
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #readOn(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    return true;
  }
}
