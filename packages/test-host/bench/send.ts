import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { inTurn, median, tableOf, type Client, type Measured, type Runs } from './support/table.js';

const isQuick = process.argv.includes('--quick');
const COUNT = isQuick ? 500 : 2_000;
const ROUNDS = isQuick ? 1 : 3;
/** That wait in the Outbox for later meanwhile. */
const OTHERS = isQuick ? 0 : 50_000;
/** Of the pool's emails a second. */
const TARGET = 0.9;
const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const NO_LIMITS = { messagesPerMinute: 1e9, recipientsPerDay: 1e9 };

interface TakingServer {
  readonly port: number;
  readonly ca: string;
}

const serving = spawnScript('taking-server.ts', []);
const server = JSON.parse(await firstLineOf(serving)) as TakingServer;
console.log(
  `\nSending: ${COUNT.toLocaleString('en')} emails of 12 KB over one connection with TLS and XOAUTH2 (${String(ROUNDS)} rounds)`,
);
const clients = [pool(), plugin('the plugin, out of the Outbox', 0)];
if (OTHERS > 0) clients.push(plugin(`the same, ${OTHERS.toLocaleString('en')} more in the Outbox`, OTHERS));
const runs = await inTurn(clients, ROUNDS);
for (const line of tableOf(runs)) console.log(line);
for (const each of runs) console.log(rateOf(each, runs[0]));
serving.stdin?.end();
await once(serving, 'exit');

/** nodemailer's own pool with one connection. */
function pool(): Client {
  const login = { ...server, user: 'reception@brightsmile.example', accessToken: 'any' };
  return {
    title: 'nodemailer’s own pool',
    run: () => resultOf(spawnScript('pool-sender.ts', [JSON.stringify(login), String(COUNT)])),
  };
}

/** The plugin in a test host, out of the real Outbox, without delay and limits. */
function plugin(title: string, others: number): Client {
  return {
    title,
    run: async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'exact-bench-'));
      const options = {
        plugin: PLUGIN,
        web: false,
        dataDir,
        microsoft365: { sampleMail: {}, limits: NO_LIMITS },
        servers: { smtp: { host: '127.0.0.1', port: server.port }, ca: server.ca },
      };
      const args = [JSON.stringify(options), String(COUNT), String(others)];
      const measured = await resultOf(spawnScript('sending-host.ts', args));
      await rm(dataDir, { recursive: true });
      return measured;
    },
  };
}

function rateOf({ title, runs: measured }: Runs, base: Runs | undefined): string {
  const seconds = median(measured.map((each) => each.seconds)) ?? NaN;
  const ratio = (median(base?.runs.map((each) => each.seconds) ?? []) ?? NaN) / seconds;
  const rate = Math.round(COUNT / seconds).toLocaleString('en');
  return `${title}: ${rate} emails a second, ${ratio.toFixed(2)} of the pool’s (target ${String(TARGET)})`;
}

function spawnScript(script: string, args: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return spawn(process.execPath, [...process.execArgv, file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function resultOf(child: ChildProcess): Promise<Measured> {
  if (!child.stdout) throw new TypeError('The sender says nothing');
  const ended = once(child, 'exit');
  const said = await text(child.stdout);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`A sender ended with ${String(code)}`);
  return JSON.parse(said) as Measured;
}

async function firstLineOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new TypeError('The server says nothing');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The server did not start');
}
