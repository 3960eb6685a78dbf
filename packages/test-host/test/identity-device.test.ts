import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { IdentityBrowser } from './identity-browser.js';
import {
  CLIENT_ID,
  IdentityHarness,
  IMAP_SCOPE,
  MANAGER,
  RECEPTION,
  SMTP_SCOPE,
  walkAs,
  WINDOWS,
} from './identity-harness.js';

const MINUTE = 60 * 1000;

const deviceCode = z.looseObject({ user_code: z.string(), device_code: z.string(), verification_uri: z.string() });
type DeviceCode = z.infer<typeof deviceCode>;

let harness: IdentityHarness;

beforeEach(async () => {
  harness = await IdentityHarness.open();
});

afterEach(() => harness[Symbol.asyncDispose]());

async function post(endpoint: string, fields: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({ client_id: CLIENT_ID, ...fields });
  const response = await fetch(`${harness.provider.url}/organizations/oauth2/v2.0/${endpoint}`, {
    method: 'POST',
    body,
  });
  return (await response.json()) as Record<string, unknown>;
}

async function askForCode(): Promise<DeviceCode> {
  const scope = `${IMAP_SCOPE} ${SMTP_SCOPE} openid profile offline_access`;
  return deviceCode.parse(await post('devicecode', { scope }));
}

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** MSAL’s own name for the grant is `device_code`. */
function poll({ device_code: code }: DeviceCode, grant = GRANT): Promise<Record<string, unknown>> {
  return post('token', {
    grant_type: grant,
    device_code: code,
  });
}

/** Types the code, as whoever sees it does. */
async function typeCode({ verification_uri: address, user_code: code }: DeviceCode): Promise<IdentityBrowser> {
  const browser = new IdentityBrowser();
  await browser.open(address);
  expect(browser.heading).toBe('Enter code');
  await browser.press('Next', { Code: code });
  return browser;
}

describe('a device', () => {
  test('gets a code in Microsoft’s form, and is told to wait', async () => {
    const code = await askForCode();
    expect(code).toEqual({
      user_code: expect.stringMatching(/^[A-Z]{9}$/),
      device_code: expect.any(String),
      verification_uri: `${harness.provider.url}/devicelogin`,
      expires_in: 900,
      interval: 5,
      message: expect.stringContaining(code.user_code),
    });
    const pending = { error: 'authorization_pending', error_codes: [70016] };
    expect(await poll(code)).toMatchObject(pending);
    expect(await poll(code, 'device_code')).toMatchObject(pending);
  });

  test.each([RECEPTION, MANAGER])('is signed in once %s has typed its code and gone through the pages', async (who) => {
    const code = await askForCode();
    const browser = await typeCode(code);
    await walkAs(who)(browser);
    expect(browser.text).toContain('You have signed in');
    expect(browser.text).toContain('close this window');
    const tokens = await poll(code);
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      scope: expect.stringContaining(IMAP_SCOPE),
      refresh_token: expect.any(String),
      id_token: expect.any(String),
      client_info: expect.any(String),
    });
    expect(await harness.introspect(String(tokens['access_token']))).toMatchObject({ active: true, username: who });
    expect((await harness.redeem(String(tokens['refresh_token']))).status).toBe(200);
  });

  test('takes a code typed in small letters with spaces, and always shows the account picker', async () => {
    const code = await askForCode();
    const typed = `${code.user_code.slice(0, 4)} ${code.user_code.slice(4)}`.toLowerCase();
    const browser = await typeCode({ ...code, user_code: typed });
    expect(browser.heading).toBe('Pick an account');
    expect(browser.buttons.join()).toContain(WINDOWS);
  });

  test('gets its tokens once', async () => {
    const code = await askForCode();
    await walkAs(RECEPTION)(await typeCode(code));
    await poll(code);
    expect(await poll(code)).toMatchObject({ error: 'invalid_grant' });
  });

  test('is told that somebody pressed Cancel', async () => {
    const code = await askForCode();
    const browser = await typeCode(code);
    await browser.press('Cancel');
    expect(await poll(code)).toMatchObject({ error: 'authorization_declined' });
  });

  test('is told that its code has run out, and nobody can use it any more', async () => {
    const code = await askForCode();
    harness.pass(15 * MINUTE + 1000);
    const browser = await typeCode(code);
    expect(browser.alert).toBeDefined();
    expect(await poll(code)).toMatchObject({ error: 'expired_token', error_codes: [70020] });
  });

  test('is refused where a policy of the organisation forbids codes', async () => {
    harness.provider.situations.refusesDeviceCodes = true;
    const code = await askForCode();
    const browser = await typeCode(code);
    await walkAs(RECEPTION)(browser);
    expect(browser.heading).toBe("You don't have access to this");
    expect(await poll(code)).toMatchObject({ error: 'invalid_grant', error_codes: [53003] });
  });

  test('a code that nobody gave out leads nowhere, nor does one that was used', async () => {
    const code = await askForCode();
    expect((await typeCode({ ...code, user_code: 'NONSENSE' })).alert).toBeDefined();
    await walkAs(RECEPTION)(await typeCode(code));
    expect((await typeCode(code)).alert).toBeDefined();
  });

  test('of another app gets nothing', async () => {
    expect(await post('devicecode', { client_id: 'another', scope: 'openid' })).toMatchObject({
      error: 'unauthorized_client',
    });
  });
});
