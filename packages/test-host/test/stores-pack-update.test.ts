import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SCHEMA_UPDATES } from '../dist/src/stores/schema.js';
import { updateSchema } from '../dist/src/stores/schema-updates.js';
import { PackFile } from '../dist/src/stores/pack-file.js';
import { MessageTexts } from '../dist/src/stores/message-texts.js';
import { PackedBytes } from '../dist/src/stores/packed-bytes.js';
import { RawMessages } from '../dist/src/stores/raw-messages.js';
import { Database, type SqlValue } from '../dist/src/stores/sqlite.adapter.js';
import { makePack } from './conformance-memory.js';
import { StoresHarness } from './stores-harness.js';

const MIB = 1024 * 1024;
/** The last version that kept raw messages and texts in the database. */
const BEFORE = SCHEMA_UPDATES.slice(0, 6);
const STAGED = 100_000;
/** One of each kind: of several chunks, of one, and of none. */
const SIZES = [9 * MIB + 5, 60_000, 1, 0];
const TEXTS = [{ text: 'Grüße 👋', html: '<p>Grüße 👋</p>' }, { html: '<p>Only</p>' }, { text: '' }, {}];

function raw(id: number): Buffer {
  return Buffer.alloc(SIZES[id - 1] ?? STAGED, `raw message ${id} `);
}

function fileOf({ directory }: StoresHarness, name: string): string {
  return join(directory, name);
}

/** A practice as that version left it: these messages, and a chunk of one that was on its way. */
function writeBefore(database: Database): void {
  database.execute('PRAGMA page_size = 16384; PRAGMA journal_mode = WAL');
  using pack = makePack();
  updateSchema({ database, pack }, BEFORE);
  SIZES.forEach((size, index) => {
    const id = index + 1;
    writeRaw(database, id, size, null);
    database.run(
      `INSERT INTO messages (id, identity, account, mailbox, uid_validity, uid, arrived_at, folder, read, suggested, summary, raw)
       VALUES (?1, ?1, 'account', 'INBOX', 7, ?1, ?1, 'inbox', 0, '[]', '{}', ?1)`,
      id,
    );
    const { text = null, html = null } = TEXTS[index] ?? {};
    database.run('INSERT INTO message_texts VALUES (?, ?, ?)', id, text, html);
  });
  writeRaw(database, SIZES.length + 1, STAGED, 'stage');
}

function writeRaw(database: Database, id: number, size: number, stage: string | null): void {
  database.run('INSERT INTO raw_messages VALUES (?, ?, ?, 0)', id, size, stage);
  for (let start = 0; start < size; start += 4 * MIB) {
    const chunk = raw(id).subarray(start, start + 4 * MIB);
    database.run('INSERT INTO raw_chunks VALUES (?, ?, ?)', id, start, chunk);
  }
}

/** Fails at the n-th change, where the work of an update is half done. */
class FailingDatabase extends Database {
  #left: number;

  constructor(file: string, change: number) {
    super(file, 1000);
    this.#left = change;
  }

  override run(sql: string, ...parameters: SqlValue[]) {
    this.#left -= 1;
    if (this.#left === 0) throw new Error('Cut off');
    return super.run(sql, ...parameters);
  }
}

describe('a practice of the version that kept raw messages and texts in the database', () => {
  test('has them in the pack file after its next start, byte for byte, and its database becomes small', async () => {
    await using harness = await StoresHarness.open();
    await harness.close();
    for (const name of ['practice.sqlite', 'practice.pack']) await rm(fileOf(harness, name));
    {
      using database = new Database(fileOf(harness, 'practice.sqlite'), 1000);
      writeBefore(database);
    }
    expect((await stat(fileOf(harness, 'practice.sqlite'))).size).toBeGreaterThan(9 * MIB);
    await harness.reopen();
    const { inbox } = harness.stores;
    const { rows } = await inbox.list({ folder: 'inbox', offset: 0, limit: 10 });
    expect(rows.map(({ id, size }) => [id, size])).toEqual(SIZES.map((size, index) => [index + 1, size]).reverse());
    for (const { id, size } of rows) {
      expect(Buffer.from(await inbox.raw(id, 0, size)).equals(raw(id))).toBe(true);
      expect(Buffer.from(await inbox.raw(id, 4 * MIB - 3, 10)).equals(raw(id).subarray(4 * MIB - 3, 4 * MIB + 7))).toBe(
        true,
      );
    }
    const read = await Promise.all(rows.map(({ id }) => inbox.read(id)));
    expect(read.map((message) => message?.index)).toEqual(TEXTS.toReversed());
    await harness.close();
    expect((await stat(fileOf(harness, 'practice.sqlite'))).size).toBeLessThan(MIB);
    const packed = (await stat(fileOf(harness, 'practice.pack'))).size;
    await harness.reopen();
    expect((await stat(fileOf(harness, 'practice.pack'))).size).toBe(packed);
  });

  test.each([
    { table: 'raw_chunks', rows: 6, change: 3 },
    { table: 'message_texts', rows: 4, change: 10 },
  ])(
    'is as it was when the move of $table is cut off, and the next start moves all',
    async ({ table, rows, change }) => {
      await using harness = await StoresHarness.open();
      const file = fileOf(harness, 'before.sqlite');
      using pack = new PackFile(fileOf(harness, 'before.pack'));
      {
        using database = new Database(file, 1000);
        writeBefore(database);
      }
      {
        using database = new FailingDatabase(file, change);
        expect(() => updateSchema({ database, pack }, SCHEMA_UPDATES)).toThrow('Cut off');
        expect(database.find(`SELECT count(*) AS rows FROM ${table}`)).toEqual({ rows });
      }
      using database = new Database(file, 1000);
      expect(updateSchema({ database, pack }, SCHEMA_UPDATES)).toMatchObject({ kind: 'current' });
      const packed = new PackedBytes(database, pack);
      const [raws, texts] = [new RawMessages(database, packed), new MessageTexts(database, packed)];
      for (const id of [1, 2, 3, 4]) {
        expect(Buffer.from(raws.read(id, 0, 10 * MIB)).equals(raw(id))).toBe(true);
        expect(texts.read(id)).toEqual(TEXTS[id - 1]);
      }
      // What was on its way can go on, and is thrown away with its lease.
      database.transaction(() => {
        raws.discardBefore(1);
      });
      expect(database.all('SELECT length FROM pack_gaps')).toEqual([{ length: 102_400 }]);
    },
  );
});
