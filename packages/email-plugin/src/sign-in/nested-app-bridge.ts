import { MicrosoftEndpoints, type JsonObject, type JsonValue } from '@exact/host-contracts';
import { z } from 'zod';
import { SIGN_IN_APP_MESSAGE } from './sign-in-messages.js';
import type { SignInAttempt, SignInOutcome, SignInSession } from './sign-in.js';

/** What msal-browser 5.29 sends as a nested app; held by a contract test, because the protocol has no version. */
const requestSchema = z.looseObject({
  messageType: z.literal('NestedAppAuthRequest'),
  requestId: z.string(),
  method: z.string(),
});

type BridgeStatus =
  'USER_INTERACTION_REQUIRED' | 'USER_CANCEL' | 'TRANSIENT_ERROR' | 'PERSISTENT_ERROR' | 'NESTED_APP_AUTH_UNAVAILABLE';

/**
 * The node side of nested-app authentication: what msal-browser asks in a host's web view is answered by the broker. The
 * page gets an opaque handle in the place of an access token, never a token. Every message is answered, because
 * msal-browser waits for ever.
 */
export class NestedAppBridge {
  /** The handle that was given out last, so that a silent request gets the same. */
  private session: SignInSession | undefined;

  constructor(
    /** Starts a sign-in, shows it and takes its outcome. */
    private readonly begin: () => SignInAttempt,
    private readonly endpoints: MicrosoftEndpoints,
    /** Whether a sign-in may be started now. */
    private readonly maySignIn: () => boolean,
  ) {}

  async receive(message: JsonValue): Promise<JsonValue> {
    if (message === SIGN_IN_APP_MESSAGE) {
      const { clientId, authority } = await this.endpoints.get();
      return { clientId, authority };
    }
    const request = requestSchema.safeParse(message);
    if (!request.success) return null;
    const { method, requestId } = request.data;
    const answer = await this.answer(method);
    return { messageType: 'NestedAppAuthResponse', requestId, ...answer };
  }

  private answer(method: string): Promise<JsonObject> {
    switch (method) {
      case 'GetInitContext':
        return Promise.resolve({
          success: true,
          initContext: { sdkName: 'exact-email', sdkVersion: '1', capabilities: {}, accountContext: {} },
        });
      case 'GetToken':
        return Promise.resolve(this.session ? grant(this.session) : refuse('USER_INTERACTION_REQUIRED'));
      case 'GetTokenPopup':
        return this.signIn();
      default:
        return Promise.resolve(refuse('NESTED_APP_AUTH_UNAVAILABLE'));
    }
  }

  private async signIn(): Promise<JsonObject> {
    if (!this.maySignIn()) return refuse('PERSISTENT_ERROR');
    this.session = undefined;
    return this.tell(await this.begin().outcome);
  }

  private tell(outcome: SignInOutcome): JsonObject {
    switch (outcome.kind) {
      case 'signed-in':
        this.session = outcome.session;
        return grant(outcome.session);
      case 'cancelled':
      case 'superseded':
        return refuse('USER_CANCEL');
      case 'timed-out':
        return refuse('TRANSIENT_ERROR');
      case 'not-ready':
        return refuse('TRANSIENT_ERROR', outcome.obstacles[0]?.code);
      case 'failed':
        return refuse(
          outcome.failure.retry.kind === 'backoff' ? 'TRANSIENT_ERROR' : 'PERSISTENT_ERROR',
          outcome.failure.code,
        );
    }
  }
}

/** The handle takes the access token's place; the id token and the environment are needed by msal-browser. */
function grant({ handle, idToken, scopes, account }: SignInSession): JsonObject {
  return {
    success: true,
    token: { access_token: handle, id_token: idToken, expires_in: 3600, scope: scopes.join(' '), properties: null },
    account: {
      environment: 'login.windows.net',
      username: account.username,
      homeAccountId: account.homeAccountId,
      localAccountId: account.objectId,
      tenantId: account.tenantId,
    },
  };
}

function refuse(status: BridgeStatus, code = status as string): JsonObject {
  return { success: false, error: { status, code } };
}
