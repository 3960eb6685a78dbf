/** What registers a test with the test runner of the host, e.g. `test` of Jest, Vitest or `node:test`. */
export type TestFunction = (title: string, run: () => Promise<void>) => unknown;

/** How a host takes a part of the suite. */
export interface Suite<H extends AsyncDisposable> {
  readonly test: TestFunction;
  /**
   * Called at the begin of each test: a new practice, in which nothing was received, queued or set up yet. The suite
   * disposes it when the test has ended, well or not.
   */
  readonly create: () => Promise<H>;
}

/** What a part of the suite asserts, by title. The host is new for each. */
export type HostPromises<H> = Readonly<Record<string, (host: H) => Promise<void>>>;

/** Registers one test for each promise. */
export function register<H extends AsyncDisposable>({ test, create }: Suite<H>, promises: HostPromises<H>): void {
  for (const [title, keep] of Object.entries(promises)) {
    test(title, async () => {
      await using host = await create();
      await keep(host);
    });
  }
}
