import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import type { PracticeStores } from '../dist/src/stores/practice-stores.js';

const RECEIVER = fileURLToPath(new URL('fixtures/receive-for-ever.ts', import.meta.url));
const RAW_BYTES = 64 * 1024;

interface ReceiverOptions {
  /** In KiB: where the disk is full for it. */
  readonly largestFile?: number;
  /** A fixture that is imported into each of its threads before anything else. */
  readonly hook?: string;
}

/** A process that receives batch after batch, each message of bytes of its own, and tells after each how far it has come. */
export function receiveForEver(
  directory: string,
  { largestFile, hook }: ReceiverOptions = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const limited = ['-c', 'ulimit -f "$0"; exec "$@"', String(largestFile ?? 'unlimited')];
  const hooks = hook === undefined ? [] : ['--import', new URL(`fixtures/${hook}`, import.meta.url).href];
  const program = [process.execPath, '--no-warnings', ...hooks, RECEIVER, directory];
  return spawn('bash', [...limited, ...program], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What it has promised is there, whole batches only, and each message's bytes are its own. */
export async function expectReceived({ inbox }: PracticeStores, promised: number): Promise<void> {
  const cursor = await inbox.cursor('account', 'INBOX');
  const { total, rows } = await inbox.list({ folder: 'inbox', offset: 0, limit: 500 });
  expect(cursor?.lastUid).toBeGreaterThanOrEqual(promised);
  expect(total).toBe(cursor?.lastUid);
  for (const { id, arrivedAt: uid } of rows) {
    const raw = await inbox.raw(id, 0, RAW_BYTES + 1);
    expect(Buffer.from(raw).equals(Buffer.alloc(RAW_BYTES, uid))).toBe(true);
  }
}
