import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { PracticeStores } from '../dist/src/stores/practice-stores.js';
import { PackedBytes } from '../dist/src/stores/packed-bytes.js';
import { RawMessages } from '../dist/src/stores/raw-messages.js';
import { SCHEMA_UPDATES } from '../dist/src/stores/schema.js';
import { updateSchema } from '../dist/src/stores/schema-updates.js';
import { Database } from '../dist/src/stores/sqlite.adapter.js';
import { makePack } from './conformance-memory.js';
import { expectReceived, receiveForEver } from './receiver-process.js';
import { batch, message, StoresHarness } from './stores-harness.js';

const MIB = 1024 * 1024;
const KILLED = fileURLToPath(new URL('fixtures/kill-before-commit.ts', import.meta.url));

const packOf = ({ directory }: StoresHarness): string => join(directory, 'practice.pack');

async function packSize(harness: StoresHarness): Promise<number> {
  return (await stat(packOf(harness))).size;
}

/** Bytes that tell where they stand. */
function pattern(length: number, seed: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8) + seed) % 251));
}

/** All raw messages of the Inbox, newest first. */
async function rawsOf({ inbox }: PracticeStores): Promise<readonly Buffer[]> {
  const { rows } = await inbox.list({ folder: 'inbox', offset: 0, limit: 500 });
  return Promise.all(rows.map(async ({ id, size }) => Buffer.from(await inbox.raw(id, 0, size))));
}

/** The tables of raw messages with their file, on their own. */
class Raws implements Disposable {
  readonly database = new Database(':memory:', 0);
  readonly pack = makePack();
  readonly raws: RawMessages;

  constructor() {
    const { database, pack } = this;
    updateSchema({ database, pack }, SCHEMA_UPDATES);
    database.beforeCommit(() => pack.flush());
    this.raws = new RawMessages(database, new PackedBytes(database, pack));
  }

  /** In one transaction. */
  do<T>(work: (raws: RawMessages) => T): T {
    return this.database.transaction(() => work(this.raws));
  }

  stage(stage: string, bytes: Uint8Array, fence = 1): void {
    this.do((raws) => raws.stage(stage, bytes, fence));
  }

  /** Makes a stage a message's, and reads it. */
  taken(stage: string): Buffer {
    const [added] = this.do((raws) => raws.add([{ raw: { stage } }], 1));
    return Buffer.from(this.raws.read(added?.[1] ?? 0, 0, 100 * MIB));
  }

  [Symbol.dispose](): void {
    this.database[Symbol.dispose]();
    this.pack[Symbol.dispose]();
  }
}

describe('raw messages in the pack file', () => {
  test('come back byte for byte at each workstation, whatever stands beside them', async () => {
    await using harness = await StoresHarness.open();
    const sizes = [1, 4095, 4096, 4097, 0, MIB - 1, MIB, 3 * MIB + 5];
    const bytes = sizes.map((size, index) => pattern(size, index));
    const messages = bytes.map((each, index) => message(index + 1, { raw: { bytes: each } }));
    await harness.stores.inbox.receive(batch(await harness.lease(), messages));
    await using workstation = await harness.openWorkstation();
    const raws = await rawsOf(workstation);
    expect(raws.toReversed().map((raw, index) => raw.equals(bytes[index] ?? Buffer.of()))).toEqual(
      sizes.map(() => true),
    );
  });

  test('of calls that share a transaction are each its own, whichever of the calls is refused or fails', async () => {
    await using harness = await StoresHarness.open();
    const { inbox } = harness.stores;
    const fence = await harness.lease();
    const [first, second] = [pattern(100_000, 1), pattern(70_000, 2)];
    const begin = batch(fence, [message(1, { raw: { bytes: first } })]);
    const staging = { raw: { bytes: pattern(300_000, 3) } };
    const failing = [message(2, staging), message(3, { raw: { stage: 'none' } })];
    const outcomes = await Promise.allSettled([
      inbox.receive(begin),
      inbox.receive(batch(fence, failing, { expected: begin.next })),
      inbox.receive(batch(fence - 1, [message(2, staging)], { expected: begin.next })),
      inbox.receive(batch(fence, [message(2, staging)])),
      inbox.receive(batch(fence, [message(2, { raw: { bytes: second } })], { expected: begin.next })),
    ]);
    const kinds = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.kind : outcome.status));
    expect(kinds).toEqual(['stored', 'rejected', 'refused', 'refused', 'stored']);
    const raws = await rawsOf(harness.stores);
    expect(raws.map((raw) => [raw.equals(second), raw.equals(first)])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test('are written where the disk refuses them past the machine’s memory', () => {
    using pack = makePack();
    const bytes = pattern(2 * MIB, 1);
    // No direct write begins within a block.
    pack.write(100, [bytes]);
    pack.flush();
    expect(Buffer.from(pack.read([{ position: 100, length: bytes.length }])).equals(bytes)).toBe(true);
  });
});

describe('room in the pack file', () => {
  test('of what was discarded is used again: a reset that finds a large message known leaves the file as large as it was', async () => {
    await using harness = await StoresHarness.open();
    const { inbox } = harness.stores;
    const fence = await harness.lease();
    const large = pattern(9 * MIB, 1);
    let expected = undefined;
    const sizes = [];
    for (let uid = 1; uid <= 4; uid += 1) {
      for (let start = 0; start < large.length; start += 4 * MIB) {
        await inbox.stage(`stage ${uid}`, large.subarray(start, start + 4 * MIB), fence);
      }
      const again = message(uid, { identity: 'large', raw: { stage: `stage ${uid}` }, texts: {} });
      const following = batch(fence, [again], { expected });
      await inbox.receive(following);
      expected = following.next;
      sizes.push(await packSize(harness));
    }
    expect(sizes).toEqual([9 * MIB, 18 * MIB, 18 * MIB, 18 * MIB]);
    expect((await rawsOf(harness.stores))[0]?.equals(large)).toBe(true);
  });

  test('is used piece by piece, and what was stored before stays as it is', () => {
    using all = new Raws();
    all.stage('kept before', pattern(10_000, 1));
    all.stage('left', pattern(3 * MIB, 2));
    all.stage('kept behind', pattern(10_000, 3));
    all.do((raws) => raws.discardBefore(1));
    expect(all.taken('kept before').equals(pattern(10_000, 1))).toBe(true);
    all.do((raws) => raws.discard('left'));
    const before = all.pack.size;
    const parts = [MIB, 100_000, 1, MIB + 1].map((length, index) => pattern(length, 10 + index));
    for (const [index, part] of parts.entries()) all.stage(`part ${index}`, part);
    expect(all.pack.size).toBe(before);
    for (const [index, part] of parts.entries()) expect(all.taken(`part ${index}`).equals(part)).toBe(true);
    expect(all.taken('kept behind').equals(pattern(10_000, 3))).toBe(true);
  });

  test('of what a rollback brings back is not written over', () => {
    using all = new Raws();
    all.stage('large', pattern(100_000, 1));
    const failing = (raws: RawMessages): void => {
      raws.discard('large');
      raws.stage('other', pattern(100_000, 2), 1);
      throw new Error('It ends here');
    };
    expect(() => all.do(failing)).toThrow('It ends here');
    expect(all.taken('large').equals(pattern(100_000, 1))).toBe(true);
  });
});

describe('bytes and the rows that refer to them', () => {
  test('are there together or not at all: no row is stored whose bytes could not be made durable', () => {
    using all = new Raws();
    all.database.beforeCommit(() => {
      throw new Error('The disk is broken');
    });
    expect(() => all.stage('large', pattern(100_000, 1))).toThrow('broken');
    all.database.beforeCommit(() => all.pack.flush());
    expect(() => all.taken('large')).toThrow('large');
    all.stage('large', pattern(90_000, 2));
    expect(all.taken('large').equals(pattern(90_000, 2))).toBe(true);
  });

  test('are durable in that order: in the stores’ thread each COMMIT that refers to bytes follows their flush', async () => {
    await using harness = await StoresHarness.open();
    await harness.close();
    const child = receiveForEver(harness.directory, { hook: 'tell-order.adapter.ts' });
    let order = '';
    for await (const told of child.stderr.setEncoding('utf8')) {
      order += String(told);
      if (order.split('write').length > 10) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    await harness.reopen();
    expect(order).toMatch(/write flush commit/);
    expect(order).not.toMatch(/write commit/);
  });

  test('do not go apart when the process is killed between the two', async () => {
    await using harness = await StoresHarness.open();
    const { inbox } = harness.stores;
    const first = batch(await harness.lease(), [message(1, { raw: { bytes: pattern(50_000, 1) } })]);
    await inbox.receive(first);
    await harness.close();
    const before = await packSize(harness);
    const killed = spawn(process.execPath, ['--no-warnings', KILLED, harness.directory], { stdio: 'inherit' });
    expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
    const after = await packSize(harness);
    expect(after).toBeGreaterThan(before);
    await harness.reopen();
    const next = message(2, { raw: { bytes: pattern(100_000, 2) }, texts: {} });
    await harness.stores.inbox.receive(batch(await harness.lease(), [next], { expected: first.next }));
    expect(await packSize(harness)).toBe(after);
    const [newest, oldest] = await rawsOf(harness.stores);
    expect(newest?.equals(pattern(100_000, 2))).toBe(true);
    expect(oldest?.equals(pattern(50_000, 1))).toBe(true);
  });

  test('stay together on a full disk, which is said, and go on when there is room', async () => {
    await using harness = await StoresHarness.open();
    await harness.close();
    const child = receiveForEver(harness.directory, { largestFile: 10 * 1024 });
    const reason = text(child.stderr);
    let promised = 0;
    for await (const line of createInterface({ input: child.stdout })) promised = Number(line);
    expect(await reason).toContain('EFBIG');
    expect(promised).toBeGreaterThan(0);
    await harness.reopen();
    await expectReceived(harness.stores, promised);
    await harness.close();
    const further = receiveForEver(harness.directory);
    await once(further.stdout, 'data');
    further.kill('SIGKILL');
    await once(further, 'exit');
    await harness.reopen();
    await expectReceived(harness.stores, promised + 20);
  });

  test('that are no pair are not opened', async () => {
    await using harness = await StoresHarness.open();
    await harness.stores.inbox.receive(batch(await harness.lease(), [message(1)]));
    await harness.close();
    const size = await packSize(harness);
    await truncate(packOf(harness), size - 1);
    await expect(harness.tryToOpen()).rejects.toThrow('practice.pack');
    await truncate(packOf(harness), size);
    await harness.reopen();
  });
});
