import { join } from 'node:path';
import { Database, isBusy } from './sqlite.adapter.js';

/**
 * Holds a directory for one process. The lock is the operating system's on a file of its own, taken by SQLite: it ends
 * with the process however that ends, so a killed test host can be started again at once, and the practice's file stays
 * readable for others meanwhile.
 */
export function lockDirectory(directory: string): Disposable | 'in-use' {
  const database = new Database(join(directory, 'lock.sqlite'), 0);
  try {
    database.execute('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database[Symbol.dispose]();
    if (isBusy(error)) return 'in-use';
    throw error;
  }
}
