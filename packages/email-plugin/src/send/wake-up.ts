import type { Clock, Event, JobRequest, JobRun } from '@exact/host-contracts';
import { SEND_RECEIVE } from './send-receive.command.js';

/** Why a waiting send run goes on. */
export type WakeReason = 'request' | 'changed' | 'time' | 'stopped';

/** Waits for a request, a change of the Outbox or a time, and misses none that came while the run was busy. */
export class WakeUp implements Disposable {
  private readonly subscriptions = new DisposableStack();
  private isRequested: boolean;
  private isChanged = false;
  private ring = (): void => undefined;

  constructor(
    private readonly run: JobRun,
    private readonly clock: Clock,
    onDidChange: Event<void>,
  ) {
    this.isRequested = run.requests.some(isSendReceive);
    const requests = run.onDidRequest((request) => {
      this.isRequested ||= isSendReceive(request);
      this.ring();
    });
    const changes = onDidChange(() => {
      this.isChanged = true;
      this.ring();
    });
    this.subscriptions.defer(() => {
      requests.dispose();
      changes.dispose();
    });
  }

  /** Whether somebody asked to send now since the last call. */
  takeRequest(): boolean {
    const wasRequested = this.isRequested;
    this.isRequested = false;
    return wasRequested;
  }

  /** Until something happens, `at` (epoch ms) at the latest. */
  async wait(at: number): Promise<WakeReason> {
    if (!this.isRequested && !this.isChanged) await this.sleep(at);
    if (this.run.signal.aborted) return 'stopped';
    if (this.isRequested) return 'request';
    const wasChanged = this.isChanged;
    this.isChanged = false;
    return wasChanged ? 'changed' : 'time';
  }

  [Symbol.dispose](): void {
    this.subscriptions.dispose();
  }

  private async sleep(at: number): Promise<void> {
    const rung = new AbortController();
    this.ring = () => {
      rung.abort();
    };
    try {
      await this.clock.sleep(Math.max(0, at - this.clock.now()), AbortSignal.any([rung.signal, this.run.signal]));
    } catch (error) {
      if (!rung.signal.aborted && !this.run.signal.aborted) throw error;
    } finally {
      this.ring = () => undefined;
    }
  }
}

function isSendReceive({ name }: JobRequest): boolean {
  return name === SEND_RECEIVE;
}
