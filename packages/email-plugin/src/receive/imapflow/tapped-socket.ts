import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { FetchTap } from './fetch-tap.js';

/** A TLS connection as imapflow takes one over, of which it sees what the tap leaves. */
export class TappedSocket extends Duplex {
  /** How many pieces of chunks went to imapflow. */
  private handedOn = 0;

  constructor(
    private readonly socket: TLSSocket,
    private readonly tap: FetchTap,
  ) {
    super({ allowHalfOpen: false });
    let hasEnded = false;
    socket.on('data', this.hear);
    takeUnqueued(socket, this.hear);
    socket.on('end', () => {
      hasEnded = true;
      this.push(null);
    });
    socket.on('error', (error: Error) => this.destroy(error));
    socket.on('close', () => {
      // What came before an orderly end is read first.
      if (!hasEnded) this.destroy();
    });
    socket.on('timeout', () => this.emit('timeout'));
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.socket.end(() => {
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }

  setTimeout(milliseconds: number): this {
    this.socket.setTimeout(milliseconds);
    return this;
  }

  setKeepAlive(enable?: boolean, initialDelay?: number): this {
    this.socket.setKeepAlive(enable, initialDelay);
    return this;
  }

  getCipher() {
    return this.socket.getCipher();
  }

  get authorized(): boolean {
    return this.socket.authorized;
  }

  private readonly handOn = (bytes: Buffer): void => {
    this.handedOn += 1;
    if (!this.push(bytes)) this.socket.pause();
  };

  private readonly hear = (chunk: Buffer): void => {
    const before = this.handedOn;
    try {
      this.tap.take(chunk, this.handOn);
      if (this.handedOn === before) letGo(chunk);
    } catch (error) {
      this.destroy(error as RangeError);
    }
  };
}

/**
 * Takes chunks before the stream's queue while none waits there: servers write in small TLS records, of which each would cost
 * Node a turn of its own. Whatever else the stream does, its events bring all that is not taken here.
 */
function takeUnqueued(socket: TLSSocket, take: (chunk: Buffer) => void): void {
  const queue = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    const isNext = Buffer.isBuffer(chunk) && socket.readableFlowing === true && socket.readableLength === 0;
    if (!isNext) return queue(chunk, encoding);
    take(chunk);
    return true;
  };
}

/** Its memory is free at once: a download leaves it behind faster than it is collected. */
function letGo(chunk: Buffer): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === chunk.byteLength) buffer.transfer(0);
}
