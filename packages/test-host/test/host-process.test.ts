import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const PROGRAM = fileURLToPath(new URL('../dist/bin/test-host.js', import.meta.url));
const READY = /^Test host ready at (http:\/\/127\.0\.0\.1:\d+\/)$/;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exact-process-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** The command line as a user types it, with what it prints. */
class HostProcess implements AsyncDisposable {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;
  readonly #ready = Promise.withResolvers<string | undefined>();

  constructor(...args: readonly string[]) {
    this.#child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exited = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => this.#read(line));
    }
    void this.#exited.then(() => this.#ready.resolve(undefined));
  }

  /** The page; `undefined` when the process ended before it was ready. */
  url(): Promise<string | undefined> {
    return this.#ready.promise;
  }

  async exitCode(): Promise<unknown> {
    return (await this.#exited)[0];
  }

  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<unknown> {
    this.#child.kill(signal);
    return this.exitCode();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.end('SIGKILL');
  }

  #read(line: string): void {
    this.lines.push(line);
    const url = READY.exec(line)?.[1];
    if (url !== undefined) this.#ready.resolve(url);
  }
}

function start(name: string, ...also: readonly string[]): HostProcess {
  return new HostProcess('--port', '0', '--no-open', '--data', join(directory, name), ...also);
}

describe('the command', () => {
  test('says where everything is and ends with the page’s URL, then ends in order when it is told to', async () => {
    await using host = start('introduction');
    const url = await host.url();
    expect((await fetch(url ?? '')).status).toBe(200);
    expect(host.lines.at(-1)).toMatch(READY);
    const said = host.lines.join('\n');
    const data = join(directory, 'introduction');
    for (const part of [
      'IMAP 127.0.0.1:',
      'SMTP 127.0.0.1:',
      '/introspect?token=',
      data,
      'plain text',
      'AES-256-GCM',
    ]) {
      expect(said).toContain(part);
    }
    expect(await readFile(join(data, 'microsoft365-ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect(await host.end('SIGTERM')).toBe(0);
  });

  test('starts again at once after a kill, and ends with Ctrl+C', async () => {
    {
      await using killed = start('killed');
      await killed.url();
      await killed.end('SIGKILL');
    }
    await using again = start('killed');
    expect(await again.url()).toBeDefined();
    expect(await again.end('SIGINT')).toBe(0);
  });

  test('takes any name for the host’s version', async () => {
    await using host = start('version', '--host-version', 'abc');
    expect(await host.url()).toBeDefined();
  });

  test('says in one line that its data or its port is in use', async () => {
    await using host = start('first');
    const port = new URL((await host.url()) ?? '').port;
    for (const [also, name] of [
      [['--data', join(directory, 'first')], 'in use by another test host'],
      [['--port', port], `Port ${port} is in use`],
    ] as const) {
      await using second = start('second', ...also);
      expect(await second.exitCode()).toBe(2);
      expect(second.lines).toEqual([expect.stringContaining(name)]);
    }
  });

  test('is a workstation beside a server only: without one it says so in one line', async () => {
    await using host = start('alone', '--workstation');
    expect(await host.exitCode()).toBe(2);
    expect(host.lines).toEqual([expect.stringContaining('start it first, without --workstation')]);
  });

  test('tells workstations where its Microsoft 365 is in a file for its owner alone, which goes with it', async () => {
    await using server = start('shared');
    await server.url();
    const file = join(directory, 'shared', 'server.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { services } = JSON.parse(await readFile(file, 'utf8')) as { readonly services: object };
    expect(Object.keys(services)).toEqual(['clientId', 'authority', 'authorityMetadata', 'imap', 'smtp', 'limits']);
    expect(JSON.stringify(services)).not.toMatch(/PRIVATE KEY|eyJ/);
    await using workstation = start('shared', '--workstation', '--user', 'Dr Ada');
    expect(await workstation.url()).toBeDefined();
    expect(workstation.lines.join('\n')).toContain('its user is Dr Ada');
    expect(await workstation.end('SIGTERM')).toBe(0);
    expect(await server.end('SIGTERM')).toBe(0);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('says in one line that a folder can’t be used', async () => {
    const program = fileURLToPath(import.meta.url);
    await using host = start('file', '--data', program);
    expect(await host.exitCode()).toBe(2);
    expect(host.lines).toEqual([expect.stringContaining(program)]);
  });

  test.each([['--prot'], ['--port', '99999'], ['--tenant', 'x'], ['--imap', 'mail.example.com:993']])(
    'refuses %s in one line',
    async (...args) => {
      await using host = start('refused', ...args);
      expect(await host.exitCode()).toBe(2);
      expect(host.lines).toHaveLength(1);
    },
  );

  test('with the real Microsoft 365 says who may be written to', async () => {
    await using host = start('real', '--client-id', 'id', '--allow-recipient', 'me@practice.example');
    expect(await host.url()).toBeDefined();
    expect(host.lines.join('\n')).toContain('Emails go only to: me@practice.example');
    expect(host.lines.join('\n')).toContain('plain text');
  });
});
