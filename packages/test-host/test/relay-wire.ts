import type { Socket } from 'node:net';

/** One side has gone, or the connection was broken. */
export class Ended extends Error {}

/** One side of a dialogue, read line by line. */
export class Wire {
  private buffered = '';
  private isOver = false;
  private ring = (): void => undefined;

  constructor(readonly stream: Socket) {
    stream.on('data', this.take);
    stream.on('error', this.end);
    stream.on('end', this.end);
    stream.on('close', this.end);
  }

  /** Through the end mark; bytes as latin1. */
  async readThrough(mark: string): Promise<string> {
    for (;;) {
      const at = this.buffered.indexOf(mark);
      if (at >= 0) return this.cut(at + mark.length);
      await this.more();
    }
  }

  /** So many bytes, as latin1. */
  async readBytes(count: number): Promise<string> {
    while (this.buffered.length < count) await this.more();
    return this.cut(count);
  }

  /** Something, as soon as it is there. */
  async begin(): Promise<void> {
    while (this.buffered === '') await this.more();
  }

  write(bytes: string): void {
    this.stream.write(Buffer.from(bytes, 'latin1'));
  }

  /** So that TLS may take over. */
  detach(): Socket {
    this.stream.off('data', this.take);
    return this.stream;
  }

  private cut(length: number): string {
    const piece = this.buffered.slice(0, length);
    this.buffered = this.buffered.slice(length);
    return piece;
  }

  private async more(): Promise<void> {
    if (this.isOver) throw new Ended();
    await new Promise<void>((resolve) => {
      this.ring = resolve;
    });
  }

  private readonly take = (chunk: Buffer): void => {
    this.buffered += chunk.toString('latin1');
    this.ring();
  };

  private readonly end = (): void => {
    this.isOver = true;
    this.ring();
  };
}
