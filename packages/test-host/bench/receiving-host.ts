import { monitorEventLoopDelay } from 'node:perf_hooks';
import { peakMegabytes } from './support/peak-memory.js';
import { startTestHost, type TestHostOptions } from '@exact/test-host';

// Receives until the Inbox holds so many messages, then says in one line of JSON what that took.
const [options = '', count = ''] = process.argv.slice(2);
const { host, [Symbol.asyncDispose]: end } = await startTestHost(JSON.parse(options) as TestHostOptions);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const cpu = process.cpuUsage();
const start = performance.now();
const all = Promise.withResolvers<undefined>();

/** What a batch may hold (the contract's limit): so long as more is missing than as many changes can bring, none is looked at. */
const MOST_AT_ONCE = 500;
let changes = 0;
let nextLook = 0;

async function look(): Promise<void> {
  const before = changes;
  const { total } = await host.inbox.list({ folder: 'inbox', offset: 0, limit: 1 });
  if (total >= Number(count)) {
    all.resolve(undefined);
    return;
  }
  nextLook = Math.max(nextLook, before + Math.ceil((Number(count) - total) / MOST_AT_ONCE));
  // That change may have come meanwhile.
  if (changes >= nextLook) await look();
}

host.inbox.onDidChange(() => {
  changes += 1;
  if (changes >= nextLook) void look();
});
await look();
await all.promise;
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpu);
const result = {
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: peakMegabytes(),
  loopDelayMs: delay.percentile(99) / 1e6,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
await end();
