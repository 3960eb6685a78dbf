import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { PASSWORD, USER, type PracticeMailbox } from './practice-mailbox.js';
import type { Client, Measured } from './table.js';
import { timed } from './timed-process.js';

const RECEIVING_HOST = fileURLToPath(new URL('../receiving-host.ts', import.meta.url));

/** One TLS connection in C (`openssl s_client`) that asks for everything at once and throws it away: as fast as it can go. */
export function wire({ caFile }: PracticeMailbox, port: number): Client {
  const dialogue = [
    `a LOGIN ${USER} ${PASSWORD}`,
    'b EXAMINE INBOX',
    'c UID FETCH 1:* (UID BODY.PEEK[])',
    'd LOGOUT',
    '',
  ];
  const args = [
    's_client',
    '-quiet',
    '-verify_return_error',
    '-CAfile',
    caFile,
    '-connect',
    `127.0.0.1:${port.toString()}`,
  ];
  return { title: 'the wire: openssl s_client', run: () => timed('openssl', args, dialogue.join('\r\n')) };
}

/** mbsync's first run into an empty store. */
export function mbsync(mailbox: PracticeMailbox, port: number): Client {
  return {
    title: 'mbsync, COMPRESS off',
    run: async () => {
      await using store = await MbsyncStore.open(mailbox, port);
      return await store.sync();
    },
  };
}

/** A store of mbsync's as installed, with fsync; without COMPRESS, which Exchange Online does not have. */
export class MbsyncStore implements AsyncDisposable {
  private constructor(
    private readonly directory: string,
    private readonly configuration: string,
  ) {}

  static async open({ directory, caFile }: PracticeMailbox, port: number): Promise<MbsyncStore> {
    const store = await mkdtemp(join(directory, 'mbsync-'));
    const configuration = join(store, 'mbsyncrc');
    await writeFile(configuration, mbsyncConfiguration(store, caFile, port));
    return new MbsyncStore(store, configuration);
  }

  /** Brings in what it has not yet. */
  sync(): Promise<Measured> {
    return timed('mbsync', ['--quiet', '--config', this.configuration, 'bench']);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.directory, { recursive: true });
  }
}

/** How long mbsync's process takes to start, and to end. */
export function mbsyncStart(): Promise<Measured> {
  return timed('mbsync', ['--version']);
}

/** The plugin in a test host, into the real store, until all is durable. */
export function plugin(mailbox: PracticeMailbox, port: number, count: number, hostFlags: readonly string[]): Client {
  return {
    title: 'the plugin, into the store',
    run: async () => {
      const options = await mailbox.copy(port);
      const args = [...process.execArgv, ...hostFlags, RECEIVING_HOST, JSON.stringify(options), count.toString()];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      const said = await text(child.stdout);
      const [code] = (await ended) as [number | null];
      if (code !== 0) throw new Error(`The test host ended with ${String(code)}`);
      await rm(options.dataDir, { recursive: true });
      return JSON.parse(said) as Measured;
    },
  };
}

function mbsyncConfiguration(store: string, caFile: string, port: number): string {
  return `
IMAPAccount bench
Host localhost
Port ${port.toString()}
User ${USER}
Pass ${PASSWORD}
SSLType IMAPS
SystemCertificates no
CertificateFile ${caFile}
AuthMechs PLAIN
DisableExtension COMPRESS=DEFLATE

IMAPStore far
Account bench

MaildirStore near
Path ${store}/
Inbox ${store}/Inbox

Channel bench
Far :far:INBOX
Near :near:INBOX
Sync Pull
Create Near
SyncState *
`;
}
