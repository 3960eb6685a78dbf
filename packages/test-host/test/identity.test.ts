import { expect, test } from '@jest/globals';
import { BRIGHT_SMILE_TENANT, CAST_CODE, CAST_PASSWORD, PERSONAL_TENANT } from '../src/microsoft365/cast.js';
import {
  CLIENT_ID,
  HOUR,
  IMAP_SCOPE,
  IdentityHarness,
  MANAGER,
  PERSONAL,
  RECEPTION,
  SMTP_SCOPE,
  outcomeOf,
  walkAs,
} from './identity-harness.js';

test('reception signs in with password and consent, and the access token opens mail servers for an hour', async () => {
  await using identity = await IdentityHarness.open();
  const result = await identity.signIn(walkAs(RECEPTION));

  expect(identity.browser.headings.slice(0, 5)).toEqual([
    'Pick an account',
    'Sign in',
    'Enter password',
    'Permissions requested',
    'Returning to the app',
  ]);
  expect(result.account).toMatchObject({ username: RECEPTION, tenantId: BRIGHT_SMILE_TENANT });
  expect(result.account?.homeAccountId).toBe(`${result.uniqueId}.${BRIGHT_SMILE_TENANT}`);
  expect(await identity.provider.inspectAccessToken(result.accessToken)).toMatchObject({
    valid: true,
    user: { address: RECEPTION },
    scopes: new Set([IMAP_SCOPE, SMTP_SCOPE]),
  });
  identity.pass(HOUR - 60_000);
  expect(await identity.provider.inspectAccessToken(result.accessToken)).toMatchObject({ valid: true });
  identity.pass(61_000);
  expect(await identity.provider.inspectAccessToken(result.accessToken)).toEqual({ valid: false, reason: 'expired' });
});

test('the consent page says in words what the app asks for', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(async (pages) => {
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
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(MANAGER));
  expect(identity.browser.headings).toContain('Verify your identity');
});

test('a personal account carries the personal tenant in its tokens', async () => {
  await using identity = await IdentityHarness.open();
  const result = await identity.signIn(walkAs(PERSONAL));
  expect(result.tenantId).toBe(PERSONAL_TENANT);
  expect(result.idTokenClaims).toMatchObject({
    tid: PERSONAL_TENANT,
    iss: `https://login.microsoftonline.com/${PERSONAL_TENANT}/v2.0`,
  });
});

test('a shared mailbox, an alias and an unknown name sign nobody in, and the page says so', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(async (pages) => {
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
  await using identity = await IdentityHarness.open();
  await identity.signIn(async (pages) => {
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
  await using identity = await IdentityHarness.open();
  await identity.signIn(async (pages) => {
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
  await using identity = await IdentityHarness.open();
  const fields: Record<string, Record<string, string>> = {
    Next: { Email: MANAGER },
    'Sign in': { Password: CAST_PASSWORD },
    Verify: { Code: CAST_CODE },
  };
  const outcome = await outcomeOf(
    identity.signIn(async (pages) => {
      for (const step of steps) await pages.press(step, fields[step]);
      expect(pages.heading).toBe(heading);
      await pages.press('Cancel');
    }),
  );
  expect(outcome).toMatch(/^access_denied .*AADSTS65004: User declined to consent/);
});

test('an app that asks for a scope of another resource is refused', async () => {
  await using identity = await IdentityHarness.open();
  const scopes = ['https://graph.microsoft.com/Mail.Read'];
  const outcome = await outcomeOf(identity.signIn(() => Promise.resolve(), { scopes }));
  expect(outcome).toMatch(/^invalid_scope .*AADSTS70011/);
});

test('an unregistered redirect address, an unknown app and an old sign-in get a page that says so', async () => {
  await using identity = await IdentityHarness.open();
  const authorize = `${identity.provider.url}/organizations/oauth2/v2.0/authorize`;
  const asked = { client_id: CLIENT_ID, response_type: 'code', scope: 'openid', code_challenge: 'x'.repeat(43) };
  const query = (redirect_uri: string, also = {}) =>
    new URLSearchParams({ ...asked, code_challenge_method: 'S256', redirect_uri, ...also }).toString();

  await identity.browser.open(`${authorize}?${query('http://evil.example')}`);
  expect(identity.browser.alert).toContain('AADSTS50011');
  await identity.browser.open(`${authorize}?${query('http://localhost', { client_id: 'other' })}`);
  expect(identity.browser.alert).toContain('AADSTS700016');
  await identity.browser.open(`${identity.provider.url}/sign-in/gone`);
  expect(identity.browser.alert).toContain('no longer open');
});
