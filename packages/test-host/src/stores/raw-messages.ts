import type { Fence, RawMessage } from '@exact/host-contracts';
import { number } from './columns.js';
import type { PackPlace } from './pack-file.js';
import type { PackedBytes } from './packed-bytes.js';
import type { Database } from './sqlite.adapter.js';

/** Bytes. */
const MOST_IN_CHUNK = 4 * 1024 * 1024;

interface Received {
  readonly raw: RawMessage;
}

/** Raw messages: rows that say where their pieces stand in the pack file. All writes run inside the caller's transaction. */
export class RawMessages {
  constructor(
    private readonly database: Database,
    private readonly packed: PackedBytes,
  ) {}

  /** Stores those that come as bytes and takes over those that were staged. Returns each with its row's id. */
  add<T extends Received>(messages: readonly T[], fence: Fence): readonly (readonly [message: T, raw: number])[] {
    let position = this.packed.write(messages.flatMap(({ raw }) => ('bytes' in raw ? [raw.bytes] : [])));
    return messages.map((message) => {
      if ('stage' in message.raw) return [message, this.#take(message.raw.stage)];
      const { length } = message.raw.bytes;
      const raw = this.#create(length, null, fence);
      this.#put(raw, 0, { position, length });
      position += length;
      return [message, raw];
    });
  }

  /** Appends to the stage of that name, which the first chunk makes. */
  stage(stage: string, chunk: Uint8Array, fence: Fence): void {
    const { length } = chunk;
    if (length > MOST_IN_CHUNK) throw new RangeError('A chunk is 4 MiB at most');
    const position = this.packed.write([chunk]);
    const row = this.database.find('SELECT id, size FROM raw_messages WHERE stage = ?', stage);
    const raw = row ? number(row, 'id') : this.#create(0, stage, fence);
    this.#put(raw, row ? number(row, 'size') : 0, { position, length });
    this.database.run('UPDATE raw_messages SET size = size + ? WHERE id = ?', length, raw);
  }

  discard(stage: string): void {
    this.#discardWhere('stage = ?', stage);
  }

  /** Discards what was staged under an older fence. */
  discardBefore(fence: Fence): void {
    this.#discardWhere('stage IS NOT NULL AND fence < ?', fence);
  }

  /** `offset` and `length` in bytes; shorter at the end. */
  read(raw: number, offset: number, length: number): Uint8Array {
    const rows = this.database.all(
      `SELECT position + max(?2 - start, 0) AS position, min(start + length, ?2 + ?3) - max(start, ?2) AS length
       FROM raw_pieces WHERE raw = ?1 AND start < ?2 + ?3 AND start + length > ?2 ORDER BY start`,
      raw,
      offset,
      length,
    );
    return this.packed.read(rows.map((row) => ({ position: number(row, 'position'), length: number(row, 'length') })));
  }

  #create(size: number, stage: string | null, fence: Fence): number {
    const sql = 'INSERT INTO raw_messages (size, stage, fence) VALUES (?, ?, ?)';
    return this.database.run(sql, size, stage, fence).insertedId;
  }

  #put(raw: number, start: number, { position, length }: PackPlace): void {
    if (length > 0) this.database.run('INSERT INTO raw_pieces VALUES (?, ?, ?, ?)', raw, start, position, length);
  }

  /** Makes a stage a message's. @throws Error when there is no such stage */
  #take(stage: string): number {
    const row = this.database.find('UPDATE raw_messages SET stage = NULL WHERE stage = ? RETURNING id', stage);
    if (!row) throw new Error(`Nothing was staged as ${stage}`);
    return number(row, 'id');
  }

  #discardWhere(condition: string, value: string | number): void {
    const sql = `SELECT position, length FROM raw_pieces WHERE raw IN (SELECT id FROM raw_messages WHERE ${condition})`;
    for (const row of this.database.all(sql, value)) {
      this.packed.discard({ position: number(row, 'position'), length: number(row, 'length') });
    }
    this.database.run(`DELETE FROM raw_messages WHERE ${condition}`, value);
  }
}
