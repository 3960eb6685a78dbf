/** How many rounds, and the seed that repeats them; without them each step comes once. */
export interface Rounds {
  readonly runs: number;
  readonly seed: number;
}

/** Of the environment, as `npm run crash` sets it. */
export function askedRounds(): Rounds | undefined {
  const { EXACT_CRASH_RUNS, EXACT_CRASH_SEED } = process.env;
  return EXACT_CRASH_RUNS === undefined
    ? undefined
    : { runs: Number(EXACT_CRASH_RUNS), seed: Number(EXACT_CRASH_SEED) };
}

/** How long a test of so many rounds may take, milliseconds. */
export function limitMs(): number {
  return 480_000 + (askedRounds()?.runs ?? 0) * 10_000;
}

/** The steps in an order that the seed decides, each as often as the others. */
export function shuffledSteps<T>(all: readonly T[], { runs, seed }: Rounds): readonly T[] {
  const random = mulberry32(seed);
  const steps: T[] = [];
  while (steps.length < runs) {
    steps.push(
      ...all
        .map((step) => ({ step, at: random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ step }) => step),
    );
  }
  return steps.slice(0, runs);
}

/** https://github.com/cprosche/mulberry32: small, and the same everywhere. Uniform in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
