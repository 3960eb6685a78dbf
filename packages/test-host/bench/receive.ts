import { bigMailbox, largeMessage } from './support/big-mailbox.js';
import { mbsync, plugin, wire } from './support/clients.js';
import { PracticeMailbox } from './support/practice-mailbox.js';
import { compareNewMail } from './support/new-mail.js';
import type { Distance } from './support/relay.js';
import { inTurn, middle, tableOf, type Client, type Runs } from './support/table.js';
import { timed } from './support/timed-process.js';
import { verdict } from './support/verdict.js';
import { Way } from './support/way.js';

type WayName = 'loopback' | 'far' | 'line';

/** At most so many times as long as the wire, as mbsync; of the whole mailbox. */
interface Targets {
  readonly wire?: number;
  readonly mbsync?: number;
}

const WAYS: Record<WayName, { readonly title: string; readonly distance?: Distance; readonly targets: Targets }> = {
  loopback: { title: 'loopback', targets: { wire: 1.5, mbsync: 1 / 1.3 } },
  far: { title: '40 ms round trip', distance: { roundTripMs: 40 }, targets: { mbsync: 0.7 } },
  line: {
    title: '40 ms round trip, 200 Mbit/s',
    distance: { roundTripMs: 40, bitsPerSecond: 200e6 },
    targets: { wire: 1.1 },
  },
};
const MEMORY_MB = 300;
const LARGER_MB = 40;
const LOOP_DELAY_MS = 20;
const LARGE_BYTES = 150e6;

const { ways, rounds, messages, hostFlags } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly ways: readonly WayName[];
  readonly rounds: number;
  readonly messages: number;
  /** Of the Node that runs the test host. */
  readonly hostFlags: readonly string[];
};

await using mailbox = await PracticeMailbox.open();
console.log(`\nReceiving: the first download of ${messages.toLocaleString('en')} messages from Dovecot over TLS`);
await mailbox.deliver(bigMailbox(messages));
// Once without counting: Dovecot makes its index.
await wire(mailbox, mailbox.port).run();
const own: Runs[] = [];
for (const name of ways) own.push(await compare(name));
const later = await compareNewMail(
  mailbox,
  messages,
  ways.map((name) => WAYS[name]),
  rounds + 2,
);
await compareMemory(own);

/** All clients in turn over one way; the runs of the plugin. */
async function compare(name: WayName): Promise<Runs> {
  const { title, distance, targets } = WAYS[name];
  await using way = await wayTo(mailbox.port, distance);
  const clients = [wire(mailbox, way.port), mbsync(mailbox, way.port), plugin(mailbox, way.port, messages, hostFlags)];
  console.log(`\n${title} (${rounds.toString()} rounds)`);
  const [wireRuns, mbsyncRuns, pluginRuns] = (await inTurn(clients.map(onQuietDisk), rounds)) as [Runs, Runs, Runs];
  for (const line of tableOf([wireRuns, mbsyncRuns, pluginRuns])) console.log(line);
  const seconds = middle(pluginRuns, 'seconds');
  for (const [peer, runs] of [['wire', wireRuns] as const, ['mbsync', mbsyncRuns] as const]) {
    const target = targets[peer];
    if (target !== undefined) {
      console.log(verdict(`times the time of ${runs.title}`, seconds / middle(runs, 'seconds'), target));
    }
  }
  return pluginRuns;
}

/** What the one before has left to the disk, thousands of files perhaps, is written before the next one begins. */
function onQuietDisk(client: Client): Client {
  return {
    ...client,
    run: async () => {
      await timed('sync', []);
      return client.run();
    },
  };
}

/** The plugin's memory, also with a very large message among the others. */
async function compareMemory(runs: readonly Runs[]): Promise<void> {
  const without = Math.max(...runs.map((each) => middle(each, 'peakMegabytes')));
  await mailbox.deliver([largeMessage(LARGE_BYTES)]);
  const [withLarge] = await inTurn([plugin(mailbox, mailbox.port, messages + later + 1, hostFlags)], rounds);
  console.log('\nmemory and the main thread');
  console.log(verdict('MB at the peak, the whole process', without, MEMORY_MB));
  const larger = withLarge ? middle(withLarge, 'peakMegabytes') - without : NaN;
  console.log(verdict('MB more with a message of 150 MB in the mailbox', larger, LARGER_MB));
  const delay = Math.max(...runs.map((each) => middle(each, 'loopDelayMs')));
  console.log(verdict('ms, 99th percentile of how late the main thread was', delay, LOOP_DELAY_MS));
}

/** The server's own port, or that of a relay in front of it. */
async function wayTo(
  server: number,
  distance: Distance | undefined,
): Promise<AsyncDisposable & { readonly port: number }> {
  return distance ? Way.open(server, distance) : { port: server, [Symbol.asyncDispose]: () => Promise.resolve() };
}
