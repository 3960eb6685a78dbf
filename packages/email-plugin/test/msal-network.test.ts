import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { connectDirectly } from '../src/network/direct-connection.js';
import { MsalNetwork } from '../src/sign-in/msal-network.adapter.js';

const network = new MsalNetwork({ connect: connectDirectly });
let server: Server | undefined;

/** A token endpoint that gives one answer. */
async function answering(status: number, headers: Record<string, string>, body: string): Promise<string> {
  server = createServer((_request, response) => {
    response.writeHead(status, headers).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
}

afterEach(() => {
  server?.close();
});

test('when Microsoft says how long to wait, its words say so, too', async () => {
  const refusal = { error: 'temporarily_unavailable', error_description: 'AADSTS90055: too many requests.' };
  const url = await answering(429, { 'retry-after': '30' }, JSON.stringify(refusal));
  const { body } = await network.sendPostRequestAsync<typeof refusal>(url);
  expect(body).toEqual({ ...refusal, error_description: `${refusal.error_description} Retry-After: 30` });
});

test('an outage that answers with a page says so, too', async () => {
  const url = await answering(503, { 'retry-after': '120' }, '<html>');
  await expect(network.sendPostRequestAsync(url)).rejects.toMatchObject({
    errorMessage: 'HTTP 503 in the place of an answer. Retry-After: 120',
  });
});

test('an answer without it is passed on as it is', async () => {
  const url = await answering(200, {}, '{"token_type":"Bearer"}');
  expect(await network.sendPostRequestAsync(url)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
});
