import type {
  Clock,
  HostInformation,
  InboxStore,
  JobRun,
  PatientDirectory,
  ServiceHealth,
} from '@exact/host-contracts';
import { checkingWindow, nextPresetTime } from '../settings/schedule.js';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import type { Mailbox } from './mailbox.js';
import { receiveMail } from './receive-mail.js';

/** Well within the 30 seconds that the lease asks for. */
const HEARTBEAT_MS = 15_000;

/** What a watch works with. */
export interface WatchParts {
  readonly run: JobRun;
  readonly account: AccountSettings;
  readonly schedule: ScheduleSettings;
  readonly clock: Clock;
  readonly host: HostInformation;
  readonly inbox: InboxStore;
  readonly patients: PatientDirectory;
  readonly health: ServiceHealth;
  open(): Promise<Mailbox>;
  /** A pass has brought in all there is. */
  onReceived(): Promise<void>;
}

/** Why a watch ended. */
export type WatchEnd = { readonly kind: 'stopped' } | { readonly kind: 'not-genuine'; readonly reason: string };

/** Receives once, then again with each news, poll, preset time and request, until it is stopped. */
export class MailboxWatch {
  private isAsked: boolean;
  private interrupt = new AbortController();
  private presetAt: number | undefined;

  constructor(private readonly parts: WatchParts) {
    this.isAsked = parts.run.requests.length > 0;
    this.presetAt = this.nextPreset();
  }

  /** Throws a `FailureError` when the mailbox or the connection fails. */
  async go(): Promise<WatchEnd> {
    const { run } = this.parts;
    const requests = run.onDidRequest(() => {
      this.isAsked = true;
      this.interrupt.abort();
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

  /** One connection: as long as checking times last. */
  private async session(): Promise<WatchEnd | undefined> {
    const { run, host } = this.parts;
    await using mailbox = await this.parts.open();
    while (!run.signal.aborted) {
      const { genuineness, id } = await host.database();
      if (!genuineness.genuine) return { kind: 'not-genuine', reason: genuineness.reason };
      this.isAsked = false;
      const outcome = await this.receive(mailbox, id);
      if (outcome === 'stale') return { kind: 'stopped' };
      const window = this.window();
      if (!window.open) return undefined;
      await this.waitForNews(mailbox, window.until);
    }
    return { kind: 'stopped' };
  }

  private async receive(mailbox: Mailbox, databaseId: string): Promise<'complete' | 'stale'> {
    const { run, inbox, patients, account } = this.parts;
    const total = mailbox.exists;
    const outcome = await receiveMail({
      mailbox,
      inbox,
      patients,
      databaseId,
      account: account.key,
      fence: run.fence,
      signal: run.signal,
      onProgress: async (handled) => {
        await run.heartbeat();
        await this.report(
          `Downloading: ${handled.toLocaleString('en')} of at most ${total.toLocaleString('en')} messages`,
        );
      },
    });
    if (outcome.kind === 'stale') return 'stale';
    await this.report(undefined, outcome.added > 0 ? this.parts.clock.now() : undefined);
    await this.parts.onReceived();
    return 'complete';
  }

  /** Until there is news, a poll is due, a preset time has come, or somebody presses Send/Receive. */
  private async waitForNews(mailbox: Mailbox, windowEnd: number): Promise<void> {
    const { run, schedule, clock } = this.parts;
    if (this.isAsked || run.signal.aborted) return;
    this.interrupt = new AbortController();
    const pollMs = schedule.checkEveryMinutes * 60_000;
    const due = Math.min(clock.now() + pollMs, windowEnd, this.presetAt ?? Infinity);
    const signal = AbortSignal.any([run.signal, this.interrupt.signal]);
    await this.whileBeating(mailbox.wait({ pollMs, untilMs: Math.max(0, due - clock.now()), signal }));
    this.passPreset();
  }

  /** Keeps the lease while something long is awaited. */
  private async whileBeating<T>(work: Promise<T>): Promise<T> {
    const { run, clock } = this.parts;
    const done = new AbortController();
    const beat = async () => {
      while (!done.signal.aborted) {
        await run.heartbeat();
        await clock.sleep(HEARTBEAT_MS, done.signal);
      }
    };
    const beating = beat().catch((error: unknown) => {
      if (!done.signal.aborted) throw error;
    });
    try {
      return await work;
    } finally {
      done.abort();
      await beating;
    }
  }

  private async sleepUntilDue(): Promise<void> {
    const { run, clock } = this.parts;
    await run.heartbeat();
    const window = this.window();
    await this.report('Waiting for the next checking time');
    const opensAt = window.open ? clock.now() : (window.opensAt ?? Infinity);
    const due = Math.min(opensAt, this.presetAt ?? Infinity, clock.now() + HEARTBEAT_MS);
    this.interrupt = new AbortController();
    const signal = AbortSignal.any([run.signal, this.interrupt.signal]);
    try {
      if (!this.isAsked) await clock.sleep(Math.max(0, due - clock.now()), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
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

  private async report(activity: string | undefined, lastAt?: number): Promise<void> {
    const { account, inbox, health, run } = this.parts;
    const setAside = (await inbox.setAside(account.key, 'INBOX')).length;
    await health.report(
      {
        part: 'receive',
        state: 'working',
        setAside,
        signedInAs: account.signedIn.username,
        ...(activity !== undefined && { activity }),
        ...(lastAt !== undefined && { lastAt }),
      },
      run.fence,
    );
  }
}
