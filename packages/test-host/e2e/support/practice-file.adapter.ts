import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Whether some process may run the practice's jobs now. */
export function isLeaseHeld(dataDirectory: string): boolean {
  using database = new DatabaseSync(join(dataDirectory, 'practice.sqlite'), { readOnly: true, timeout: 10_000 });
  return database.prepare('SELECT holder FROM lease').get()?.['holder'] !== null;
}

/** What Finish may change, read from the practice's file beside a host that is running or was killed. */
export function storedEmailSetup(dataDirectory: string): unknown {
  using database = new DatabaseSync(join(dataDirectory, 'practice.sqlite'), { readOnly: true, timeout: 10_000 });
  return {
    configuration: database.prepare('SELECT * FROM configuration').all(),
    secrets: database.prepare('SELECT name, hex(sealed) AS sealed FROM secrets ORDER BY name').all(),
    cursors: database.prepare('SELECT * FROM cursors').all(),
    practice: database.prepare('SELECT * FROM practice').all(),
    prompts: database.prepare('SELECT id FROM prompts ORDER BY id').all(),
    messages: database.prepare('SELECT count(*) AS count FROM messages').all(),
  };
}
