import type Provider from 'oidc-provider';
import type { CastAccount } from '../cast.js';
import { entraRefusals, type EntraRefusal } from './entra-refusal.js';
import type { Consent } from './identity-state.js';
import { DEVICE_LOGIN } from './protocol-endpoints.js';
import { OUTLOOK_RESOURCE } from './scopes.js';
import { toSignInRequest, type SignInRequest } from './sign-in-request.js';

/** Seconds that a device has to wait between two questions: Microsoft's. */
const INTERVAL_SECONDS = 5;

/** The sign-in that a device waits for with a code (RFC 8628). */
export interface DeviceSignIn {
  /** The sign-in's pages, under this id. */
  request(id: string): SignInRequest;
  readonly declined: EntraRefusal;
  accept(account: CastAccount): Promise<void>;
  refuse(refusal: EntraRefusal): Promise<void>;
}

/** The sign-in whose code a person has typed; `undefined` when there is none, or it has ended. */
export async function findDeviceSignIn(
  provider: Provider,
  appName: string,
  typedCode: string,
  rememberConsent: (account: CastAccount, scopes: readonly string[]) => Promise<Consent>,
): Promise<DeviceSignIn | undefined> {
  const code = await provider.DeviceCode.findByUserCode(typedCode.replaceAll(/\W/g, '').toUpperCase());
  if (code === undefined || code.isExpired || code.accountId !== undefined || code.error !== undefined)
    return undefined;
  const asked = (id: string) => {
    // Who is signed in to this browser need not be who is to sign in on the device.
    return toSignInRequest(id, appName, { ...code.params, prompt: 'select_account' });
  };
  return {
    request: asked,
    declined: entraRefusals.deviceDeclined(),
    accept: async (account) => {
      const { scopes } = asked('');
      const { grantId } = await rememberConsent(account, scopes);
      const granted = { accountId: account.oid, grantId, scope: scopes.join(' '), resource: OUTLOOK_RESOURCE };
      await Object.assign(code, granted).save();
    },
    refuse: async ({ error, description }) => {
      await Object.assign(code, { error, errorDescription: description }).save();
    },
  };
}

/** The library's answer to a device, as Microsoft words it. */
export function deviceCodeReply(reply: Readonly<Record<string, unknown>>, issuer: string) {
  const { user_code: userCode, device_code: deviceCode, expires_in: expiresIn } = reply;
  const address = issuer + DEVICE_LOGIN;
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: address,
    expires_in: expiresIn,
    interval: INTERVAL_SECONDS,
    message: `To sign in, use a web browser to open the page ${address} and enter the code ${String(userCode)} to authenticate.`,
  };
}
