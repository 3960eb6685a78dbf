import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from '@jest/globals';
import { SCHEMA_UPDATES } from '../dist/src/stores/schema.js';
import { updateSchema } from '../dist/src/stores/schema-updates.js';
import { Database } from '../dist/src/stores/sqlite.adapter.js';
import { makePack } from './conformance-memory.js';
import { expectReceived, receiveForEver } from './receiver-process.js';
import { StoresHarness } from './stores-harness.js';

/** A process that receives without end, as far as it said to have come. */
async function receiveFor(directory: string, batches: number): Promise<{ child: ChildProcess; promised: number }> {
  const child = receiveForEver(directory);
  let promised = 0;
  let left = batches;
  for await (const line of createInterface({ input: child.stdout })) {
    promised = Number(line);
    left -= 1;
    if (left === 0) break;
  }
  return { child, promised };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

describe('a kill at any moment', () => {
  test('loses nothing that was promised, tears no batch apart, and lets the next start begin at once', async () => {
    await using harness = await StoresHarness.open();
    await harness.close();
    for (const batches of [1, 2, 3, 4]) {
      const { child, promised } = await receiveFor(harness.directory, batches);
      await kill(child);
      await harness.reopen();
      await expectReceived(harness.stores, promised);
      expect(await harness.stores.leases.acquire('next', 90_000)).toMatchObject({ kind: 'granted' });
      await harness.close();
    }
    using database = new Database(join(harness.directory, 'practice.sqlite'), 1000);
    expect(database.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.find('SELECT count(*) AS half FROM raw_messages WHERE size <> 65536')).toEqual({ half: 0 });
    await harness.reopen();
  });
});

describe('a practice database', () => {
  test('belongs to one process at a time, which the others are told', async () => {
    await using harness = await StoresHarness.open();
    expect(await harness.tryToOpen()).toEqual({ kind: 'in-use' });
  });

  test('keeps its id for life and stays readable for a support tool meanwhile', async () => {
    await using harness = await StoresHarness.open();
    const { id } = await harness.stores.database.read();
    using reader = new Database(join(harness.directory, 'practice.sqlite'), 1000);
    expect(reader.find('SELECT id FROM practice_database')).toEqual({ id });
    await harness.close();
    await harness.reopen();
    expect(await harness.stores.database.read()).toEqual({ id, name: 'Bright Smile Dental' });
  });

  test('of a newer program is refused and left as it is', async () => {
    await using harness = await StoresHarness.open();
    await harness.close();
    const newer = SCHEMA_UPDATES.length + 1;
    {
      using database = new Database(join(harness.directory, 'practice.sqlite'), 1000);
      database.execute(`PRAGMA user_version = ${newer}`);
    }
    expect(await harness.tryToOpen()).toEqual({ kind: 'newer', found: newer, known: SCHEMA_UPDATES.length });
    {
      using database = new Database(join(harness.directory, 'practice.sqlite'), 1000);
      database.execute(`PRAGMA user_version = ${SCHEMA_UPDATES.length}`);
    }
    await harness.reopen();
  });
});

describe('updates of the stored form', () => {
  const first = 'CREATE TABLE notes (text TEXT) STRICT';
  const second = "INSERT INTO notes VALUES ('second')";

  test('run once each, whatever number the file has', () => {
    using database = new Database(':memory:', 0);
    using pack = makePack();
    const files = { database, pack };
    expect(updateSchema(files, [first])).toEqual({ kind: 'current', updatesRun: 1 });
    expect(updateSchema(files, [first, second])).toEqual({ kind: 'current', updatesRun: 1 });
    expect(updateSchema(files, [first, second])).toEqual({ kind: 'current', updatesRun: 0 });
    expect(database.all('SELECT text FROM notes')).toEqual([{ text: 'second' }]);
  });

  test('go on where an interrupted run stood', () => {
    using database = new Database(':memory:', 0);
    using pack = makePack();
    const files = { database, pack };
    const broken = `${second}; INSERT INTO nowhere VALUES (1)`;
    expect(() => updateSchema(files, [first, broken])).toThrow('nowhere');
    expect(database.all('SELECT text FROM notes')).toEqual([]);
    expect(updateSchema(files, [first, second])).toEqual({ kind: 'current', updatesRun: 1 });
  });
});

describe('the lease', () => {
  test('is one process’s until it runs out, and each has a higher fence', async () => {
    await using harness = await StoresHarness.open();
    const { leases } = harness.stores;
    expect(await leases.acquire('one', 1000)).toEqual({ kind: 'granted', fence: 1 });
    expect(await leases.acquire('two', 1000)).toEqual({ kind: 'held', until: harness.now + 1000 });
    expect(await leases.acquire('one', 1000)).toEqual({ kind: 'granted', fence: 2 });
    await harness.clock.advance(500);
    expect(await leases.renew('one', 1000)).toBe('renewed');
    expect(await leases.renew('two', 1000)).toBe('lost');
    await harness.clock.advance(1000);
    expect(await leases.acquire('two', 1000)).toEqual({ kind: 'granted', fence: 3 });
    expect(await leases.renew('one', 1000)).toBe('lost');
    await leases.release('two');
    expect(await leases.acquire('one', 1000)).toEqual({ kind: 'granted', fence: 4 });
  });
});
