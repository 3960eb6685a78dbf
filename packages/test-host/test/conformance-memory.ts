import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '@exact/host-contracts';
import { FakeClock } from '../dist/src/host/fake-clock.js';
import { Emitter } from '../dist/src/stores/emitter.js';
import { PackFile } from '../dist/src/stores/pack-file.js';
import { beginPractice, createTables, type PracticeTables } from '../dist/src/stores/practice-tables.js';
import type { PracticeStores } from '../dist/src/stores/practice-stores.js';
import { PackedBytes } from '../dist/src/stores/packed-bytes.js';
import { SCHEMA_UPDATES } from '../dist/src/stores/schema.js';
import { updateSchema } from '../dist/src/stores/schema-updates.js';
import { SecretBox } from '../dist/src/stores/secret-box.js';
import { type Change, Session } from '../dist/src/stores/session.js';
import { Database } from '../dist/src/stores/sqlite.adapter.js';
import { SEED, START, USER } from './stores-harness.js';

/**
 * The tables of the stores without their thread and file. Hundreds of practices are opened to see what each fault breaks,
 * which would take minutes on a disk.
 */
export class MemoryPractice {
  static readonly #secrets = makeSecretBox();
  readonly clock = new FakeClock(START);
  readonly #database = new Database(':memory:', 0);
  readonly #pack = makePack();
  readonly #session: Session;
  readonly #changes = new Emitter<Change>();
  readonly #tables: PracticeTables;
  readonly stores: PracticeStores;

  constructor() {
    updateSchema({ database: this.#database, pack: this.#pack }, SCHEMA_UPDATES);
    this.#session = new Session(this.#database);
    this.#tables = createTables({
      database: this.#database,
      session: this.#session,
      packed: new PackedBytes(this.#database, this.#pack),
      secrets: MemoryPractice.#secrets,
      allowedRecipients: undefined,
    });
    this.restart();
    this.stores = this.#connect();
  }

  /** What a start of the host does to what is stored. */
  restart(): void {
    beginPractice(this.#database, this.#tables, SEED);
  }

  #connect(): PracticeStores {
    const stores = Object.entries(this.#tables).map(([name, table]) => [
      name,
      { ...this.#calls(table), onDidChange: this.#on(name) },
    ]);
    return {
      ...Object.fromEntries(stores),
      jobRequests: {
        ...this.#calls(this.#tables.jobRequests),
        onDidAdd: this.#on('jobRequests'),
        onDidAskRestart: this.#on('jobRestart'),
      },
      onDidChangePrompts: this.#on('prompts'),
      onDidChangeDatabase: this.#on('database'),
      idle: () => Promise.resolve(),
      [Symbol.asyncDispose]: () => {
        this.#database[Symbol.dispose]();
        this.#pack[Symbol.dispose]();
        return Promise.resolve();
      },
    } as PracticeStores;
  }

  /** Each method of a table as a call that is answered later, with a copy of the data, as the thread does. */
  #calls(table: object): Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>> {
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(table)).filter((name) => name !== 'constructor');
    return Object.fromEntries(
      names.map((name) => [name, (...args: readonly unknown[]) => this.#call(table, name, args)]),
    );
  }

  async #call(table: object, name: string, args: readonly unknown[]): Promise<unknown> {
    const given = structuredClone(args);
    const caller = { now: this.clock.now(), user: USER };
    await Promise.resolve();
    const method = Reflect.get(table, name) as (...args: readonly unknown[]) => unknown;
    const { value, changes } = this.#session.run(caller, () => Reflect.apply(method, table, given));
    for (const change of changes) this.#changes.fire(change);
    return structuredClone(value);
  }

  #on(topic: string): Event<unknown> {
    return (listener) =>
      this.#changes.event((change) => {
        if (change.topic === topic) listener(change.value);
      });
  }
}

/** A key of its own, in no file that stays. */
export function makeSecretBox(): SecretBox {
  return inPassing((directory) => new SecretBox(join(directory, 'secrets.key')));
}

/** Gone from its folder at once, and from the disk when it is closed. */
export function makePack(): PackFile {
  return inPassing((directory) => new PackFile(join(directory, 'practice.pack')));
}

/** In a folder that does not stay. */
function inPassing<T>(make: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'exact-stores-'));
  try {
    return make(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
