import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  BRIGHT_SMILE_TENANT,
  CAST_CODE,
  CAST_PASSWORD,
  OTHER_CLINIC_TENANT,
  PERSONAL_TENANT,
  sampleCast,
} from '../src/microsoft365/cast.js';
import { type IdentityProvider, startIdentityProvider } from '../src/microsoft365/identity/identity-provider.js';
import { inMemoryIdentityStateStore, type IdentityStateStore } from '../src/microsoft365/identity/identity-state.js';
import { IdentityBrowser } from './identity-browser.js';
import { msalApp, type MsalApp } from './msal-node.adapter.js';

const CLIENT_ID = '5f1c2d8e-8f0b-4c35-9c39-6a5d1f3b7e21';
const RECEPTION = 'reception@brightsmile.example';
const MANAGER = 'manager@brightsmile.example';
const WINDOWS = 'windows@otherclinic.example';
const PERSONAL = 'brightsmile@outlook.com';
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** A clock that a test moves. */
let ahead: number;
const clock = { now: () => Date.now() + ahead };

let store: IdentityStateStore;
let provider: IdentityProvider;
let app: MsalApp;
let browser: IdentityBrowser;

async function start(): Promise<void> {
  provider = await startIdentityProvider({
    cast: sampleCast,
    clock,
    clientId: CLIENT_ID,
    store,
    reportError: (error) => faults.push(error),
  });
  app = msalApp(CLIENT_ID, provider.authorityMetadata);
}

let faults: unknown[];

beforeEach(async () => {
  ahead = 0;
  faults = [];
  store = inMemoryIdentityStateStore();
  browser = new IdentityBrowser();
  await start();
});

afterEach(async () => {
  await provider[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
});

/** From the account picker to the end, with whatever pages come. */
function walkAs(address: string) {
  return async (pages: IdentityBrowser): Promise<void> => {
    await pages.press('Use another account');
    await pages.press('Next', { Email: address });
    if (pages.heading === 'Enter password') await pages.press('Sign in', { Password: CAST_PASSWORD });
    if (pages.heading === 'Verify your identity') await pages.press('Verify', { Code: CAST_CODE });
    if (pages.heading === 'Permissions requested') await pages.press('Accept');
  };
}

/** How a sign-in ended for the app: `signed in`, or MSAL's error code with its message. */
async function outcomeOf(signIn: Promise<unknown>): Promise<string> {
  return signIn.then(
    () => 'signed in',
    (error: unknown) => {
      if (typeof error !== 'object' || error === null || !('errorCode' in error) || !Error.isError(error)) throw error;
      return `${String(error.errorCode)} ${error.message}`;
    },
  );
}

describe('signing in', () => {
  test('reception signs in with password and consent, and the access token opens mail servers for an hour', async () => {
    const result = await app.signIn(browser, walkAs(RECEPTION));

    expect(browser.headings.slice(0, 5)).toEqual([
      'Pick an account',
      'Sign in',
      'Enter password',
      'Permissions requested',
      'Returning to the app',
    ]);
    expect(result.account).toMatchObject({ username: RECEPTION, tenantId: BRIGHT_SMILE_TENANT });
    expect(result.account?.homeAccountId).toBe(`${result.uniqueId}.${BRIGHT_SMILE_TENANT}`);
    expect(await provider.inspectAccessToken(result.accessToken)).toMatchObject({
      valid: true,
      user: { address: RECEPTION },
      scopes: new Set([
        'https://outlook.office.com/IMAP.AccessAsUser.All',
        'https://outlook.office.com/SMTP.Send',
      ]),
    });
    ahead = HOUR - 60_000;
    expect(await provider.inspectAccessToken(result.accessToken)).toMatchObject({ valid: true });
    ahead = HOUR + 1000;
    expect(await provider.inspectAccessToken(result.accessToken)).toEqual({ valid: false, reason: 'expired' });
  });

  test('the consent page says in words what the app asks for', async () => {
    await app.signIn(browser, async (pages) => {
      await pages.press('Use another account');
      await pages.press('Next', { Email: RECEPTION });
      await pages.press('Sign in', { Password: CAST_PASSWORD });
      expect(pages.text).toContain('Read and write access to mailboxes via IMAP');
      expect(pages.text).toContain('Send emails from mailboxes using SMTP AUTH');
      expect(pages.text).toContain('Maintain access to data you have given it access to');
      expect(pages.text).not.toContain('POP');
      await pages.press('Accept');
    });
  });

  test('manager is asked for a code after the password', async () => {
    await app.signIn(browser, walkAs(MANAGER));
    expect(browser.headings).toContain('Verify your identity');
  });

  test('a personal account carries the personal tenant in its tokens', async () => {
    const result = await app.signIn(browser, walkAs(PERSONAL));
    expect(result.tenantId).toBe(PERSONAL_TENANT);
    expect(result.idTokenClaims).toMatchObject({
      tid: PERSONAL_TENANT,
      iss: `https://login.microsoftonline.com/${PERSONAL_TENANT}/v2.0`,
    });
  });

  test('a shared mailbox, an alias and an unknown name sign nobody in, and the page says so', async () => {
    await app.signIn(browser, async (pages) => {
      await pages.press('Use another account');
      for (const name of ['info@brightsmile.example', 'frontdesk@brightsmile.example', '<b>"nobody"</b>', '']) {
        await pages.press('Next', { Email: name });
        expect(pages.heading).toBe('Sign in');
        expect(pages.alert).toMatch(name === '' ? /valid email address/ : /We couldn't find an account/);
      }
      await pages.press('Next', { Email: ' Reception@BrightSmile.example ' });
      await pages.press('Sign in', { Password: CAST_PASSWORD });
      await pages.press('Accept');
    });
  });

  test('a wrong password and a wrong code are said in plain view, and the right ones go on', async () => {
    await app.signIn(browser, async (pages) => {
      await pages.press('Use another account');
      await pages.press('Next', { Email: MANAGER });
      await pages.press('Sign in', { Password: 'smile' });
      expect(pages.alert).toBe('Your account or password is incorrect.');
      expect(pages.text).toContain('AADSTS50126');
      await pages.press('Sign in', { Password: CAST_PASSWORD });
      await pages.press('Verify', { Code: '654321' });
      expect(pages.heading).toBe('Verify your identity');
      expect(pages.alert).toBeDefined();
      await pages.press('Verify', { Code: '123 456' });
      await pages.press('Accept');
    });
  });

  test('forms of nonsense or of another page leave the sign-in where it is', async () => {
    await app.signIn(browser, async (pages) => {
      await pages.post(new URLSearchParams({ page: 'permissions', action: 'accept' }));
      await pages.post(new URLSearchParams({ page: 'pick-account', account: 'nobody@nowhere.example' }));
      await pages.post(new URLSearchParams({ nonsense: 'x'.repeat(100_000) }));
      await pages.reload();
      expect(pages.heading).toBe('Pick an account');
      await walkAs(RECEPTION)(pages);
    });
  });

  test.each([
    ['Pick an account', []],
    ['Sign in', ['Use another account']],
    ['Enter password', ['Use another account', 'Next']],
    ['Verify your identity', ['Use another account', 'Next', 'Sign in']],
    ['Permissions requested', ['Use another account', 'Next', 'Sign in', 'Verify']],
  ])('Cancel on the page %s tells the app that access was denied', async (heading, steps) => {
    const fields: Record<string, Record<string, string>> = {
      Next: { Email: MANAGER },
      'Sign in': { Password: CAST_PASSWORD },
      Verify: { Code: CAST_CODE },
    };
    const outcome = await outcomeOf(
      app.signIn(browser, async (pages) => {
        for (const step of steps) await pages.press(step, fields[step]);
        expect(pages.heading).toBe(heading);
        await pages.press('Cancel');
      }),
    );
    expect(outcome).toMatch(/^access_denied .*AADSTS65004: User declined to consent/);
  });

  test('an app that asks for a scope of another resource is refused', async () => {
    const scopes = ['https://graph.microsoft.com/Mail.Read'];
    const outcome = await outcomeOf(app.signIn(browser, () => Promise.resolve(), { scopes }));
    expect(outcome).toMatch(/^invalid_scope .*AADSTS70011/);
  });
});

describe('a browser that is signed in already', () => {
  test('the Windows account is always there and needs no password', async () => {
    const result = await app.signIn(browser, async (pages) => {
      expect(pages.buttons).toHaveLength(3);
      await pages.press(WINDOWS);
      expect(pages.heading).toBe('Permissions requested');
      await pages.press('Accept');
    });
    expect(result.tenantId).toBe(OTHER_CLINIC_TENANT);
  });

  test('an account is picked without password and without a second consent once it has signed in', async () => {
    await app.signIn(browser, walkAs(MANAGER));
    browser.headings.length = 0;

    await app.signIn(browser, (pages) => pages.press(MANAGER));
    expect(browser.headings.slice(0, 2)).toEqual(['Pick an account', 'Returning to the app']);
  });

  test('consent is asked again for a scope that was not granted before', async () => {
    await app.signIn(browser, walkAs(RECEPTION), { scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All'] });
    const result = await app.signIn(browser, async (pages) => {
      await pages.press(RECEPTION);
      expect(pages.heading).toBe('Permissions requested');
      await pages.press('Accept');
    });
    expect(result.scopes).toContain('https://outlook.office.com/SMTP.Send');
  });

  test('another browser knows nothing of it, but consent holds', async () => {
    await app.signIn(browser, walkAs(RECEPTION));
    const other = new IdentityBrowser();
    await app.signIn(other, walkAs(RECEPTION));
    expect(other.headings).toContain('Enter password');
    expect(other.headings).not.toContain('Permissions requested');
  });

  test('prompt=login asks the hinted account for its password again', async () => {
    await app.signIn(browser, walkAs(RECEPTION));
    const result = await app.signIn(
      browser,
      async (pages) => {
        expect(pages.heading).toBe('Enter password');
        expect(pages.text).toContain(RECEPTION);
        await pages.press('Sign in', { Password: CAST_PASSWORD });
      },
      { prompt: 'login', loginHint: RECEPTION },
    );
    expect(result.account?.username).toBe(RECEPTION);
  });

  test('an app that forgets to ask for the account picker gets the Windows account without a word', async () => {
    await app.signIn(browser, (pages) => pages.press(WINDOWS).then(() => pages.press('Accept')));
    // `none` is no prompt of MSAL's, so the address is asked for as any app may.
    const result = await app.signIn(browser, () => Promise.resolve(), { prompt: '' });
    expect(result.account?.username).toBe(WINDOWS);
  });

  test('signing out makes the browser forget', async () => {
    await app.signIn(browser, walkAs(RECEPTION));
    await browser.open(`${provider.url}/organizations/oauth2/v2.0/logout`);
    await app.signIn(browser, async (pages) => {
      expect(pages.buttons).toHaveLength(3);
      await walkAs(RECEPTION)(pages);
    });
  });

  test('a cookie that somebody made up claims no account', async () => {
    const made = Buffer.from(JSON.stringify([{ oid: sampleCast.accounts[0]?.oid, revocations: 0 }])).toString('base64url');
    browser.setCookie('signed_in_accounts', `${made}.AAAA`);
    await app.signIn(browser, async (pages) => {
      expect(pages.buttons).toHaveLength(3);
      await walkAs(RECEPTION)(pages);
    });
  });
});

describe('refreshing', () => {
  test('each use gives a new refresh token and leaves the old one valid', async () => {
    await app.signIn(browser, walkAs(RECEPTION));
    const first = app.refreshToken();
    const result = await app.refresh();
    expect(app.refreshToken()).not.toBe(first);
    expect(await provider.inspectAccessToken(result.accessToken)).toMatchObject({ valid: true });
    expect(await redeem(first)).toMatchObject({
      status: 200,
      reply: { expires_in: 3600, ext_expires_in: 3600, token_type: 'Bearer', client_info: expect.any(String) },
    });
  });

  test('a sign-in lasts for years when it is used, and ends after 90 days without use', async () => {
    await app.signIn(browser, walkAs(RECEPTION));
    for (let use = 0; use < 10; use++) {
      ahead += 89 * DAY;
      await app.refresh();
    }
    ahead += 91 * DAY;
    expect(await outcomeOf(app.refresh())).toMatch(/^invalid_grant .*AADSTS700082/);
  });

  test('a revoked sign-in is refused, the browser asks for the password again, and a new sign-in is good', async () => {
    const { accessToken } = await app.signIn(browser, walkAs(RECEPTION));
    await provider.revoke(RECEPTION);

    expect(await outcomeOf(app.refresh())).toMatch(/^invalid_grant .*AADSTS50173/);
    expect(await provider.inspectAccessToken(accessToken)).toMatchObject({ valid: true });

    await app.signIn(browser, async (pages) => {
      await pages.press(RECEPTION);
      expect(pages.heading).toBe('Enter password');
      await pages.press('Sign in', { Password: CAST_PASSWORD });
    });
    expect(await outcomeOf(app.refresh())).toBe('signed in');
  });

  test('a revocation ends access tokens too when it is told to', async () => {
    const { accessToken } = await app.signIn(browser, walkAs(RECEPTION));
    await provider.revoke(RECEPTION, { accessTokens: true });
    expect(await provider.inspectAccessToken(accessToken)).toEqual({ valid: false, reason: 'revoked' });
  });

  test.each([
    ['revoked', /^invalid_grant .*AADSTS50173/],
    ['inactive', /^invalid_grant .*AADSTS700082/],
    ['consent-withdrawn', /^invalid_grant .*AADSTS65001/],
    ['outage', /^(?!invalid_grant)/],
  ] as const)('the next refresh fails as arranged (%s), the one after it does not', async (fault, expected) => {
    await app.signIn(browser, walkAs(RECEPTION));
    provider.situations.failNextRefresh(fault);
    expect(await outcomeOf(app.refresh())).toMatch(expected);
    expect(await outcomeOf(app.refresh())).toBe('signed in');
  });

  test('the token endpoint refuses in the form that Microsoft uses', async () => {
    await app.signIn(browser, walkAs(RECEPTION));
    expect(await redeem('nonsense')).toMatchObject({
      status: 400,
      reply: { error: 'invalid_grant', error_codes: [9002313], trace_id: expect.any(String) },
    });
    expect(await redeem(app.refreshToken(), { client_secret: 'x' })).toMatchObject({
      reply: { error: 'invalid_client', error_codes: [700025] },
    });
    expect(await redeem(app.refreshToken(), { client_id: 'other' })).toMatchObject({
      reply: { error: 'unauthorized_client', error_codes: [700016] },
    });
    expect(await redeem(app.refreshToken(), { scope: 'https://outlook.office.com/POP.AccessAsUser.All' })).toMatchObject({
      reply: { error: 'invalid_grant', error_codes: [65001], suberror: 'consent_required' },
    });
  });

  test('a sign-in survives a restart of the identity provider, on any port', async () => {
    const { accessToken } = await app.signIn(browser, walkAs(RECEPTION));
    const refreshToken = app.refreshToken();
    await provider[Symbol.asyncDispose]();
    await start();

    expect(await redeem(refreshToken)).toMatchObject({ status: 200 });
    expect(await provider.inspectAccessToken(accessToken)).toMatchObject({ valid: true });
    expect(await outcomeOf(app.signIn(browser, (pages) => pages.press(RECEPTION)))).toBe('signed in');
  });

  test('every tenant has the endpoints', async () => {
    await app.signIn(browser, walkAs(RECEPTION));
    for (const tenant of ['common', 'consumers', BRIGHT_SMILE_TENANT]) {
      expect(await redeem(app.refreshToken(), {}, tenant)).toMatchObject({ status: 200 });
    }
  });
});

describe('introspection', () => {
  test('a mail server learns user, scopes and whether the token is good', async () => {
    const { accessToken } = await app.signIn(browser, walkAs(RECEPTION));
    expect(await introspect(accessToken)).toMatchObject({
      active: true,
      username: RECEPTION,
      scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
    });
    ahead = 2 * HOUR;
    expect(await introspect(accessToken)).toEqual({ active: false });
  });

  test('nonsense, an id token and a token of another provider are no access tokens', async () => {
    const { idToken, accessToken } = await app.signIn(browser, walkAs(RECEPTION));
    await using other = await startIdentityProvider({ cast: sampleCast, clock, clientId: CLIENT_ID });
    for (const token of ['', 'nonsense', 'a.b.c', `${accessToken}x`, `${accessToken}.x`]) {
      expect(await provider.inspectAccessToken(token)).toEqual({ valid: false, reason: 'not-ours' });
    }
    expect(await provider.inspectAccessToken(idToken)).toEqual({ valid: false, reason: 'other-audience' });
    expect(await other.inspectAccessToken(accessToken)).toEqual({ valid: false, reason: 'not-ours' });
  });
});

describe('pages that can not go back to an app', () => {
  test('an unregistered redirect address, an unknown app and an old sign-in get a page that says so', async () => {
    const authorize = `${provider.url}/organizations/oauth2/v2.0/authorize`;
    const asked = { client_id: CLIENT_ID, response_type: 'code', scope: 'openid', code_challenge: 'x'.repeat(43) };
    const query = (redirect_uri: string, also = {}) =>
      new URLSearchParams({ ...asked, code_challenge_method: 'S256', redirect_uri, ...also }).toString();

    await browser.open(`${authorize}?${query('http://evil.example')}`);
    expect(browser.alert).toContain('AADSTS50011');
    await browser.open(`${authorize}?${query('http://localhost', { client_id: 'other' })}`);
    expect(browser.alert).toContain('AADSTS700016');
    await browser.open(`${provider.url}/sign-in/gone`);
    expect(browser.alert).toContain('no longer open');
  });
});

async function redeem(refreshToken: string, also: Record<string, string> = {}, tenant = 'organizations') {
  const body = new URLSearchParams({
    client_id: CLIENT_ID,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All openid profile offline_access',
    ...also,
  });
  const response = await fetch(`${provider.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  return { status: response.status, reply: await response.json() };
}

async function introspect(token: string): Promise<unknown> {
  const response = await fetch(`${provider.url}/introspect?token=${encodeURIComponent(token)}`);
  return response.json();
}
