import { setTimeout } from 'node:timers/promises';

/** What keeps a process alive and belongs to a test host: sockets, servers, timers, threads. */
const WATCHED: ReadonlySet<string> = new Set([
  'TCPSocketWrap',
  'TCPServerWrap',
  'TLSWrap',
  'Timeout',
  'MessagePort',
  'Worker',
]);

/** A socket that was closed needs some turns of the event loop until it is gone. Milliseconds of real time. */
const PATIENCE = 3_000;
const PAUSE = 10;

/** Test hosts that are open in this process, and what was open before the first of them. */
let openHosts = 0;
let before: ReadonlyMap<string, number> = new Map();

/** Watches what one test host opens. */
export interface OpenResources {
  /** Runs of jobs that have not ended; asked when the rest is closed. */
  countRuns(count: () => number): void;
  /** @throws Error that names what is still open. With several test hosts only the last one to close can tell. */
  assertNothingLeftOpen(): Promise<void>;
}

export function watchOpenResources(): OpenResources {
  if (openHosts === 0) before = countResources();
  openHosts += 1;
  let runs = (): number => 0;
  return {
    countRuns: (count) => {
      runs = count;
    },
    assertNothingLeftOpen: async () => {
      openHosts -= 1;
      const open = openHosts === 0 ? await leftOpen() : [];
      const all = runs() > 0 ? [...open, `${runs()} run of a job`] : open;
      if (all.length > 0) throw new Error(`The test host left open: ${all.join(', ')}`);
    },
  };
}

function countResources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (WATCHED.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** What is open beyond `before`, once all had time to close. */
async function leftOpen(): Promise<readonly string[]> {
  for (let waited = 0; ; waited += PAUSE) {
    const more = [...countResources()].map(([kind, count]) => ({ kind, count: count - (before.get(kind) ?? 0) }));
    const open = more.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`);
    if (open.length === 0 || waited >= PATIENCE) return open;
    await setTimeout(PAUSE);
  }
}
