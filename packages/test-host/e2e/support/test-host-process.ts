import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/bin/test-host.js', import.meta.url));

/** The test host as a user starts it: its own process, driven by nothing but its page. */
export interface TestHostProcess extends AsyncDisposable {
  readonly url: string;
  readonly dataDirectory: string;
  /** What it has printed so far. */
  readonly output: readonly string[];
  /** Ends it without any warning, as a power cut does. */
  kill(): Promise<void>;
}

/** Where a process keeps its data, and how it is started. */
export interface ProcessOptions {
  readonly arguments?: readonly string[];
  /** Kept after the process ended; default: a new one that goes with it. */
  readonly dataDirectory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the test host on a free port and waits until it is ready. Throws with its output when it ends before. */
export async function startTestHostProcess(options: ProcessOptions = {}): Promise<TestHostProcess> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'exact-email-')));
  const child = spawn(
    process.execPath,
    [PROGRAM, '--port', '0', '--no-open', '--data', dataDirectory, ...(options.arguments ?? [])],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.environment } },
  );
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const output: string[] = [];
  const url = await readUntilReady(child, output);
  return {
    url,
    dataDirectory,
    output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      if (options.dataDirectory === undefined) await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

function readUntilReady(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line);
        const url = /^Test host ready at (\S+)$/.exec(line)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the test host ended with ${String(code)}:\n${output.join('\n')}`));
    });
  });
}
