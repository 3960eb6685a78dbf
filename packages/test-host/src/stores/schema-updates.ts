import { number } from './columns.js';
import type { PackFile } from './pack-file.js';
import type { Database } from './sqlite.adapter.js';

/** What a practice is stored in. */
export interface PracticeFiles {
  readonly database: Database;
  readonly pack: PackFile;
}

/** One numbered step of the stored form: SQL, or a program where SQL does not reach. Runs in a transaction. */
export type SchemaUpdate = string | ((files: PracticeFiles) => void);

/** The first entry leads from nothing to number 1. None is ever changed once shipped. */
export type SchemaUpdates = readonly SchemaUpdate[];

/** What became of bringing a file to the newest form. */
export type SchemaOutcome =
  | { readonly kind: 'current'; readonly updatesRun: number }
  /** A newer program wrote the file: nothing was changed. */
  | { readonly kind: 'newer'; readonly found: number; readonly known: number };

/** An older program keeps the file. */
export interface SchemaOlder {
  readonly kind: 'older';
  readonly found: number;
  readonly known: number;
}

/**
 * Runs what is missing, each update and its number in one transaction: an interrupted run goes on where it stood, a
 * second run does nothing. The number is SQLite's `user_version`.
 */
export function updateSchema(files: PracticeFiles, updates: SchemaUpdates): SchemaOutcome {
  const { database } = files;
  const found = schemaNumber(database);
  if (found > updates.length) return { kind: 'newer', found, known: updates.length };
  updates.slice(found).forEach((update, index) => {
    database.transaction(() => {
      if (typeof update === 'string') database.execute(update);
      else update(files);
      database.execute(`PRAGMA user_version = ${found + index + 1}`);
    });
  });
  return { kind: 'current', updatesRun: updates.length - found };
}

/** For a process beside the one that keeps the file: changes nothing. */
export function checkSchema(database: Database, updates: SchemaUpdates): SchemaOutcome | SchemaOlder {
  const found = schemaNumber(database);
  if (found === updates.length) return { kind: 'current', updatesRun: 0 };
  return { kind: found > updates.length ? 'newer' : 'older', found, known: updates.length };
}

function schemaNumber(database: Database): number {
  const row = database.find('PRAGMA user_version');
  return row ? number(row, 'user_version') : 0;
}
