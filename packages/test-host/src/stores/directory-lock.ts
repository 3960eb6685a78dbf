import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Database, isBusy } from './sqlite.adapter.js';

/** A workstation's look at the lock is over sooner. Milliseconds. */
const LOOK_LIMIT = 200;

/**
 * Holds a directory for one server. The lock is the operating system's on a file of its own, taken by SQLite: it ends
 * with the process however that ends, so a killed test host can be started again at once, and the practice's file stays
 * open to workstations meanwhile.
 */
export function lockDirectory(directory: string): Disposable | 'in-use' {
  const database = new Database(lockFile(directory), LOOK_LIMIT);
  try {
    database.execute('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database[Symbol.dispose]();
    if (isBusy(error)) return 'in-use';
    throw error;
  }
}

/** Whether a server holds the directory. */
export function isLocked(directory: string): boolean {
  if (!existsSync(lockFile(directory))) return false;
  using database = new Database(lockFile(directory), 0);
  try {
    database.execute('SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  }
}

function lockFile(directory: string): string {
  return join(directory, 'lock.sqlite');
}
