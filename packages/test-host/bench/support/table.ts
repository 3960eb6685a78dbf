/** What one client needed for one run. Only what was measured is there. */
export interface Measured {
  readonly seconds: number;
  /** CPU time of the client's process. */
  readonly cpuSeconds?: number;
  /** Peak resident memory of the client's process, megabytes. */
  readonly peakMegabytes?: number;
  /** 99th percentile of how late the host's main thread was, milliseconds. */
  readonly loopDelayMs?: number;
}

/** A way to do the same work. */
export interface Client {
  readonly title: string;
  run(): Promise<Measured>;
}

/** The runs of one client. */
export interface Runs {
  readonly title: string;
  readonly runs: readonly Measured[];
}

/** Lets each do the work so many times, in turn, so that a busy moment of the machine meets all of them alike. */
export async function inTurn(clients: readonly Client[], rounds: number): Promise<readonly Runs[]> {
  const runs = clients.map(({ title }) => ({ title, runs: [] as Measured[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, client] of clients.entries()) runs[index]?.runs.push(await client.run());
  }
  return runs;
}

/** The lines of a table: medians, how they stand to the first row's, and the spread of the seconds. */
export function tableOf(runs: readonly Runs[]): readonly string[] {
  const base = median(runs[0]?.runs.map(({ seconds }) => seconds) ?? []) ?? NaN;
  const head = ['median s', 'times', 'least … most', 'CPU s', 'peak MB', 'loop p99 ms'];
  return [
    line(head, ''),
    ...runs.map(({ title, runs: measured }) => {
      const seconds = measured.map((each) => each.seconds);
      const middle = median(seconds) ?? NaN;
      const cells = [
        middle.toFixed(2),
        (middle / base).toFixed(2),
        `${Math.min(...seconds).toFixed(2)} … ${Math.max(...seconds).toFixed(2)}`,
        shown(measured, 'cpuSeconds'),
        shown(measured, 'peakMegabytes'),
        shown(measured, 'loopDelayMs'),
      ];
      return line(cells, title);
    }),
  ];
}

/** The median of what was measured; NaN when it never was. */
export function middle({ runs }: Runs, key: keyof Measured): number {
  return median(runs.flatMap((run) => run[key] ?? [])) ?? NaN;
}

function shown(runs: readonly Measured[], key: 'cpuSeconds' | 'peakMegabytes' | 'loopDelayMs'): string {
  return median(runs.flatMap((run) => run[key] ?? []))?.toFixed(1) ?? '';
}

function line(cells: readonly string[], title: string): string {
  return `${cells.map((cell) => cell.padStart(15)).join('')}  ${title}`;
}

/** `undefined` of none. */
export function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
