import { describe, expect, test } from '@jest/globals';
import { startScriptedSmtpServer, type SmtpScript } from './support/scripted-smtp-server.js';
import { connect, failureOf, FakeTokens } from './support/submission-connection.js';

describe('signing in to submit', () => {
  const OLD_TOKEN = '535 5.7.3 Authentication unsuccessful';

  test('renews the access token once when the server refuses it', async () => {
    const authenticate = (_user: string, token: string) => (token === 'fresh' ? undefined : OLD_TOKEN);
    await using server = await startScriptedSmtpServer({ authenticate });
    const tokens = new FakeTokens();
    await using submission = await connect(server, tokens);
    expect(submission.encryption).toBe('TLS 1.3');
    expect(tokens.asked).toEqual([false, true]);
  });

  test('ends when a fresh token is refused too, without asking for a new sign-in', async () => {
    await using server = await startScriptedSmtpServer({ authenticate: () => OLD_TOKEN });
    const tokens = new FakeTokens();
    expect(await failureOf(connect(server, tokens))).toMatchObject({ code: '535 5.7.3', retry: { kind: 'never' } });
    expect(tokens.asked).toEqual([false, true]);
  });

  test('does not renew the token when SMTP AUTH is switched off', async () => {
    const reply = '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.';
    await using server = await startScriptedSmtpServer({ authenticate: () => reply });
    const tokens = new FakeTokens();
    const failure = await failureOf(connect(server, tokens));
    expect(failure).toMatchObject({ code: '535 5.7.139 tenant', fixedBy: 'admin', retry: { kind: 'never' } });
    expect(tokens.asked).toEqual([false]);
  });

  test('asks for a new sign-in exactly when Microsoft’s sign-in says that it has ended', async () => {
    await using server = await startScriptedSmtpServer();
    const tokens = new FakeTokens();
    tokens.ended = { code: 'ended', sentence: '', fixedBy: 'user', advice: '', retry: { kind: 'after-sign-in' } };
    expect(await failureOf(connect(server, tokens))).toBe(tokens.ended);
    expect(server.connections()).toBe(0);
  });

  test('passes by itself when the server is busy', async () => {
    await using server = await startScriptedSmtpServer({ authenticate: () => '454 4.7.0 Temporary failure' });
    expect((await failureOf(connect(server))).retry.kind).toBe('backoff');
  });

  test.each<[string, SmtpScript]>([
    ['offers no TLS', { isPlain: true }],
    ['is busy at the greeting', { greeting: () => '421 4.3.2 Service not active' }],
  ])('does not begin with a server that %s', async (_what, script) => {
    await using server = await startScriptedSmtpServer(script);
    expect((await failureOf(connect(server))).retry.kind).toBe('backoff');
    expect(server.logins).toEqual([]);
  });

  test('does not begin with a server that nobody vouches for', async () => {
    await using server = await startScriptedSmtpServer();
    await using other = await startScriptedSmtpServer();
    const posing = { ...server, server: { ...server.server, ca: other.server.ca } };
    expect((await failureOf(connect(posing))).retry.kind).toBe('backoff');
    expect(server.logins).toEqual([]);
  });

  test('does not begin with a server that is not there', async () => {
    await using server = await startScriptedSmtpServer();
    await server[Symbol.asyncDispose]();
    expect(await failureOf(connect(server))).toMatchObject({ retry: { kind: 'backoff' }, fixedBy: expect.any(String) });
  });

  test('stops with its reason when it is aborted', async () => {
    await using server = await startScriptedSmtpServer({ greeting: () => '220-slow' });
    const life = new AbortController();
    const connecting = connect(server, new FakeTokens(), life.signal);
    life.abort(new Error('closed by the user'));
    await expect(connecting).rejects.toThrow('closed by the user');
  });
});
