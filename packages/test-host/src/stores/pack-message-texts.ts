import { number } from './columns.js';
import { wholeBlocks } from './pack-file.js';
import type { PracticeFiles } from './schema-updates.js';
import type { Database, Row } from './sqlite.adapter.js';

const TABLE = `
  -- Where a message's text stands in the pack file, and its HTML behind it; their bytes of UTF-8, NULL = it has none.
  CREATE TABLE packed_texts (
    message INTEGER PRIMARY KEY REFERENCES messages,
    position INTEGER NOT NULL,
    text INTEGER,
    html INTEGER
  ) STRICT;
`;

/** The texts of messages follow their raw bytes into the pack file. Message by message: they are many. */
export function packMessageTexts({ database, pack }: PracticeFiles): void {
  database.execute(TABLE);
  let position = Number(database.find('SELECT length FROM pack')?.['length']);
  let row = firstTextsBehind(database, 0);
  while (row) {
    const message = number(row, 'message');
    const [text, html] = [row['text'], row['html']].map((bytes) => (bytes instanceof Uint8Array ? bytes : undefined));
    const pieces = [text, html].filter((bytes) => bytes !== undefined);
    pack.write(position, pieces);
    const lengths = [text?.length ?? null, html?.length ?? null] as const;
    database.run('INSERT INTO packed_texts VALUES (?, ?, ?, ?)', message, position, ...lengths);
    position += wholeBlocks(pieces.reduce((sum, { length }) => sum + length, 0));
    row = firstTextsBehind(database, message);
  }
  database.run('UPDATE pack SET length = ?', position);
  database.execute('DROP TABLE message_texts');
}

function firstTextsBehind(database: Database, message: number): Row | undefined {
  const sql = `SELECT message, CAST(text AS BLOB) AS text, CAST(html AS BLOB) AS html FROM message_texts
    WHERE message > ? ORDER BY message LIMIT 1`;
  return database.find(sql, message);
}
