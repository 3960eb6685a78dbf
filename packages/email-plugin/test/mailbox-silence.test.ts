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

/** A mailbox of one message on a server that a test can hush; IDLE tells nothing by itself. */
class QuietServer {
  readonly clock = new FakeClock();
  readonly commands: string[] = [];
  isSilent = false;
  messages = 1;
  private idle = '';
  private heard = (): void => undefined;

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
        return '+ idling\r\n';
      case 'DONE':
        return `${this.idle} OK done\r\n`;
      case 'NOOP':
        return `* ${String(this.messages)} EXISTS\r\n${tag} OK done\r\n`;
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
    wait: () => mailbox.wait({ forMs: Infinity, signal: stop.signal }),
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
    expect(quiet.commands.slice(-7)).toEqual(['IDLE', 'DONE', 'NOOP', 'IDLE', 'DONE', 'NOOP', 'IDLE']);
    opened.stop.abort();
    expect(await waiting).toBe('stopped');
  });

  test.each([
    ['tells nothing by itself', undefined],
    ['knows no IDLE', 'IMAP4rev1 AUTH=XOAUTH2 SASL-IR'],
  ])('learns of news from a server that %s', async (_what, capabilities) => {
    const quiet = new QuietServer();
    await using opened = await open(quiet, PATIENT, capabilities);
    const waiting = opened.wait();
    quiet.messages = 2;
    await quiet.clock.advance(ASK_EVERY_MS);
    expect(await waiting).toBe('news');
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
