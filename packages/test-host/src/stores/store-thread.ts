import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { CallGroups } from './call-groups.js';
import { beginPractice, createTables, type PracticeTables } from './practice-tables.js';
import { isLocked, lockDirectory } from './directory-lock.js';
import { PackFile } from './pack-file.js';
import { PackedBytes } from './packed-bytes.js';
import { SCHEMA_UPDATES } from './schema.js';
import { checkSchema, updateSchema } from './schema-updates.js';
import { SecretBox } from './secret-box.js';
import { type Change, Session, type Topic } from './session.js';
import { Database, isBusy } from './sqlite.adapter.js';
import {
  movable,
  type OpenRefusal,
  type StoreReply,
  type StoreRequest,
  type StoreThreadOptions,
} from './store-protocol.js';

/** For another process that holds a lock while it commits a transaction, e.g. a workstation. Milliseconds. */
const BUSY_TIMEOUT = 10_000;

/**
 * How often the file is looked at for what other processes have changed. Milliseconds of the machine's own time, whatever
 * the host's clock says: the others have clocks of their own.
 */
const LOOK_EVERY = 1_000;

interface OpenPractice extends Disposable {
  readonly database: Database;
  readonly tables: PracticeTables;
  readonly session: Session;
}

/** The thread's program: opens the file and serves one call after the other until it is told to close. */
function serve(options: StoreThreadOptions): void {
  if (!parentPort) throw new Error('This is the program of a worker thread');
  const port = parentPort;
  const reply = (messages: readonly StoreReply[]): void => {
    const { value, buffers } = movable(messages);
    port.postMessage(value, buffers);
  };
  const opened = open(options);
  if ('kind' in opened) {
    reply([{ kind: 'refused', refusal: opened }]);
    return;
  }
  const calls = new CallGroups(opened, reply);
  port.on('message', (requests: readonly StoreRequest[]) => {
    const isLast = requests.some(({ kind }) => kind === 'close');
    for (const request of requests) if (request.kind === 'call') calls.take(request);
    if (!isLast) return;
    calls.finish();
    clearInterval(looking);
    opened[Symbol.dispose]();
    port.close();
  });
  const looking = setInterval(() => {
    tellNews(opened, reply);
  }, LOOK_EVERY);
  reply([{ kind: 'opened' }]);
}

function open({ dataDirectory, seed, allowedRecipients }: StoreThreadOptions): OpenPractice | OpenRefusal {
  using opening = new DisposableStack();
  if (seed) {
    const lock = lockDirectory(dataDirectory);
    if (lock === 'in-use') return { kind: 'in-use' };
    opening.use(lock);
  } else if (!isLocked(dataDirectory)) {
    return { kind: 'no-server' };
  }
  const database = opening.use(new Database(join(dataDirectory, 'practice.sqlite'), BUSY_TIMEOUT));
  // One write to the disk makes a change durable, where a rollback journal needs three, and whoever reads does not wait for who
  // writes. The processes that share the file are on one computer, as that needs: https://www.sqlite.org/wal.html
  database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  // The pages of its indexes change again and again while much mail comes in: the less often each goes into the file itself.
  database.execute('PRAGMA wal_autocheckpoint = 4000');
  const pack = opening.use(new PackFile(join(dataDirectory, 'practice.pack')));
  database.beforeCommit(() => pack.flush());
  const schema = seed ? updateSchema({ database, pack }, SCHEMA_UPDATES) : checkSchema(database, SCHEMA_UPDATES);
  if (schema.kind !== 'current') return schema;
  if (seed) database.shrink();
  // What a call may still undo is kept in memory, not written to a file of its own: https://www.sqlite.org/tempfiles.html
  database.execute('PRAGMA temp_store = MEMORY');
  const session = new Session(database);
  const packed = new PackedBytes(database, pack);
  const secrets = new SecretBox(join(dataDirectory, 'secrets.key'));
  const tables = createTables({ database, session, packed, secrets, allowedRecipients });
  if (seed) beginPractice(database, tables, seed);
  const open = opening.move();
  return { database, tables, session, [Symbol.dispose]: () => open.dispose() };
}

/** Tells what other processes have changed, with what is stored now. */
function tellNews({ tables, session }: OpenPractice, reply: (messages: readonly StoreReply[]) => void): void {
  try {
    const news = session.news().map((topic) => ({ kind: 'changed', change: newsOf(topic, tables) }) as const);
    if (news.length > 0) reply(news);
  } catch (error) {
    // Somebody writes for long: the next look finds it.
    if (!isBusy(error)) throw error;
  }
}

function newsOf(topic: Topic, tables: PracticeTables): Change {
  switch (topic) {
    case 'configuration':
      return { topic, value: tables.configuration.read() };
    case 'practice':
      return { topic, value: tables.practice.read() };
    default:
      return { topic, value: undefined };
  }
}

serve(workerData as StoreThreadOptions);
