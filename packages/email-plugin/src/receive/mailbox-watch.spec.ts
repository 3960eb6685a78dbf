import { FailureError, type Download, type Failure, type InboxStore, type JobRequest } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { DEFAULT_SCHEDULE } from '../settings/settings.js';
import { CONTINUE_DOWNLOAD } from './download-pause.js';
import { MailboxWatch, type WatchParts } from './mailbox-watch.js';
import type { ReceiveHealth } from './receive-health.js';

const DAY_MS = 24 * 60 * 60_000;

/** A watch outside of checking times; `answers` says for each use of the sign-in whether Microsoft could be asked. */
function watchOutsideOfCheckingTimes(answers: (use: number) => boolean) {
  const clock = new FakeClock();
  const uses: number[] = [];
  const stop = new AbortController();
  const health: Partial<ReceiveHealth> = { working: () => Promise.resolve() };
  const inbox: Partial<InboxStore> = { download: () => Promise.resolve(undefined) };
  const account = { key: 'microsoft365:t:reception@practice.example' };
  const parts: Partial<WatchParts> = {
    inbox: inbox as InboxStore,
    account: account as WatchParts['account'],
    run: {
      fence: 1,
      signal: stop.signal,
      requests: [],
      onDidRequest: () => ({ dispose: () => undefined }),
      heartbeat: () => Promise.resolve(),
    },
    schedule: { ...DEFAULT_SCHEDULE, checkingTimes: [] },
    clock,
    health: health as ReceiveHealth,
    keepSignedIn: () => {
      uses.push(clock.now());
      return Promise.resolve(answers(uses.length));
    },
  };
  return { clock, uses, stop, ended: new MailboxWatch(parts as WatchParts).go() };
}

describe('a mailbox that nobody checks', () => {
  test('has its sign-in used at once and then each week, long before it runs out', async () => {
    const { clock, uses, stop, ended } = watchOutsideOfCheckingTimes(() => true);
    const start = clock.now();
    await clock.advance(15 * DAY_MS);
    expect(uses.map((at) => (at - start) / DAY_MS)).toEqual([0, 7, 14]);
    stop.abort();
    expect(await ended).toEqual({ kind: 'stopped' });
  });

  test('has it tried again the next day when Microsoft can’t be reached', async () => {
    const { clock, uses, stop, ended } = watchOutsideOfCheckingTimes((use) => use > 2);
    const start = clock.now();
    await clock.advance(5 * DAY_MS);
    expect(uses.map((at) => (at - start) / DAY_MS)).toEqual([0, 1, 2]);
    stop.abort();
    await ended;
  });

  test('ends with the failure when the sign-in has run out', async () => {
    const failure: Failure = {
      code: 'AADSTS700082',
      sentence: 'The sign-in has run out.',
      fixedBy: 'user',
      advice: '',
      retry: { kind: 'after-sign-in' },
    };
    const { ended } = watchOutsideOfCheckingTimes(() => {
      throw new FailureError(failure);
    });
    await expect(ended).rejects.toMatchObject({ failure });
  });
});

/** An inbox whose download is paused; each question about it is answered when the test says so. */
class PausedInbox {
  readonly asked: (() => void)[] = [];
  private paused = true;

  download(): Promise<Download> {
    const { paused } = this;
    return new Promise((resolve) => {
      this.asked.push(() => {
        resolve({ messagesDone: 1, messagesTotal: 2, bytesDone: 1, bytesTotal: 2, paused });
      });
    });
  }

  cursor() {
    return Promise.resolve({ account: 'a', mailbox: 'INBOX', uidValidity: 7, lastUid: 1 });
  }

  receive({ download }: Parameters<InboxStore['receive']>[0]) {
    this.paused = download?.paused === true;
    return Promise.resolve({ kind: 'stored', added: 0, known: 0 } as const);
  }
}

/** A watch over a paused download, outside of checking times. */
function watchOverPausedDownload() {
  const inbox = new PausedInbox();
  const stop = new AbortController();
  const opened = Promise.withResolvers<string>();
  let request: (request: JobRequest) => void = () => undefined;
  const health: Partial<ReceiveHealth> = { paused: () => Promise.resolve(), working: () => Promise.resolve() };
  const parts: Partial<WatchParts> = {
    run: {
      fence: 1,
      signal: stop.signal,
      requests: [],
      onDidRequest: (listener) => {
        request = listener;
        return { dispose: () => undefined };
      },
      heartbeat: () => Promise.resolve(),
    },
    account: { key: 'a' } as WatchParts['account'],
    schedule: { ...DEFAULT_SCHEDULE, checkingTimes: [] },
    clock: new FakeClock(),
    inbox: inbox as Partial<InboxStore> as InboxStore,
    health: health as ReceiveHealth,
    keepSignedIn: () => Promise.resolve(true),
    open: (signal) => {
      opened.resolve('opened');
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('ended'));
        });
      });
    },
  };
  const ended = new MailboxWatch(parts as WatchParts).go();
  /** Answers what is asked of the inbox until the mailbox is opened. */
  const untilOpened = async () => {
    for (let isOpen = false; !isOpen;) {
      for (const answer of inbox.asked.splice(0)) answer();
      const turn = new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));
      isOpen = (await Promise.race([opened.promise, turn])) !== undefined;
    }
  };
  return { ask: (name: string) => request({ name, detail: {} }), untilOpened, stop, ended };
}

describe('a paused download', () => {
  test('goes on when a person continues, also when that is heard before the pause is known', async () => {
    const { ask, untilOpened, stop, ended } = watchOverPausedDownload();
    // The watch has just asked whether it is paused.
    ask(CONTINUE_DOWNLOAD);
    await untilOpened();
    stop.abort();
    await expect(ended).rejects.toThrow('ended');
  });
});
