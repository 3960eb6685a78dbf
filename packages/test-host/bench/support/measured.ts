import { monitorEventLoopDelay } from 'node:perf_hooks';
import { peakMegabytes } from './peak-memory.js';
import type { Measured } from './table.js';

/** What the work takes of this process. */
export async function measured(work: () => Promise<unknown>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: peakMegabytes(),
    loopDelayMs: delay.percentile(99) / 1e6,
  };
}
