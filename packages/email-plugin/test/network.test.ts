import type { HttpProxy } from '@exact/host-contracts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { asFailure } from '../src/failures/failures.js';
import { requestHttp } from '../src/network/http-request.js';
import { SystemNetwork } from '../src/network/system-network.js';
import { connectSubmission } from '../src/send/smtp-submission.js';
import { startConnectProxy } from './support/connect-proxy.js';
import { startScriptedSmtpServer, type ScriptedSmtpServer } from './support/scripted-smtp-server.js';
import { failureOf, FakeTokens, LIMITS, PRACTICE } from './support/submission-connection.js';

const { signal } = new AbortController();
const NAMES = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
const before = NAMES.map((name) => [name, process.env[name]] as const);

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

/** The way that the plugin goes; `proxy` as the host gives it. */
function networkWith(proxy?: HttpProxy): SystemNetwork {
  const server = { host: 'mail.practice.invalid', port: 587 };
  const services = { clientId: 'c', authority: 'a', imap: server, smtp: server, limits: LIMITS };
  return new SystemNetwork({ get: () => Promise.resolve(proxy ? { ...services, proxy } : services) });
}

/** An email's way to a server that only the proxy can find. */
function submitTo(name: string, { server }: ScriptedSmtpServer, network: SystemNetwork) {
  const smtp = { host: name, port: 587, ca: server.ca };
  return connectSubmission({ server: smtp, user: PRACTICE, tokens: new FakeTokens(), signal }, network);
}

describe('a connection through a proxy', () => {
  test('reaches a server whose name only the proxy knows, and checks its certificate against that name', async () => {
    await using server = await startScriptedSmtpServer({}, 'smtp.practice.invalid');
    await using proxy = await startConnectProxy({ tunnelTo: server.server.port });
    const network = networkWith({ url: `http://127.0.0.1:${proxy.port}` });
    await using submission = await submitTo('smtp.practice.invalid', server, network);
    expect(submission.encryption).toBe('TLS 1.3');
    expect(proxy.asked).toEqual(['smtp.practice.invalid:587']);
    expect(await failureOf(submitTo('other.practice.invalid', server, network))).toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('goes where the environment says when the host gives none', async () => {
    await using server = await startScriptedSmtpServer({}, 'smtp.practice.invalid');
    await using proxy = await startConnectProxy({ tunnelTo: server.server.port });
    process.env['HTTPS_PROXY'] = `http://me:p%40ss@127.0.0.1:${proxy.port}`;
    await using submission = await submitTo('smtp.practice.invalid', server, networkWith());
    expect(submission.encryption).toBe('TLS 1.3');
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
    process.env['NO_PROXY'] = 'practice.invalid';
    expect((await failureOf(submitTo('smtp.practice.invalid', server, networkWith()))).code).toMatch(
      /^(ENOTFOUND|EAI_AGAIN)$/,
    );
    expect(proxy.asked).toHaveLength(1);
  });

  test.each([
    ['407 Proxy Authentication Required', 'PROXY_AUTH 407'],
    ['407', 'PROXY_AUTH 407'],
    ['403 Forbidden', 'PROXY refused'],
    ['503 Service Unavailable', 'PROXY refused'],
  ])('that answers %s is a plain failure without its password', async (status, code) => {
    await using proxy = await startConnectProxy({ status });
    const network = networkWith({ url: `http://me:secret@127.0.0.1:${proxy.port}` });
    const error = await thrownBy(network.connect({ host: 'x.invalid', port: 993 }, signal));
    expect(String(error)).not.toContain('secret');
    const failure = asFailure(error, 'network');
    expect(failure).toMatchObject({ code, fixedBy: 'admin' });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  test('that is not there is the proxy’s fault, not Microsoft’s', async () => {
    const { port } = await goneAgain(startConnectProxy('silence'));
    const network = networkWith({ url: `http://127.0.0.1:${port}` });
    const error = await thrownBy(network.connect({ host: 'x.invalid', port: 993 }, signal));
    expect(error).toMatchObject({ code: 'ERR_PROXY_UNREACHABLE' });
  });

  test('that never answers ends with its limit, and by its signal', async () => {
    await using proxy = await startConnectProxy('silence');
    const network = networkWith({ url: `http://127.0.0.1:${proxy.port}` });
    const server = { host: 'x.invalid', port: 993 };
    expect(await thrownBy(network.connect(server, signal, { limitMs: 1 }))).toMatchObject({
      code: 'ERR_PROXY_UNREACHABLE',
    });
    const stop = new AbortController();
    const connecting = network.connect(server, stop.signal);
    stop.abort(new Error('the user has had enough'));
    expect(await thrownBy(connecting)).toMatchObject({ message: 'the user has had enough' });
  });

  test('that is needed for a sign-in only is asked for it, too', async () => {
    await using proxy = await startConnectProxy({ status: '407' });
    const request = { method: 'GET', url: 'https://login.microsoftonline.com/x' } as const;
    const network = networkWith({ url: `http://127.0.0.1:${proxy.port}` });
    expect(await thrownBy(requestHttp(request, network, signal))).toMatchObject({ code: 'ERR_PROXY_SIGN_IN' });
    expect(proxy.asked).toEqual(['login.microsoftonline.com:443']);
  });
});

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it worked');
}

/** What was there, and is gone. */
async function goneAgain<T extends AsyncDisposable>(opening: Promise<T>): Promise<T> {
  await using gone = await opening;
  return gone;
}
