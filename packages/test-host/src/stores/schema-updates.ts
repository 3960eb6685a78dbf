import { number } from './columns.js';
import type { Database } from './sqlite.adapter.js';

/** One numbered step of the stored form, as SQL. The first entry leads from nothing to number 1. Never changed once shipped. */
export type SchemaUpdates = readonly string[];

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
export function updateSchema(database: Database, updates: SchemaUpdates): SchemaOutcome {
  const found = schemaNumber(database);
  if (found > updates.length) return { kind: 'newer', found, known: updates.length };
  updates.slice(found).forEach((update, index) => {
    database.transaction(() => {
      database.execute(update);
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
