import { describe, expect, test } from '@jest/globals';
import { SystemNetwork } from '../src/network/system-network.js';
import { judgeMsalError, MsalClient } from '../src/sign-in/msal-node.adapter.js';
import { startConnectProxy, type ProxyAnswer } from './support/connect-proxy.js';
import { LIMITS } from './support/submission-connection.js';

const SERVER = { host: 'mail.practice.invalid', port: 1 };

/** What a sign-in ends with whose service MSAL has to ask for its addresses first, behind a proxy. */
async function signInBehind(answer: ProxyAnswer) {
  await using proxy = await startConnectProxy(answer);
  const services = {
    clientId: '00000000-0000-0000-0000-000000000001',
    authority: 'https://login.practice.invalid/organizations',
    imap: SERVER,
    smtp: SERVER,
    limits: LIMITS,
    proxy: { url: `http://127.0.0.1:${proxy.port}` },
  };
  const client = new MsalClient(services, new SystemNetwork({ get: () => Promise.resolve(services) }));
  try {
    await client.signIn({ kind: 'pick', address: 'reception@practice.example' }, () => Promise.resolve());
  } catch (error) {
    return { judgement: judgeMsalError(error), asked: proxy.asked };
  }
  throw new Error('signed in');
}

describe('a sign-in whose service can’t be asked', () => {
  test('tells why, which MSAL keeps to itself', async () => {
    const { judgement, asked } = await signInBehind({ status: '403 Forbidden' });
    expect(asked.length).toBeGreaterThan(0);
    expect(judgement).toEqual({ kind: 'transient', words: expect.stringContaining('ERR_PROXY_REFUSED') });
  });
});
