import type { Fence } from '@exact/host-contracts';
import { bytes, number } from './columns.js';
import type { Database } from './sqlite.adapter.js';

/** Whole messages come at once and are cut, so that reading a piece of one never reads all of it. Bytes. */
const CHUNK = 4 * 1024 * 1024;

/** Raw messages in chunks. All writes run inside the caller's transaction. */
export class RawMessages {
  constructor(private readonly database: Database) {}

  /** Returns the row's id. */
  add(message: Uint8Array, fence: Fence): number {
    const raw = this.#create(null, fence);
    for (let start = 0; start < message.length; start += CHUNK)
      this.#append(raw, message.subarray(start, start + CHUNK));
    return raw;
  }

  /** Appends to the stage of that name, which the first chunk makes. */
  stage(stage: string, chunk: Uint8Array, fence: Fence): void {
    if (chunk.length > CHUNK) throw new RangeError('A chunk is 4 MiB at most');
    this.#append(this.#staged(stage) ?? this.#create(stage, fence), chunk);
  }

  /** Makes a stage a message's. @throws Error when there is no such stage */
  take(stage: string): number {
    const raw = this.#staged(stage);
    if (raw === undefined) throw new Error(`Nothing was staged as ${stage}`);
    this.database.run('UPDATE raw_messages SET stage = NULL WHERE id = ?', raw);
    return raw;
  }

  discard(stage: string): void {
    this.database.run('DELETE FROM raw_messages WHERE stage = ?', stage);
  }

  /** `offset` and `length` in bytes; shorter at the end. */
  read(raw: number, offset: number, length: number): Uint8Array {
    const rows = this.database.all(
      `SELECT substr(bytes, max(?2 - start, 0) + 1, ?2 + ?3 - max(start, ?2)) AS piece FROM raw_chunks
       WHERE raw = ?1 AND start < ?2 + ?3 AND start + length(bytes) > ?2 ORDER BY start`,
      raw,
      offset,
      length,
    );
    const pieces = rows.map((row) => bytes(row, 'piece'));
    return pieces.length === 1 && pieces[0] ? pieces[0] : new Uint8Array(Buffer.concat(pieces));
  }

  #create(stage: string | null, fence: Fence): number {
    const sql = 'INSERT INTO raw_messages (size, stage, fence) VALUES (0, ?, ?)';
    return this.database.run(sql, stage, fence).insertedId;
  }

  #append(raw: number, chunk: Uint8Array): void {
    this.database.run('INSERT INTO raw_chunks SELECT id, size, ? FROM raw_messages WHERE id = ?', chunk, raw);
    this.database.run('UPDATE raw_messages SET size = size + ? WHERE id = ?', chunk.length, raw);
  }

  #staged(stage: string): number | undefined {
    const row = this.database.find('SELECT id FROM raw_messages WHERE stage = ?', stage);
    return row && number(row, 'id');
  }
}
