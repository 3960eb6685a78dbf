import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Clock, LogData, Logger } from '@exact/host-contracts';
import { redact } from './redact.js';

type Level = 'info' | 'warn' | 'error';

/** A log of one JSON object a line. */
export class FileLogger implements Logger, AsyncDisposable {
  readonly #stream: WriteStream;

  constructor(
    file: string,
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

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#stream.destroyed) return;
    this.#stream.end();
    await finished(this.#stream);
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
