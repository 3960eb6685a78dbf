import {
  FailureError,
  type Clock,
  type Download,
  type HostInformation,
  type InboxStore,
  type JobRequest,
  type OutboxStore,
  type JobRun,
  type PatientDirectory,
} from '@exact/host-contracts';
import { checkingWindow, nextPresetTime } from '../settings/schedule.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import { CONTINUE_DOWNLOAD, DownloadPause, PAUSE_DOWNLOAD, wishOf } from './download-pause.js';
import type { Mailbox } from './mailbox.js';
import { ReadingThread } from './message/reading-thread.js';
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
  /** The signal closes it. */
  open(signal: AbortSignal): Promise<Mailbox>;
  /** Uses the sign-in, so that it does not run out; whether Microsoft could be asked. Throws when it has ended. */
  keepSignedIn(): Promise<boolean>;
  /** A download of many messages is so far. */
  onProgress(download: Download): void;
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
  private isAsked = false;
  private interrupt = (): void => undefined;
  private readonly pause: DownloadPause;
  /** What a person asked of the download that was not heeded yet. */
  private wish: JobRequest | undefined;
  /** Ends the present connection. */
  private cut = new AbortController();
  private presetAt: number | undefined;
  /** When the sign-in is to be used although nothing else needs it; at once, as nobody knows when it last was. */
  private renewAt = -Infinity;

  constructor(private readonly parts: WatchParts) {
    const { run, inbox, account } = parts;
    this.pause = new DownloadPause(inbox, account.key, run.fence);
    for (const request of run.requests) this.hear(request);
    this.presetAt = this.nextPreset();
  }

  /** Throws a `FailureError` when the mailbox or the connection fails. */
  async go(): Promise<WatchEnd> {
    const { run } = this.parts;
    const requests = run.onDidRequest((request) => {
      this.hear(request);
      this.interrupt();
    });
    try {
      while (!run.signal.aborted) {
        const end = (await this.heedWish()) ?? (await this.goOn());
        if (end) return end;
      }
      return { kind: 'stopped' };
    } finally {
      requests.dispose();
    }
  }

  private hear(request: JobRequest): void {
    const wish = wishOf(request);
    if (wish) this.wish = request;
    else this.isAsked = true;
    // What has come of a download is stored all the same.
    if (wish === PAUSE_DOWNLOAD) this.cut.abort();
  }

  private async heedWish(): Promise<WatchEnd | undefined> {
    const { wish } = this;
    if (!wish) return undefined;
    this.wish = undefined;
    const outcome = await this.pause.heed([wish]);
    // Outside of checking times, too: a person waits for it.
    if (wishOf(wish) === CONTINUE_DOWNLOAD) this.isAsked = true;
    return outcome?.kind === 'refused' ? endOf(outcome.reason) : undefined;
  }

  private async goOn(): Promise<WatchEnd | undefined> {
    if (await this.pause.isOn()) {
      // What came before was not meant to end the pause.
      this.isAsked = false;
      await this.keepSignedIn();
      await this.parts.health.paused();
      await this.rest(Infinity);
      return undefined;
    }
    if (this.mayCheck()) return this.session();
    await this.sleepUntilDue();
    return undefined;
  }

  private async session(): Promise<WatchEnd | undefined> {
    const { signal } = this.parts.run;
    const cut = new AbortController();
    this.cut = cut;
    try {
      return await this.connection(AbortSignal.any([signal, cut.signal]));
    } catch (error) {
      if (cut.signal.aborted && !signal.aborted) return undefined;
      throw error;
    }
  }

  /** One connection: as long as checking times last and nothing breaks it. */
  private async connection(signal: AbortSignal): Promise<WatchEnd | undefined> {
    const { clock } = this.parts;
    await using mailbox = await this.parts.open(signal);
    // One for all that comes over it: new mail need not wait until a thread has started.
    await using thread = new ReadingThread();
    const openedAt = clock.now();
    this.renewAt = openedAt + UNUSED_MS;
    try {
      return await this.watch(mailbox, thread);
    } catch (error) {
      // The hourly end of an access token, or the network: nothing that anybody has to know.
      const isSteady = clock.now() - openedAt >= STEADY_MS;
      if (isBreak(error) && (isSteady || this.isAsked)) return undefined;
      throw error;
    }
  }

  private async watch(mailbox: Mailbox, thread: ReadingThread): Promise<WatchEnd | undefined> {
    const { run, host } = this.parts;
    while (!run.signal.aborted) {
      if (this.wish) return undefined;
      const { genuineness, id } = await host.database();
      if (!genuineness.genuine) return { kind: 'not-genuine', reason: genuineness.reason };
      this.isAsked = false;
      const end = await this.receive(mailbox, thread, id);
      if (end) return end;
      const window = this.window();
      if (!window.open) return undefined;
      await this.waitForNews(mailbox, window.until);
    }
    return { kind: 'stopped' };
  }

  private async receive(mailbox: Mailbox, thread: ReadingThread, databaseId: string): Promise<WatchEnd | undefined> {
    const { run, inbox, outbox, patients, account, health, clock } = this.parts;
    const outcome = await receiveMail({
      mailbox,
      thread,
      inbox,
      outbox,
      patients,
      databaseId,
      account: account.key,
      clock,
      fence: run.fence,
      signal: run.signal,
      onProgress: (download) => {
        this.parts.onProgress(download);
        return health.downloading(download);
      },
    });
    if (outcome.kind !== 'complete') return endOf(outcome.kind);
    await health.working(outcome.added > 0 ? { lastAt: clock.now() } : {});
    await this.parts.onReceived();
    return undefined;
  }

  /** Until there is news, a poll is due, a preset time has come, or somebody presses Send/Receive. */
  private async waitForNews(mailbox: Mailbox, windowEnd: number): Promise<void> {
    const { schedule, clock } = this.parts;
    const checkAt = clock.now() + schedule.checkEveryMinutes * MINUTE_MS;
    const due = Math.min(checkAt, windowEnd, this.presetAt ?? Infinity);
    const forMs = Math.max(0, due - clock.now());
    await this.unlessInterrupted((signal) => mailbox.wait({ forMs, signal }));
    this.passPreset();
  }

  /** Outside of checking times, without a connection. */
  private async sleepUntilDue(): Promise<void> {
    const { clock, health } = this.parts;
    await this.keepSignedIn();
    await health.working({ activity: 'Waiting for the next checking time' });
    const window = this.window();
    const opensAt = window.open ? clock.now() : (window.opensAt ?? Infinity);
    await this.rest(Math.min(opensAt, this.presetAt ?? Infinity));
  }

  /** Where no connection uses the sign-in it would run out. */
  private async keepSignedIn(): Promise<void> {
    const { clock } = this.parts;
    if (clock.now() < this.renewAt) return;
    this.renewAt = clock.now() + ((await this.parts.keepSignedIn()) ? UNUSED_MS : DAY_MS);
  }

  /** Without a connection. */
  private rest(until: number): Promise<void> {
    const { clock } = this.parts;
    const forMs = Math.max(0, Math.min(until, this.renewAt) - clock.now());
    // The only reason for which a clock rejects is its signal.
    return this.unlessInterrupted((signal) => clock.sleep(forMs, signal).catch(() => undefined));
  }

  /** Runs `wait`, whose signal aborts at a request, and with the run. */
  private async unlessInterrupted(wait: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const over = new AbortController();
    this.interrupt = () => {
      over.abort();
    };
    if (this.isAsked || this.wish) over.abort();
    await wait(AbortSignal.any([this.parts.run.signal, over.signal]));
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

/** Why the store no longer takes what this run brings. */
function endOf(refusal: 'stale-fence' | 'stale-cursor'): WatchEnd {
  return { kind: refusal === 'stale-fence' ? 'stopped' : 'overtaken' };
}

/** A connection that ended, without the server having said when to come back. */
function isBreak(error: unknown): boolean {
  if (!(error instanceof FailureError)) return false;
  const { retry } = error.failure;
  return retry.kind === 'backoff' && retry.at === undefined;
}
