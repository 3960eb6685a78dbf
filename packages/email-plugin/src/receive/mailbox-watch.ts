import {
  FailureError,
  type Clock,
  type HostInformation,
  type InboxStore,
  type OutboxStore,
  type JobRun,
  type PatientDirectory,
} from '@exact/host-contracts';
import { checkingWindow, nextPresetTime } from '../settings/schedule.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import type { Mailbox } from './mailbox.js';
import type { ReceiveHealth } from './receive-health.js';
import { receiveMail } from './receive-mail.js';

const MINUTE_MS = 60_000;
/** A connection that held for so long is opened anew at once when it breaks; else the host backs off. */
const STEADY_MS = MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A sign-in that is not used runs out after 90 days; each use renews it. */
const UNUSED_MS = 7 * DAY_MS;

/** What a watch works with. */
export interface WatchParts {
  readonly run: JobRun;
  readonly account: AccountSettings;
  readonly schedule: ScheduleSettings;
  readonly clock: Clock;
  readonly host: HostInformation;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly patients: PatientDirectory;
  readonly health: ReceiveHealth;
  open(): Promise<Mailbox>;
  /** Uses the sign-in, so that it does not run out; whether Microsoft could be asked. Throws when it has ended. */
  keepSignedIn(): Promise<boolean>;
  /** A pass has brought in all there is. */
  onReceived(): Promise<void>;
}

/** Why a watch ended. */
export type WatchEnd =
  | { readonly kind: 'stopped' }
  /** Somebody else has moved the cursor. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'not-genuine'; readonly reason: string };

/** Receives once, then again with each news, poll, preset time and request, until it is stopped. */
export class MailboxWatch {
  private isAsked: boolean;
  private interrupt = (): void => undefined;
  private presetAt: number | undefined;
  /** When the sign-in is to be used although nothing else needs it; at once, as nobody knows when it last was. */
  private renewAt = -Infinity;

  constructor(private readonly parts: WatchParts) {
    this.isAsked = parts.run.requests.length > 0;
    this.presetAt = this.nextPreset();
  }

  /** Throws a `FailureError` when the mailbox or the connection fails. */
  async go(): Promise<WatchEnd> {
    const { run } = this.parts;
    const requests = run.onDidRequest(() => {
      this.isAsked = true;
      this.interrupt();
    });
    try {
      while (!run.signal.aborted) {
        if (!this.mayCheck()) {
          await this.sleepUntilDue();
          continue;
        }
        const end = await this.session();
        if (end) return end;
      }
      return { kind: 'stopped' };
    } finally {
      requests.dispose();
    }
  }

  /** One connection: as long as checking times last and nothing breaks it. */
  private async session(): Promise<WatchEnd | undefined> {
    const { clock } = this.parts;
    await using mailbox = await this.parts.open();
    const openedAt = clock.now();
    this.renewAt = openedAt + UNUSED_MS;
    try {
      return await this.watch(mailbox);
    } catch (error) {
      // The hourly end of an access token, or the network: nothing that anybody has to know.
      const isSteady = clock.now() - openedAt >= STEADY_MS;
      if (isBreak(error) && (isSteady || this.isAsked)) return undefined;
      throw error;
    }
  }

  private async watch(mailbox: Mailbox): Promise<WatchEnd | undefined> {
    const { run, host } = this.parts;
    while (!run.signal.aborted) {
      const { genuineness, id } = await host.database();
      if (!genuineness.genuine) return { kind: 'not-genuine', reason: genuineness.reason };
      this.isAsked = false;
      const end = await this.receive(mailbox, id);
      if (end) return end;
      const window = this.window();
      if (!window.open) return undefined;
      await this.waitForNews(mailbox, window.until);
    }
    return { kind: 'stopped' };
  }

  private async receive(mailbox: Mailbox, databaseId: string): Promise<WatchEnd | undefined> {
    const { run, inbox, outbox, patients, account, health, clock } = this.parts;
    const outcome = await receiveMail({
      mailbox,
      inbox,
      outbox,
      patients,
      databaseId,
      account: account.key,
      fence: run.fence,
      signal: run.signal,
      onProgress: (handled, total) => health.downloading(handled, total),
    });
    if (outcome.kind === 'stale-fence') return { kind: 'stopped' };
    if (outcome.kind === 'stale-cursor') return { kind: 'overtaken' };
    await health.working(outcome.added > 0 ? { lastAt: clock.now() } : {});
    await this.parts.onReceived();
    return undefined;
  }

  /** Until there is news, a poll is due, a preset time has come, or somebody presses Send/Receive. */
  private async waitForNews(mailbox: Mailbox, windowEnd: number): Promise<void> {
    const { schedule, clock } = this.parts;
    const checkAt = clock.now() + schedule.checkEveryMinutes * MINUTE_MS;
    const due = Math.min(checkAt, windowEnd, this.presetAt ?? Infinity);
    await this.untilDue(due, (signal) => mailbox.wait({ forMs: Infinity, signal }));
    this.passPreset();
  }

  /** Outside of checking times, without a connection. */
  private async sleepUntilDue(): Promise<void> {
    const { clock, health } = this.parts;
    if (clock.now() >= this.renewAt) {
      this.renewAt = clock.now() + ((await this.parts.keepSignedIn()) ? UNUSED_MS : DAY_MS);
    }
    await health.working({ activity: 'Waiting for the next checking time' });
    const window = this.window();
    const opensAt = window.open ? clock.now() : (window.opensAt ?? Infinity);
    const due = Math.min(opensAt, this.presetAt ?? Infinity, this.renewAt);
    await this.untilDue(due, (signal) => aborted(signal));
  }

  /** Runs `wait`, whose signal aborts at `due` by the host's clock, at a request, and with the run. */
  private async untilDue(due: number, wait: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const { run, clock } = this.parts;
    const over = new AbortController();
    this.interrupt = () => {
      over.abort();
    };
    if (this.isAsked) over.abort();
    const signal = AbortSignal.any([run.signal, over.signal]);
    // The only reason for which a clock rejects is its signal.
    const alarm = clock.sleep(Math.max(0, due - clock.now()), signal).then(this.interrupt, () => undefined);
    try {
      await wait(signal);
    } finally {
      over.abort();
      await alarm;
    }
  }

  private mayCheck(): boolean {
    return this.isAsked || this.passPreset() || this.window().open;
  }

  /** Whether a preset time has come; the next one is then waited for. */
  private passPreset(): boolean {
    const isDue = this.presetAt !== undefined && this.presetAt <= this.parts.clock.now();
    if (isDue) this.presetAt = this.nextPreset();
    return isDue;
  }

  private window() {
    const { schedule, clock } = this.parts;
    return checkingWindow(schedule, clock.now(), clock.timeZone());
  }

  private nextPreset(): number | undefined {
    const { schedule, clock } = this.parts;
    return nextPresetTime(schedule, clock.now(), clock.timeZone());
  }
}

/** A connection that ended, without the server having said when to come back. */
function isBreak(error: unknown): boolean {
  if (!(error instanceof FailureError)) return false;
  const { retry } = error.failure;
  return retry.kind === 'backoff' && retry.at === undefined;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else {
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    }
  });
}
