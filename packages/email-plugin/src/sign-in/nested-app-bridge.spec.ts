import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@exact/host-contracts';
import { fakeSession } from '../../test/support/open-setup.js';
import { NestedAppBridge } from './nested-app-bridge.js';
import { SIGN_IN_APP_MESSAGE } from './sign-in-messages.js';
import type { SignInOutcome } from './sign-in.js';

const server = { host: 'mail.example', port: 1 };
const limits = {
  messagesPerMinute: 1,
  recipientsPerDay: 1,
  recipientsPerMessage: 1,
  attachmentsPerMessage: 1,
  messageBytes: 1,
};
const authority = 'https://login.microsoftonline.com/organizations';

/** A bridge whose sign-ins end like this. */
function bridgeTo(outcome: SignInOutcome, maySignIn = true) {
  let attempts = 0;
  const attempt = {
    way: Promise.resolve(undefined),
    warnings: Promise.resolve([]),
    outcome: Promise.resolve(outcome),
    cancel: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
  const bridge = new NestedAppBridge(
    () => {
      attempts += 1;
      return attempt;
    },
    { get: () => Promise.resolve({ clientId: 'app', authority, imap: server, smtp: server, limits }) },
    () => maySignIn,
  );
  return { bridge, attempts: () => attempts };
}

/** The envelope of msal-browser 5.29. */
function request(method: string): JsonObject {
  return {
    messageType: 'NestedAppAuthRequest',
    method,
    requestId: 'r1',
    sendTime: 1,
    clientLibrary: 'msal.js.browser',
    clientLibraryVersion: '5.29.0',
    tokenParams: { clientId: 'app', scope: 'openid' },
  };
}

describe('the bridge for a web view', () => {
  test('tells which app signs in where', async () => {
    const { bridge } = bridgeTo({ kind: 'cancelled' });
    expect(await bridge.receive(SIGN_IN_APP_MESSAGE)).toEqual({ clientId: 'app', authority });
  });

  test('answers GetInitContext', async () => {
    const { bridge } = bridgeTo({ kind: 'cancelled' });
    expect(await bridge.receive(request('GetInitContext'))).toMatchObject({
      messageType: 'NestedAppAuthResponse',
      requestId: 'r1',
      success: true,
      initContext: { sdkName: expect.any(String), sdkVersion: expect.any(String) },
    });
  });

  test('gives the page an opaque handle and the account, and no token', async () => {
    const session = fakeSession('reception@practice.example');
    const { bridge, attempts } = bridgeTo({ kind: 'signed-in', session });
    const answer = await bridge.receive(request('GetTokenPopup'));
    expect(answer).toMatchObject({
      success: true,
      token: { access_token: session.handle, id_token: session.idToken },
      account: {
        environment: 'login.windows.net',
        username: 'reception@practice.example',
        homeAccountId: 'oid.tenant',
      },
    });
    expect(JSON.stringify(answer)).not.toContain(session.serialize());
    expect(attempts()).toBe(1);
    expect(await bridge.receive(request('GetToken'))).toMatchObject({
      success: true,
      token: { access_token: session.handle },
    });
  });

  test.each<[SignInOutcome, string]>([
    [{ kind: 'cancelled' }, 'USER_CANCEL'],
    [{ kind: 'timed-out' }, 'TRANSIENT_ERROR'],
    [{ kind: 'failed', failure: failure('never') }, 'PERSISTENT_ERROR'],
    [{ kind: 'failed', failure: failure('backoff') }, 'TRANSIENT_ERROR'],
  ])('a sign-in that ended with %j is refused as %s', async (outcome, status) => {
    const { bridge } = bridgeTo(outcome);
    expect(await bridge.receive(request('GetTokenPopup'))).toMatchObject({ success: false, error: { status } });
  });

  test('starts no sign-in when none may be started', async () => {
    const { bridge, attempts } = bridgeTo({ kind: 'cancelled' }, false);
    expect(await bridge.receive(request('GetTokenPopup'))).toMatchObject({ success: false });
    expect(attempts()).toBe(0);
  });

  test('answers what it does not know', async () => {
    const { bridge } = bridgeTo({ kind: 'cancelled' });
    expect(await bridge.receive(request('Logout'))).toMatchObject({ requestId: 'r1', success: false });
    expect(await bridge.receive(request('GetToken'))).toMatchObject({ error: { status: 'USER_INTERACTION_REQUIRED' } });
    for (const nonsense of [null, 1, 'x', [], {}, { messageType: 'other' }]) {
      expect(await bridge.receive(nonsense)).toBeNull();
    }
  });
});

function failure(retry: 'never' | 'backoff') {
  return { code: 'x', sentence: 'x', fixedBy: 'user' as const, advice: '', retry: { kind: retry } };
}
