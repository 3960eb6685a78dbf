import { expect, test } from '@jest/globals';
import { BRIGHT_SMILE_TENANT, CAST_PASSWORD, sampleCast } from '../src/microsoft365/cast.js';
import { systemClock } from '../src/microsoft365/clock.js';
import { startIdentityProvider } from '../src/microsoft365/identity/identity-provider.js';
import {
  CLIENT_ID,
  DAY,
  HOUR,
  IMAP_SCOPE,
  IdentityHarness,
  RECEPTION,
  SMTP_SCOPE,
  outcomeOf,
  walkAs,
} from './identity-harness.js';

test('each use gives a new refresh token and leaves the old one valid', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  const first = identity.app.refreshToken();
  const result = await identity.app.refresh();
  expect(identity.app.refreshToken()).not.toBe(first);
  expect(await identity.provider.inspectAccessToken(result.accessToken)).toMatchObject({ valid: true });
  expect(await identity.redeem(first)).toMatchObject({
    status: 200,
    reply: { expires_in: 3600, ext_expires_in: 3600, token_type: 'Bearer' },
  });
});

test('a sign-in lasts for years when it is used, and ends after 90 days without use', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  for (let use = 0; use < 10; use++) {
    identity.pass(89 * DAY);
    await identity.app.refresh();
  }
  identity.pass(91 * DAY);
  expect(await outcomeOf(identity.app.refresh())).toMatch(/^invalid_grant .*AADSTS700082/);
});

test('a revoked sign-in is refused, the browser asks for the password again, and a new sign-in is good', async () => {
  await using identity = await IdentityHarness.open();
  const { accessToken } = await identity.signIn(walkAs(RECEPTION));
  await identity.provider.revoke(RECEPTION);

  expect(await outcomeOf(identity.app.refresh())).toMatch(/^invalid_grant .*AADSTS50173/);
  expect(await identity.provider.inspectAccessToken(accessToken)).toMatchObject({ valid: true });

  await identity.signIn(async (pages) => {
    await pages.press(RECEPTION);
    expect(pages.heading).toBe('Enter password');
    await pages.press('Sign in', { Password: CAST_PASSWORD });
  });
  expect(await outcomeOf(identity.app.refresh())).toBe('signed in');
});

test('a revocation ends access tokens too when it is told to', async () => {
  await using identity = await IdentityHarness.open();
  const { accessToken } = await identity.signIn(walkAs(RECEPTION));
  await identity.provider.revoke(RECEPTION, { accessTokens: true });
  expect(await identity.provider.inspectAccessToken(accessToken)).toEqual({ valid: false, reason: 'revoked' });
});

test.each([
  ['revoked', /^invalid_grant .*AADSTS50173/],
  ['inactive', /^invalid_grant .*AADSTS700082/],
  ['consent-withdrawn', /^invalid_grant .*AADSTS65001/],
  ['outage', /^(?!invalid_grant)/],
] as const)('the next refresh fails as arranged (%s), the one after it does not', async (fault, expected) => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  identity.provider.situations.failNextRefresh(fault);
  expect(await outcomeOf(identity.app.refresh())).toMatch(expected);
  expect(await outcomeOf(identity.app.refresh())).toBe('signed in');
});

test('the token endpoint refuses in the form that Microsoft uses', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  const refused = await identity.redeem('nonsense');
  expect(refused).toMatchObject({ status: 400, reply: { error: 'invalid_grant', error_codes: [9002313] } });
  expect(refused).toHaveProperty('reply.trace_id');
  expect(await identity.redeem(identity.app.refreshToken(), { client_secret: 'x' })).toMatchObject({
    reply: { error: 'invalid_client', error_codes: [700025] },
  });
  expect(await identity.redeem(identity.app.refreshToken(), { client_id: 'other' })).toMatchObject({
    reply: { error: 'unauthorized_client', error_codes: [700016] },
  });
  expect(
    await identity.redeem(identity.app.refreshToken(), { scope: 'https://outlook.office.com/POP.AccessAsUser.All' }),
  ).toMatchObject({
    reply: { error: 'invalid_grant', error_codes: [65001], suberror: 'consent_required' },
  });
});

test('a sign-in survives a restart of the identity provider, on any port', async () => {
  await using identity = await IdentityHarness.open();
  const { accessToken } = await identity.signIn(walkAs(RECEPTION));
  const refreshToken = identity.app.refreshToken();
  await identity.restart();

  expect(await identity.redeem(refreshToken)).toMatchObject({ status: 200 });
  expect(await identity.provider.inspectAccessToken(accessToken)).toMatchObject({ valid: true });
  expect(await outcomeOf(identity.signIn((pages) => pages.press(RECEPTION)))).toBe('signed in');
});

test('every tenant has the endpoints', async () => {
  await using identity = await IdentityHarness.open();
  await identity.signIn(walkAs(RECEPTION));
  for (const tenant of ['common', 'consumers', BRIGHT_SMILE_TENANT]) {
    expect(await identity.redeem(identity.app.refreshToken(), {}, tenant)).toMatchObject({ status: 200 });
  }
});

test('a mail server learns user, scopes and whether the token is good', async () => {
  await using identity = await IdentityHarness.open();
  const { accessToken } = await identity.signIn(walkAs(RECEPTION));
  expect(await identity.introspect(accessToken)).toMatchObject({
    active: true,
    username: RECEPTION,
    scope: `${IMAP_SCOPE} ${SMTP_SCOPE}`,
  });
  identity.pass(2 * HOUR);
  expect(await identity.introspect(accessToken)).toEqual({ active: false });
});

test('nonsense, an id token and a token of another provider are no access tokens', async () => {
  await using identity = await IdentityHarness.open();
  const { idToken, accessToken } = await identity.signIn(walkAs(RECEPTION));
  const reportError = (error: unknown): never => {
    throw error;
  };
  await using other = await startIdentityProvider({
    cast: sampleCast,
    clock: systemClock,
    clientId: CLIENT_ID,
    reportError,
  });
  for (const token of ['', 'nonsense', 'a.b.c', `${accessToken}x`, `${accessToken}.x`]) {
    expect(await identity.provider.inspectAccessToken(token)).toEqual({ valid: false, reason: 'not-ours' });
  }
  expect(await identity.provider.inspectAccessToken(idToken)).toEqual({ valid: false, reason: 'other-audience' });
  expect(await other.inspectAccessToken(accessToken)).toEqual({ valid: false, reason: 'not-ours' });
});
