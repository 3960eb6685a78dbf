import type { Clock, JobRun } from '@exact/host-contracts';

/** Well within the 30 seconds that the lease asks for. */
const HEARTBEAT_MS = 15_000;

/** Keeps a run's heart beating, by the host's clock, until it is disposed: a slow server is no dead run. */
export class Heartbeat implements AsyncDisposable {
  private readonly end = new AbortController();
  private beating: Promise<void> | undefined;

  constructor(
    private readonly run: Pick<JobRun, 'heartbeat' | 'signal'>,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.beating ??= this.beat(AbortSignal.any([this.run.signal, this.end.signal]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end.abort();
    await this.beating;
  }

  private async beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.run.heartbeat();
      // The only reason for which a clock rejects is its signal.
      await this.clock.sleep(HEARTBEAT_MS, signal).catch(() => undefined);
    }
  }
}
