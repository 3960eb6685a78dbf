import { FailureError } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { openMailbox } from '../src/receive/imapflow/imapflow.adapter.js';
import type { Mailbox } from '../src/receive/mailbox.js';
import { FakeClock } from './support/fake-clock.js';
import { startScriptedImapServer } from './support/scripted-imap-server.js';
import { directNetwork, FakeTokens, PRACTICE } from './support/submission-connection.js';

const ASK_EVERY_MS = 30_000;
/** Only what never answers is cut off so early: nothing that answers is measured by it. */
const LIMITS = { askEveryMs: ASK_EVERY_MS, answerMs: 40, silenceMs: 40 };
/** A server that answers has all the time that a busy machine needs. */
const PATIENT = { askEveryMs: ASK_EVERY_MS, answerMs: 600_000, silenceMs: 600_000 };
const HOUR_MS = 60 * 60_000;

/** What brings a server to tell what is new. */
type Telling = 'DONE' | 'NOOP';

/** A mailbox of one message on a server that a test can hush; while IDLE lasts it tells nothing by itself. */
class QuietServer {
  readonly clock = new FakeClock();
  readonly commands: string[] = [];
  isSilent = false;
  refusesIdle = false;
  messages = 1;
  private idle = '';
  private heard = (): void => undefined;

  constructor(private readonly telling: Telling = 'NOOP') {}

  /** `undefined` = done. */
  readonly answer = (tag: string, command: string): string | undefined => {
    const name = tag === 'DONE' ? tag : (command.replace('UID ', '').split(' ')[0] ?? '');
    this.commands.push(name);
    this.heard();
    if (this.isSilent) return '';
    switch (name) {
      case 'EXAMINE':
        return `* 1 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 2] n\r\n${tag} OK [READ-ONLY] done\r\n`;
      case 'IDLE':
        this.idle = tag;
        if (this.refusesIdle) return `${tag} NO not now\r\n`;
        return '+ idling\r\n';
      case 'DONE':
        return `${this.news(name)}${this.idle} OK done\r\n`;
      case 'NOOP':
        return `${this.news(name)}${tag} OK done\r\n`;
      case 'FETCH':
        return command.includes('BODY.PEEK') ? this.halfAMessage() : this.list(tag);
    }
    return undefined;
  };

  /** Resolves when the client has sent that command so many times. */
  async until(name: string, times = 1): Promise<void> {
    while (this.commands.filter((each) => each === name).length < times) {
      await new Promise<void>((resolve) => {
        this.heard = resolve;
      });
    }
  }

  private news(name: Telling): string {
    return name === this.telling ? `* ${String(this.messages)} EXISTS\r\n` : '';
  }

  private list(tag: string): string {
    return `* 1 FETCH (UID 1 RFC822.SIZE 100 INTERNALDATE "23-Nov-2026 09:00:00 +0000")\r\n${tag} OK done\r\n`;
  }

  private halfAMessage(): string {
    this.isSilent = true;
    return '* 1 FETCH (UID 1 BODY[] {100}\r\nSubject: half';
  }
}

async function open(quiet: QuietServer, limits = PATIENT, capabilities?: string) {
  await using stack = new AsyncDisposableStack();
  const greeting = capabilities === undefined ? {} : { greeting: `* OK [CAPABILITY ${capabilities}] ready\r\n` };
  const imap = stack.use(await startScriptedImapServer({ answer: quiet.answer, ...greeting }));
  const { signal } = new AbortController();
  const request = { server: imap.server, user: PRACTICE, tokens: new FakeTokens(), signal };
  const mailbox: Mailbox = stack.use(await openMailbox(request, quiet.clock, directNetwork, limits));
  const owned = stack.move();
  const stop = new AbortController();
  return {
    imap,
    mailbox,
    stop,
    wait: (forMs = Infinity) => mailbox.wait({ forMs, signal: stop.signal }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Why it ended. */
async function failureOf(ended: Promise<unknown>) {
  const [error] = await Promise.allSettled([ended]);
  if (error.status === 'fulfilled') throw new Error(`It came to ${String(error.value)}`);
  if (!(error.reason instanceof FailureError)) throw error.reason;
  return error.reason.failure;
}

describe('a mailbox that waits for news', () => {
  test('begins IDLE anew long before its 29 minutes are over', async () => {
    const quiet = new QuietServer();
    await using opened = await open(quiet);
    const waiting = opened.wait();
    const start = quiet.clock.now();
    for (const round of [1, 2, 3]) {
      await quiet.until('IDLE', round);
      await quiet.clock.advance(ASK_EVERY_MS);
    }
    await quiet.until('IDLE', 4);
    expect(quiet.clock.now() - start).toBeLessThan(29 * 60_000);
    expect(quiet.commands.slice(-7)).toEqual(['IDLE', 'DONE', 'IDLE', 'DONE', 'IDLE', 'DONE', 'IDLE']);
    opened.stop.abort();
    expect(await waiting).toBe('stopped');
    expect(quiet.commands.at(-1)).toBe('DONE');
  });

  test('learns at the end of IDLE of what a server did not tell before, and asks nothing else', async () => {
    const quiet = new QuietServer('DONE');
    await using opened = await open(quiet);
    const waiting = opened.wait();
    await quiet.until('IDLE');
    quiet.messages = 2;
    await quiet.clock.advance(ASK_EVERY_MS);
    expect(await waiting).toBe('news');
    expect(quiet.commands.slice(-2)).toEqual(['IDLE', 'DONE']);
  });

  test('learns when its time is over of what a server tells only who asks', async () => {
    const quiet = new QuietServer('NOOP');
    await using opened = await open(quiet);
    const waiting = opened.wait(2 * ASK_EVERY_MS);
    quiet.messages = 2;
    for (const round of [1, 2]) {
      await quiet.until('IDLE', round);
      await quiet.clock.advance(ASK_EVERY_MS);
    }
    expect(await waiting).toBe('news');
    expect(quiet.commands.slice(-5)).toEqual(['IDLE', 'DONE', 'IDLE', 'DONE', 'NOOP']);
  });

  test('is over without news when there are none', async () => {
    const quiet = new QuietServer();
    await using opened = await open(quiet);
    const waiting = opened.wait(ASK_EVERY_MS);
    await quiet.until('IDLE');
    await quiet.clock.advance(ASK_EVERY_MS);
    expect(await waiting).toBe('time-over');
  });

  test('asks a server that knows no IDLE with NOOP', async () => {
    const quiet = new QuietServer();
    await using opened = await open(quiet, PATIENT, 'IMAP4rev1 AUTH=XOAUTH2 SASL-IR');
    const waiting = opened.wait();
    quiet.messages = 2;
    await quiet.clock.advance(ASK_EVERY_MS);
    expect(await waiting).toBe('news');
    expect(quiet.commands.slice(-2)).toEqual(['EXAMINE', 'NOOP']);
  });

  test('asks a server that refuses IDLE with NOOP, and offers it no further one', async () => {
    const quiet = new QuietServer();
    quiet.refusesIdle = true;
    await using opened = await open(quiet);
    const first = opened.wait(ASK_EVERY_MS);
    await quiet.until('IDLE');
    await quiet.clock.advance(ASK_EVERY_MS);
    expect(await first).toBe('time-over');
    const second = opened.wait();
    quiet.messages = 2;
    await quiet.clock.advance(ASK_EVERY_MS);
    expect(await second).toBe('news');
    expect(quiet.commands.slice(-4)).toEqual(['EXAMINE', 'IDLE', 'NOOP', 'NOOP']);
  });

  test('notices a network that swallows everything within a minute', async () => {
    const quiet = new QuietServer();
    await using opened = await open(quiet, LIMITS);
    const waiting = failureOf(opened.wait());
    await quiet.until('IDLE');
    quiet.isSilent = true;
    await quiet.clock.advance(ASK_EVERY_MS);
    expect((await waiting).retry.kind).toBe('backoff');
  });

  test('asks at once after the machine slept, whatever was still to wait', async () => {
    const quiet = new QuietServer();
    await using opened = await open(quiet, LIMITS);
    const waiting = failureOf(opened.wait());
    await quiet.until('IDLE');
    quiet.isSilent = true;
    quiet.clock.jump(8 * HOUR_MS);
    await quiet.clock.advance(0);
    expect((await waiting).retry.kind).toBe('backoff');
  });

  test('ends as soon as the server says BYE, even when it leaves the connection open', async () => {
    const quiet = new QuietServer();
    await using opened = await open(quiet);
    const waiting = failureOf(opened.wait());
    await quiet.until('IDLE');
    opened.imap.tell('* BYE Connection closed. 14\r\n');
    expect((await waiting).retry.kind).toBe('backoff');
  });
});

describe('a mailbox that downloads', () => {
  test('gives up a connection that goes silent in the middle of a message', async () => {
    await using opened = await open(new QuietServer(), LIMITS);
    const download = async () => {
      for await (const message of opened.mailbox.fetch(0)) throw new Error(`message ${String(message.uid)} came`);
    };
    expect((await failureOf(download())).retry.kind).toBe('backoff');
  });
});
