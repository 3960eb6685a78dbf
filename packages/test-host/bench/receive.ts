import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { bigMailbox } from './support/big-mailbox.js';
import { mbsync, plugin, wire } from './support/clients.js';
import { PracticeMailbox } from './support/practice-mailbox.js';
import type { Distance, RelayOptions } from './support/relay.js';
import { inTurn, tableOf } from './support/table.js';

const isQuick = process.argv.includes('--quick');
const COUNT = isQuick ? 3000 : 20_000;
const ROUNDS = isQuick ? 1 : 3;
const DISTANCES: readonly (readonly [title: string, distance: Distance | undefined])[] = [
  ['loopback', undefined],
  ['40 ms round trip', { roundTripMs: 40 }],
  ['40 ms round trip, 200 Mbit/s', { roundTripMs: 40, bitsPerSecond: 200e6 }],
];

await using mailbox = await PracticeMailbox.open();
console.log(`\nReceiving: the first download of ${COUNT.toLocaleString('en')} messages from Dovecot over TLS`);
await mailbox.deliver(bigMailbox(COUNT));
// Once without counting: Dovecot makes its index.
await wire(mailbox, mailbox.port).run();
for (const [title, distance] of DISTANCES) {
  await using way = await wayTo(mailbox.port, distance);
  const clients = [wire(mailbox, way.port), mbsync(mailbox, way.port), plugin(mailbox, way.port, COUNT)];
  console.log(`\n${title} (${ROUNDS.toString()} rounds)`);
  for (const line of tableOf(await inTurn(clients, ROUNDS))) console.log(line);
}

/** The server's own port, or that of a relay in front of it. */
async function wayTo(
  server: number,
  distance: Distance | undefined,
): Promise<AsyncDisposable & { readonly port: number }> {
  if (!distance) return { port: server, [Symbol.asyncDispose]: () => Promise.resolve() };
  const options: RelayOptions = { ...distance, server };
  const worker = new Worker(new URL('./support/relay.ts', import.meta.url), { workerData: options });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}
