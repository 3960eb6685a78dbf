import { bytes, number } from './columns.js';
import { wholeBlocks } from './pack-file.js';
import type { PracticeFiles } from './schema-updates.js';
import type { Database, Row } from './sqlite.adapter.js';

const TABLES = `
  -- How much of the pack file is in use.
  CREATE TABLE pack (single INTEGER PRIMARY KEY CHECK (single = 1), length INTEGER NOT NULL) STRICT;
  INSERT INTO pack VALUES (1, 0);

  -- What in it was thrown away.
  CREATE TABLE pack_gaps (position INTEGER PRIMARY KEY, length INTEGER NOT NULL) STRICT;

  -- Bytes of a raw message from \`start\` on, at \`position\` in the pack file.
  CREATE TABLE raw_pieces (
    raw INTEGER NOT NULL REFERENCES raw_messages ON DELETE CASCADE,
    start INTEGER NOT NULL,
    position INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (raw, start)
  ) STRICT, WITHOUT ROWID;
`;

/** Raw messages go into the pack file, which is written once, where the database writes twice. Chunk by chunk: they are many. */
export function packRawMessages({ database, pack }: PracticeFiles): void {
  database.execute(TABLES);
  let position = 0;
  let row = firstChunkFrom(database, 0, 0);
  while (row) {
    const [raw, start, chunk] = [number(row, 'raw'), number(row, 'start'), bytes(row, 'bytes')];
    pack.write(position, [chunk]);
    database.run('INSERT INTO raw_pieces VALUES (?, ?, ?, ?)', raw, start, position, chunk.length);
    position += wholeBlocks(chunk.length);
    row = firstChunkFrom(database, raw, start + 1);
  }
  database.run('UPDATE pack SET length = ?', position);
  database.execute('DROP TABLE raw_chunks');
}

function firstChunkFrom(database: Database, raw: number, start: number): Row | undefined {
  const sql = 'SELECT raw, start, bytes FROM raw_chunks WHERE (raw, start) >= (?, ?) ORDER BY raw, start LIMIT 1';
  return database.find(sql, raw, start);
}
