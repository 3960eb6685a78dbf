import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type TestHostOptions } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { startHttpProxy, type HttpProxy } from '../src/network/http-proxy.js';
import { MANAGER } from './identity-harness.js';
import { connectMailbox, until } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const CREDENTIALS = { name: 'practice', password: 'p@ss/word' };

function start(proxy: TestHostOptions['proxy']): Promise<TestHost> {
  return startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} }, ...(proxy && { proxy }) });
}

/** From the sign-in to an email that the patient's own server has. */
async function workThrough(testHost: TestHost): Promise<void> {
  const { host, microsoft365 } = testHost;
  await connectMailbox(testHost);
  await host.outbox.enqueue({ to: [{ address: MANAGER }], subject: 'Hello', text: 'Hello', attachments: [] });
  await until(host.outbox.onDidChange, async () => {
    return (await host.outbox.list({ view: 'sent', offset: 0, limit: 10 })).total === 1;
  });
  expect(microsoft365?.mailboxes.messages(MANAGER)).toHaveLength(1);
}

/** Which of the three services tunnels were opened to. */
function servicesBehind({ tunnels }: HttpProxy, { microsoft365 }: TestHost): ReadonlySet<string | undefined> {
  const identity = new URL(microsoft365?.identity.url ?? '').port;
  const names = new Map([
    [identity, 'sign-in'],
    [String(microsoft365?.imap.port), 'IMAP'],
    [String(microsoft365?.smtp.port), 'submission'],
  ]);
  return new Set(tunnels.map((tunnel) => names.get(tunnel.split(':').at(-1) ?? '')));
}

describe('through the practice’s proxy', () => {
  test('sign-in, receiving and sending work', async () => {
    await using proxy = await startHttpProxy();
    await using testHost = await start({ url: proxy.url });
    await workThrough(testHost);
    expect(servicesBehind(proxy, testHost)).toEqual(new Set(['sign-in', 'IMAP', 'submission']));
  });

  test('they show it the credentials of its address, and write them into no log', async () => {
    await using proxy = await startHttpProxy({ credentials: CREDENTIALS });
    const url = new URL(proxy.url);
    url.username = CREDENTIALS.name;
    url.password = encodeURIComponent(CREDENTIALS.password);
    await using testHost = await start({ url: url.href });
    await workThrough(testHost);
    expect(proxy.refused).toBe(0);
    expect(servicesBehind(proxy, testHost).size).toBe(3);
    const log = await readFile(join(testHost.dataDirectory, 'host.log'), 'utf8');
    expect(log).not.toMatch(/p@ss|p%40ss|proxy-authorization/i);
  });

  test('nothing goes to what it is not for', async () => {
    await using proxy = await startHttpProxy();
    await using testHost = await start({ url: proxy.url, bypass: ['127.0.0.1'] });
    await workThrough(testHost);
    expect(proxy.tunnels).toEqual([]);
  });
});

test.each(['http://proxy.practice.example:8080', 'socks5://127.0.0.1:1080', 'nonsense'])(
  'a proxy that is not on this machine or can’t be read is refused: %s',
  async (url) => {
    await expect(start({ url })).rejects.toMatchObject({ code: 'proxy-unusable' });
  },
);
