import { expect, test } from '@jest/globals';
import { CAST_PASSWORD, OTHER_CLINIC_TENANT, sampleCast } from '../src/microsoft365/cast.js';
import { IdentityBrowser } from './identity-browser.js';
import { IMAP_SCOPE, IdentityHarness, MANAGER, RECEPTION, SMTP_SCOPE, WINDOWS, walkAs } from './identity-harness.js';

test('the Windows account is always there and needs no password', async () => {
  await using identity = await IdentityHarness.open();
  const result = await identity.signIn(async (pages) => {
    expect(pages.buttons).toHaveLength(3);
    await pages.press(WINDOWS);
    expect(pages.heading).toBe('Permissions requested');
    await pages.press('Accept');
  });
  expect(result.tenantId).toBe(OTHER_CLINIC_TENANT);
});

test('an account is picked without password and without a second consent once it has signed in', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(MANAGER));
  identity.browser.headings.length = 0;

  await identity.signIn((pages) => pages.press(MANAGER));
  expect(identity.browser.headings.slice(0, 2)).toEqual(['Pick an account', 'Returning to the app']);
});

test('consent is asked again for a scope that was not granted before', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION), { scopes: [IMAP_SCOPE] });
  const result = await identity.signIn(async (pages) => {
    await pages.press(RECEPTION);
    expect(pages.heading).toBe('Permissions requested');
    await pages.press('Accept');
  });
  expect(result.scopes).toContain(SMTP_SCOPE);
});

test('another browser knows nothing of it, but consent holds', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  const other = new IdentityBrowser();
  await identity.signIn(walkAs(RECEPTION), {}, other);
  expect(other.headings).toContain('Enter password');
  expect(other.headings).not.toContain('Permissions requested');
});

test('prompt=login asks the hinted account for its password again', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  const result = await identity.signIn(
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
  await using identity = await IdentityHarness.open();
  await identity.signIn((pages) => pages.press(WINDOWS).then(() => pages.press('Accept')));
  const result = await identity.signIn(() => Promise.resolve(), { prompt: '' });
  expect(result.account?.username).toBe(WINDOWS);
});

test('signing out makes the browser forget', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  await identity.browser.open(`${identity.provider.url}/organizations/oauth2/v2.0/logout`);
  await identity.signIn(async (pages) => {
    expect(pages.buttons).toHaveLength(3);
    await walkAs(RECEPTION)(pages);
  });
});

test('a cookie that somebody made up claims no account', async () => {
  await using identity = await IdentityHarness.open();
  const made = Buffer.from(JSON.stringify([{ oid: sampleCast.accounts[0]?.oid, revocations: 0 }])).toString(
    'base64url',
  );
  identity.browser.setCookie('signed_in_accounts', `${made}.${'A'.repeat(43)}`);
  await identity.signIn(async (pages) => {
    expect(pages.buttons).toHaveLength(3);
    await walkAs(RECEPTION)(pages);
  });
});
