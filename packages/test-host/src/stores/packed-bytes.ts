import { number } from './columns.js';
import { type PackFile, type PackPlace, wholeBlocks } from './pack-file.js';
import type { Database } from './sqlite.adapter.js';

/** The pack file with what the database knows of it: its end, and the gaps in it. All writes run inside the caller's transaction. */
export class PackedBytes {
  /** The transaction that last discarded something: a rollback would bring that back, so its room is no gap yet. */
  #lastDiscard = 0;

  /** @throws Error when the two are no pair, e.g. because only one of them was restored from a backup */
  constructor(
    private readonly database: Database,
    private readonly file: PackFile,
  ) {
    const row = database.find('SELECT length FROM pack');
    const length = row ? number(row, 'length') : 0;
    if (file.size < length) throw new Error(`${file.path} has ${file.size} bytes; the database says ${length}`);
  }

  /** Writes the pieces one behind the other and returns where the first one begins. */
  write(pieces: readonly Uint8Array[]): number {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (length === 0) return 0;
    const position = this.#room(wholeBlocks(length));
    this.file.write(position, pieces);
    return position;
  }

  read(places: readonly PackPlace[]): Uint8Array {
    return this.file.read(places);
  }

  /** What was written by itself, and no row refers to any more when the transaction has ended. */
  discard({ position, length }: PackPlace): void {
    this.#addGap(position, wholeBlocks(length));
    this.#lastDiscard = this.database.transactions;
  }

  /** Where so many bytes may be written: in the smallest gap that is large enough, else behind the end. */
  #room(length: number): number {
    // Only there is the write lock held, and does a rollback bring gaps and end back together with the rest.
    if (!this.database.isInTransaction) throw new Error('Bytes are packed in a transaction');
    const isGap = this.#lastDiscard !== this.database.transactions;
    return (isGap ? this.#fillGap(length) : undefined) ?? this.#extend(length);
  }

  #fillGap(length: number): number | undefined {
    const sql = 'SELECT position, length FROM pack_gaps WHERE length >= ? ORDER BY length LIMIT 1';
    const gap = this.database.find(sql, length);
    if (!gap) return undefined;
    const position = number(gap, 'position');
    const rest = number(gap, 'length') - length;
    this.database.run('DELETE FROM pack_gaps WHERE position = ?', position);
    if (rest > 0) this.#addGap(position + length, rest);
    return position;
  }

  #addGap(position: number, length: number): void {
    this.database.run('INSERT INTO pack_gaps VALUES (?, ?)', position, length);
  }

  #extend(length: number): number {
    const row = this.database.find('UPDATE pack SET length = length + ? RETURNING length', length);
    if (!row) throw new Error('The pack table is empty');
    return number(row, 'length') - length;
  }
}
