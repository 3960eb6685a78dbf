import { createWriteStream, type WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { redact, type Clock, type LogData, type Logger } from '@exact/host-contracts';

type Level = 'info' | 'warn' | 'error';

/** What support reads of a log: the newest lines, and no more bytes than these. */
const LAST_LINES = 200;
const LAST_BYTES = 128 * 1024;

/** A log of one JSON object a line. */
export class FileLogger implements Logger, AsyncDisposable {
  readonly #stream: WriteStream;

  constructor(
    private readonly file: string,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.#stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
    this.#stream.on('error', (error) => {
      process.stderr.write(`The log ${file} can't be written: ${error.message}\n`);
    });
  }

  info(event: string, data?: LogData): void {
    this.#write('info', event, data);
  }

  warn(event: string, data?: LogData): void {
    this.#write('warn', event, data);
  }

  error(event: string, data?: LogData): void {
    this.#write('error', event, data);
  }

  /** The newest lines, oldest first. */
  async lastLines(): Promise<readonly string[]> {
    await this.#written();
    await using log = await open(this.file, 'r');
    const { size } = await log.stat();
    const from = Math.max(0, size - LAST_BYTES);
    const { buffer, bytesRead } = await log.read(Buffer.alloc(LAST_BYTES), 0, LAST_BYTES, from);
    const lines = buffer
      .toString('utf8', 0, bytesRead)
      .split('\n')
      .slice(from > 0 ? 1 : 0, -1);
    return lines.slice(-LAST_LINES);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#stream.destroyed) return;
    this.#stream.end();
    await finished(this.#stream);
  }

  /** Resolves when all that was logged so far is in the file. */
  #written(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream.writableEnded) resolve();
      else
        this.#stream.write('', () => {
          resolve();
        });
    });
  }

  #write(level: Level, event: string, data: LogData = {}): void {
    if (this.#stream.writableEnded) return;
    const clean = Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' ? redact(value) : value,
    ]);
    const time = new Date(this.clock.now()).toISOString();
    this.#stream.write(`${JSON.stringify({ time, level, event, ...Object.fromEntries(clean) })}\n`);
  }
}
