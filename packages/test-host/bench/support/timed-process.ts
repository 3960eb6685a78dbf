import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Measured } from './table.js';

/** A program as a whole process, from its start to its end, what it prints thrown away. Throws with what it complained of. */
export async function timed(program: string, args: readonly string[], input = ''): Promise<Measured> {
  const nowhere = await open('/dev/null', 'w');
  try {
    const start = performance.now();
    // A pipe that nobody reads would break under a program that ends at once.
    const child = spawn(program, args, { stdio: [input === '' ? 'ignore' : 'pipe', nowhere.fd, 'pipe'] });
    const complaints: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.stdin?.end(input);
    const [code] = (await once(child, 'exit')) as [number | null];
    const seconds = (performance.now() - start) / 1000;
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${Buffer.concat(complaints).toString()}`);
    return { seconds };
  } finally {
    await nowhere.close();
  }
}
