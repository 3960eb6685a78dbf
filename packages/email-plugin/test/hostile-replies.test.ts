import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { FailureError, type Failure } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { requestHttp } from '../src/network/http-request.js';
import { openMailbox } from '../src/receive/imapflow/imapflow.adapter.js';
import { startScriptedImapServer, type ImapScript } from './support/scripted-imap-server.js';
import { startScriptedSmtpServer, type SmtpScript } from './support/scripted-smtp-server.js';
import { connect, directNetwork, failureOf, FakeTokens, PRACTICE } from './support/submission-connection.js';

const MIB = 1024 * 1024;
const ENDLESS = { endless: 'x'.repeat(64 * 1024) };
/** Beside what a client reads before it gives up, so much may lie in buffers on the way. */
const ON_THE_WAY = 16 * MIB;
/** What a page, a terminal or a log would take for more than text: C0 and C1 controls, and the ones that turn writing round. */
const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const NASTY = 'Ask \u001b[2J\u0007your\u202e <img src=x onerror=alert(1)> \u0000admin';

const clock = { now: () => Date.now(), sleep: () => new Promise<never>(() => undefined) };

async function openAgainst(script: ImapScript): Promise<{ failure: Failure; written: number }> {
  await using imap = await startScriptedImapServer(script);
  const request = {
    server: imap.server,
    user: PRACTICE,
    tokens: new FakeTokens(),
    signal: new AbortController().signal,
  };
  try {
    await using mailbox = await openMailbox(request, { ...clock, timeZone: () => 'UTC' }, directNetwork);
    throw new Error(`opened with ${String(mailbox.exists)} messages`);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { failure: error.failure, written: imap.written() };
  }
}

async function submitAgainst(script: SmtpScript): Promise<Failure> {
  await using smtp = await startScriptedSmtpServer(script);
  return await failureOf(connect(smtp));
}

describe('an IMAP server that means harm', () => {
  test.each<[string, ImapScript, number]>([
    ['greets without an end', { greeting: ENDLESS }, 16 * MIB],
    [
      'answers in a line without an end',
      { answer: (_tag, command) => (/^EXAMINE/.test(command) ? ENDLESS : undefined) },
      16 * MIB,
    ],
    [
      'announces a literal of ten gigabytes',
      {
        answer: (_tag, command) =>
          /^EXAMINE/.test(command) ? { endless: '* 1 FETCH (BODY[] {10737418240}\r\n' } : undefined,
      },
      16 * MIB,
    ],
  ])('that %s is cut off', async (_what, script, limit) => {
    const { failure, written } = await openAgainst(script);
    expect(failure.retry.kind).toBe('backoff');
    expect(written).toBeLessThan(limit + ON_THE_WAY);
  });

  test('gets its words no further than the details, as plain text', async () => {
    const { failure } = await openAgainst({
      answer: (tag, command) => (/^EXAMINE/.test(command) ? `${tag} NO ${NASTY}\r\n` : undefined),
    });
    expect(failure.sentence).not.toContain('admin');
    expect(failure.details).toContain('admin');
    expect(failure.details).not.toMatch(CONTROLS);
  });

  test('that echoes the token does not bring it into the details', async () => {
    const { failure } = await openAgainst({
      answer: (tag, command) =>
        /^AUTHENTICATE/.test(command)
          ? `${tag} NO ${command} ${Buffer.from(command.split(' ')[2] ?? '', 'base64').toString('latin1')}\r\n`
          : undefined,
    });
    expect(JSON.stringify(failure)).not.toMatch(/Bearer (?:fresh|cached)/);
  });
});

describe('a submission server that means harm', () => {
  test('that answers without an end is cut off', async () => {
    const failure = await submitAgainst({ greeting: () => `220-${'x'.repeat(80)}\r\n`.repeat(100_000) });
    expect(failure.retry.kind).toBe('backoff');
  });

  test('gets its words no further than the details, as plain text', async () => {
    const failure = await submitAgainst({ authenticate: () => `535 5.7.3 ${NASTY}` });
    expect(failure.sentence).not.toContain('admin');
    expect(failure.details).toContain('admin');
    expect(failure.details).not.toMatch(CONTROLS);
  });
});

describe('a sign-in service that means harm', () => {
  test('and answers without an end is cut off', async () => {
    let written = 0;
    const server = createServer((_request, response) => {
      const answer = Readable.from(
        (function* () {
          for (;;) {
            written += MIB;
            yield Buffer.alloc(MIB, 'x');
          }
        })(),
      );
      // It ends when the client has gone.
      pipeline(answer, response, () => undefined);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = requestHttp(
      { method: 'POST', url: `http://127.0.0.1:${port}/token` },
      directNetwork,
      new AbortController().signal,
    );
    await expect(asked).rejects.toThrow('an answer of more than 4194304 bytes');
    expect(written).toBeLessThan(4 * MIB + ON_THE_WAY);
    await new Promise((resolve) => server.close(resolve));
  });
});
