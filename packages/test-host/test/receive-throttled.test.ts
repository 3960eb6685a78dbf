import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import type { MailSituation } from '../src/microsoft365/mail-situations.js';
import { message, RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

const MINUTE_MS = 60_000;
const LIST = /RFC822\.SIZE/;
const SMALL = Array.from({ length: 450 }, (_, index) => `number ${String(index)}`);
const LARGE = Buffer.concat([message('large'), Buffer.alloc(9 * 1024 * 1024, `${'All is well. '.repeat(70)}\r\n`)]);
const MAIL = [LARGE, ...SMALL.map((subject) => message(subject))];
const EXPECTED = ['large', ...SMALL, 'the last'].toSorted();

/** A practice whose server gets into a situation at a command, and says what it was asked. */
class TroubledPractice implements AsyncDisposable {
  readonly commands: string[] = [];
  /** When the situation began, epoch ms. */
  since = 0;
  private times = 0;

  private constructor(
    readonly clock: FakeClock,
    readonly practice: ReceivingPractice,
  ) {
    practice.microsoft365.imap.onDidReceiveCommand(({ text }) => {
      this.commands.push(text);
    });
  }

  static async open(): Promise<TroubledPractice> {
    const clock = new FakeClock();
    const practice = await ReceivingPractice.open({ clock });
    await practice.health(({ state, activity }) => state === 'working' && activity === undefined);
    return new TroubledPractice(clock, practice);
  }

  /** From the `time`-th such command on. Resolves with it. */
  troubleAt(command: RegExp, time: number, situation: MailSituation): Promise<void> {
    const { imap } = this.practice.microsoft365;
    return new Promise((resolve) => {
      imap.onDidReceiveCommand(({ text }) => {
        if (!command.test(text)) return;
        this.times += 1;
        if (this.times !== time) return;
        this.since = this.clock.now();
        this.set(situation);
        resolve();
      });
    });
  }

  set(situation: MailSituation): void {
    this.practice.microsoft365.situations.set(RECEPTION, situation);
  }

  /** Much at once on a new connection, then one that the server tells of. Resolves with all subjects once all is in. */
  async receiveAll(): Promise<readonly string[]> {
    const { imap, mailboxes } = this.practice.microsoft365;
    imap.breakConnections();
    for (const raw of MAIL) mailboxes.deliver(RECEPTION, raw);
    await this.practice.inbox(MAIL.length);
    mailboxes.deliver(RECEPTION, message('the last'));
    const received = await this.practice.inbox(MAIL.length + 1);
    return received.map(({ index }) => index.subject).toSorted();
  }

  /** How far the mailbox was received. */
  async lastUid(): Promise<number> {
    const { configuration, inbox } = this.practice.host.stores;
    const account = await configuration.account();
    return (await inbox.cursor(account?.key ?? '', 'INBOX'))?.lastUid ?? 0;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.practice[Symbol.asyncDispose]();
  }
}

describe('a server that asks to be left alone', () => {
  test.each<[number, 'BAD' | 'NO', string, RegExp, number]>([
    [3, 'BAD', 'when the mailbox is opened', /^EXAMINE/, 1],
    [50, 'NO', 'when the mailbox is opened', /^EXAMINE/, 1],
    [50, 'BAD', 'when it is asked for the list', LIST, 1],
    [3, 'NO', 'in the middle of a large message', /BODY\.PEEK\[\]</, 2],
    [50, 'BAD', 'in the middle of the download', /BODY\.PEEK\[\]\)/, 4],
    [30, 'NO', 'in the middle of the download', /BODY\.PEEK\[\]\)/, 4],
    [3, 'BAD', 'when it is to tell of new mail', /^IDLE/, 1],
    [50, 'NO', 'when it has told of new mail', LIST, 2],
  ])('for %d minutes (%s) %s is, whoever presses Send/Receive, and all comes once', async (...row) => {
    const [minutes, throttledBy, , command, time] = row;
    await using troubled = await TroubledPractice.open();
    const { clock, practice, commands } = troubled;
    const begun = troubled.troubleAt(command, time, { throttledMs: minutes * MINUTE_MS, throttledBy });
    const received = troubled.receiveAll();
    await practice.after(clock, begun);
    // No time passes until it is told: on a busy machine more of it than the server asks for could.
    const { throttledUntil = 0, state } = await practice.health((told) => told.throttledUntil !== undefined);
    expect(state).toBe('working');
    expect(throttledUntil).toBe(troubled.since + minutes * MINUTE_MS);

    troubled.set({});
    const reached = await troubled.lastUid();
    commands.splice(0);
    await clock.advance(throttledUntil - clock.now() - MINUTE_MS);
    await practice.sendReceive();
    await clock.advance(MINUTE_MS - 1);
    expect(commands).toEqual([]);

    await clock.advance(1);
    expect(await practice.after(clock, received)).toEqual(EXPECTED);
    // Where it was, not from the beginning.
    expect(commands.find((text) => LIST.test(text))).toContain(`UID FETCH ${String(reached + 1)}:*`);
  });

  test('is, although EXACT is started anew meanwhile', async () => {
    await using cleanUp = new AsyncDisposableStack();
    const dataDir = await mkdtemp(join(tmpdir(), 'exact-throttled-'));
    cleanUp.defer(() => rm(dataDir, { recursive: true }));
    const clock = new FakeClock();
    const until = await (async () => {
      await using practice = await ReceivingPractice.open({ clock, dataDir });
      await practice.health(({ state }) => state === 'working');
      practice.microsoft365.situations.set(RECEPTION, { throttledMs: 50 * MINUTE_MS });
      await practice.sendReceive();
      return (await practice.health(({ throttledUntil }) => throttledUntil !== undefined)).throttledUntil ?? 0;
    })();
    await using practice = await ReceivingPractice.reopen({ clock, dataDir });
    let commands = 0;
    practice.microsoft365.imap.onDidReceiveCommand(() => {
      commands += 1;
    });
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('meanwhile'));
    await clock.advance(until - clock.now() - 1);
    expect(commands).toBe(0);
    await clock.advance(1);
    expect(await practice.inbox(1)).toMatchObject([{ index: { subject: 'meanwhile' } }]);
  });
});

describe('a server that is too busy', () => {
  test.each<[string, RegExp, number]>([
    ['to sign anybody in', /^AUTHENTICATE/, 1],
    ['to open the mailbox', /^EXAMINE/, 1],
    ['to give the list', LIST, 1],
    ['to give a large message', /BODY\.PEEK\[\]</, 2],
    ['in the middle of the download', /BODY\.PEEK\[\]\)/, 4],
  ])('%s is asked again later: no message is set aside for it, none comes twice', async (_what, command, time) => {
    await using troubled = await TroubledPractice.open();
    const { clock, practice } = troubled;
    void troubled.troubleAt(command, time, { unavailable: true });
    const received = troubled.receiveAll();
    const { failure, setAside } = await practice.after(
      clock,
      practice.health(({ state }) => state === 'needs attention'),
    );
    expect(failure).toMatchObject({ code: 'server-unavailable', retry: { kind: 'backoff' } });
    expect(setAside).toBe(0);
    troubled.set({});
    expect(await practice.after(clock, received)).toEqual(EXPECTED);
  });
});
