import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { beginPractice, createTables, type PracticeTables } from './practice-tables.js';
import { lockDirectory } from './directory-lock.js';
import { SCHEMA_UPDATES } from './schema.js';
import { updateSchema } from './schema-updates.js';
import { SecretBox } from './secret-box.js';
import { Session } from './session.js';
import { Database } from './sqlite.adapter.js';
import {
  movable,
  type OpenRefusal,
  type StoreCall,
  type StoreReply,
  type StoreRequest,
  type StoreThreadOptions,
  toPlainError,
} from './store-protocol.js';

/** For a reader of the file, e.g. a support tool, that holds a lock while a transaction is committed. Milliseconds. */
const BUSY_TIMEOUT = 10_000;

interface OpenPractice extends Disposable {
  readonly tables: PracticeTables;
  readonly session: Session;
}

/** The thread's program: opens the file and serves one call after the other until it is told to close. */
function serve(options: StoreThreadOptions): void {
  if (!parentPort) throw new Error('This is the program of a worker thread');
  const port = parentPort;
  const reply = (message: StoreReply): void => {
    const { value, buffers } = movable(message);
    port.postMessage(value, buffers);
  };
  const opened = open(options);
  if ('kind' in opened) {
    reply({ kind: 'refused', refusal: opened });
    return;
  }
  port.on('message', (request: StoreRequest) => {
    if (request.kind === 'call') {
      answer(opened, request, reply);
      return;
    }
    opened[Symbol.dispose]();
    port.close();
  });
  reply({ kind: 'opened' });
}

function open({ dataDirectory, seed, allowedRecipients }: StoreThreadOptions): OpenPractice | OpenRefusal {
  using opening = new DisposableStack();
  const lock = lockDirectory(dataDirectory);
  if (lock === 'in-use') return { kind: 'in-use' };
  opening.use(lock);
  const database = opening.use(new Database(join(dataDirectory, 'practice.sqlite'), BUSY_TIMEOUT));
  // Appended pages are written once and never journaled; a kill at any moment leaves the last commit.
  database.execute('PRAGMA page_size = 16384; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL');
  const schema = updateSchema(database, SCHEMA_UPDATES);
  if (schema.kind === 'newer') return schema;
  const session = new Session();
  const secrets = new SecretBox(join(dataDirectory, 'secrets.key'));
  const tables = createTables({ database, session, secrets, allowedRecipients });
  beginPractice(database, tables, seed);
  const open = opening.move();
  return { tables, session, [Symbol.dispose]: () => open.dispose() };
}

function answer({ tables, session }: OpenPractice, call: StoreCall, reply: (message: StoreReply) => void): void {
  const { id } = call;
  try {
    const table: object = tables[call.store];
    const method: unknown = Reflect.get(table, call.method);
    if (typeof method !== 'function') throw new TypeError(`${call.store} has no method ${call.method}`);
    const { value, changes } = session.run(call.caller, () => Reflect.apply(method, table, call.arguments) as unknown);
    for (const change of changes) reply({ kind: 'changed', change });
    reply({ kind: 'answer', id, value });
  } catch (error) {
    reply({ kind: 'thrown', id, error: toPlainError(error) });
  }
}

serve(workerData as StoreThreadOptions);
