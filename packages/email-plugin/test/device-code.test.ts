import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { FailureError } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { SystemNetwork } from '../src/network/system-network.js';
import { judgeMsalError, MsalClient } from '../src/sign-in/msal-node.adapter.js';
import type { SignInCode } from '../src/sign-in/sign-in.js';
import { LIMITS } from './support/submission-connection.js';

const SERVER = { host: 'mail.practice.invalid', port: 1 };
const CODE = {
  user_code: 'HJKZ7N3QP',
  device_code: 'secret',
  verification_uri: 'https://microsoft.com/devicelogin',
  expires_in: 900,
  interval: 5,
};
const PENDING = refusal('authorization_pending', 'AADSTS70016: Authorization is pending.');
const EXPIRED = refusal('expired_token', 'AADSTS70020: This device code has expired.');

type Answer = { readonly status: number; readonly body: object } | 'cut-off';

function refusal(error: string, description: string): Answer {
  return { status: 400, body: { error, error_description: description } };
}

interface Asked {
  readonly shown: readonly SignInCode[];
  /** Milliseconds between one question and the next. */
  readonly waits: readonly number[];
  readonly questions: number;
  readonly error: unknown;
}

/**
 * A sign-in by code at a service that gives these answers, one after the other, until the last of them ends it. `begun`:
 * what it is given the code in.
 */
async function signInAt(answers: readonly Answer[], begun: Answer = { status: 200, body: CODE }): Promise<Asked> {
  const left = [begun, ...answers];
  let questions = 0;
  const service = createServer((request, response) => {
    request.resume();
    questions += 1;
    reply(response, left.shift() ?? EXPIRED);
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const address = service.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0).toString() : ''}`;
  const shown: SignInCode[] = [];
  const waits: number[] = [];
  const steps = {
    show: (code: SignInCode) => void shown.push(code),
    sleep: (milliseconds: number) => Promise.resolve(void waits.push(milliseconds)),
    signal: new AbortController().signal,
  };
  try {
    await clientFor(url).signInByCode(steps);
  } catch (error) {
    return { shown, waits, questions: questions - 1, error };
  } finally {
    service.close();
    service.closeAllConnections();
  }
  throw new Error('signed in');
}

function clientFor(url: string): MsalClient {
  const services = {
    clientId: '00000000-0000-0000-0000-000000000001',
    authority: 'https://login.microsoftonline.com/organizations',
    authorityMetadata: JSON.stringify({
      issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
      authorization_endpoint: `${url}/organizations/oauth2/v2.0/authorize`,
      token_endpoint: `${url}/organizations/oauth2/v2.0/token`,
      jwks_uri: `${url}/organizations/discovery/v2.0/keys`,
    }),
    imap: SERVER,
    smtp: SERVER,
    limits: LIMITS,
  };
  return new MsalClient(services, new SystemNetwork({ get: () => Promise.resolve(services) }));
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'cut-off') response.destroy();
  else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
}

describe('a sign-in by code', () => {
  test('shows the code with its address and how long it is good for', async () => {
    const { shown } = await signInAt([]);
    expect(shown).toEqual([{ code: 'HJKZ7N3QP', url: 'https://microsoft.com/devicelogin', lasts: 900_000 }]);
  });

  test('asks as often as Microsoft says, and less often from then on when told to slow down', async () => {
    const slowDown = refusal('slow_down', 'AADSTS50196: The server terminated an operation.');
    const { waits, questions } = await signInAt([PENDING, slowDown, PENDING, slowDown, PENDING]);
    expect(questions).toBe(6);
    expect(waits).toEqual([5000, 5000, 10_000, 10_000, 15_000, 15_000]);
  });

  test('goes on when the network fails for a while, and asks less often', async () => {
    const outage: Answer = { status: 503, body: {} };
    const { waits, questions } = await signInAt(['cut-off', outage, PENDING]);
    expect(questions).toBe(4);
    expect(waits).toEqual([5000, 10_000, 20_000, 20_000]);
  });

  test('ends at once when it is cancelled between two questions', async () => {
    const stop = new AbortController();
    const steps = {
      show: () => undefined,
      sleep: (_milliseconds: number, signal: AbortSignal) => {
        stop.abort(new Error('cancelled'));
        return Promise.reject(signal.reason as Error);
      },
      signal: stop.signal,
    };
    const service = createServer((_request, response) => {
      reply(response, { status: 200, body: CODE });
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const address = service.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(clientFor(`http://127.0.0.1:${port.toString()}`).signInByCode(steps)).rejects.toThrow();
    service.close();
  });
});

describe('what ends a sign-in by code', () => {
  test.each<[what: string, answer: Answer, kind: string]>([
    ['nobody typed it in time', EXPIRED, 'timed-out'],
    ['Cancel on Microsoft’s page', refusal('authorization_declined', 'AADSTS70018: declined'), 'cancelled'],
    ['Cancel on a page that gives no number', refusal('access_denied', 'The user has denied access.'), 'cancelled'],
    ['a policy', refusal('access_denied', 'AADSTS53003: Access has been blocked.'), 'refused'],
    ['a question for the person', refusal('interaction_required', 'AADSTS50199: confirm'), 'refused'],
    ['a code that is unknown', refusal('bad_verification_code', 'AADSTS70019: unknown'), 'refused'],
  ])('%s', async (_what, answer, kind) => {
    const { error } = await signInAt([PENDING, answer]);
    expect(judgeMsalError(error)).toMatchObject({ kind });
  });

  test('an app that may not ask for codes gets none, and Microsoft’s words are kept', async () => {
    const { shown, error } = await signInAt([], refusal('invalid_client', 'AADSTS7000218: The request body …'));
    expect(shown).toEqual([]);
    expect(judgeMsalError(error)).toEqual({ kind: 'refused', words: expect.stringContaining('AADSTS7000218') });
  });

  test.each([
    'https://microsoft.com.evil.example/devicelogin',
    'javascript:alert(1)',
    'http://microsoft.com/devicelogin',
  ])('an address that is not Microsoft’s is not shown: %s', async (address) => {
    const { shown, error } = await signInAt([], { status: 200, body: { ...CODE, verification_uri: address } });
    expect(shown).toEqual([]);
    expect(error).toBeInstanceOf(FailureError);
    expect(error).toMatchObject({ failure: { code: 'sign-in.foreign-authority' } });
  });
});
