/** What a time limit ends an attempt with. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('no answer in time');
  }
}

/**
 * Runs something that a signal can end until it ends by itself, `wait` is over (`TimedOut`), or the outer signal is aborted.
 *
 * @param wait resolves when the time is over, rejects when its signal is aborted
 */
export async function within<T>(
  wait: (signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const ended = new AbortController();
  wait(ended.signal).then(
    () => {
      limit.abort(new TimedOut());
    },
    () => undefined,
  );
  try {
    return await run(AbortSignal.any([signal, limit.signal]));
  } finally {
    ended.abort();
  }
}
