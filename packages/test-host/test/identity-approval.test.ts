import { describe, expect, test } from '@jest/globals';
import { BRIGHT_SMILE_TENANT, CAST_PASSWORD } from '../src/microsoft365/cast.js';
import type { IdentityBrowser } from './identity-browser.js';
import {
  CLIENT_ID,
  IMAP_SCOPE,
  IdentityHarness,
  MANAGER,
  outcomeOf,
  RECEPTION,
  SMTP_SCOPE,
  WINDOWS,
  walkAs,
} from './identity-harness.js';

const ADMIN = 'admin@brightsmile.example';
const SCOPES = `${IMAP_SCOPE} ${SMTP_SCOPE} openid profile offline_access`;

/** The address on which an administrator approves, as an app would build it. */
function approvalAddress(
  identity: IdentityHarness,
  { tenant = 'brightsmile.example', ...changed }: Readonly<Record<string, string>> = {},
): string {
  const query = { client_id: CLIENT_ID, scope: SCOPES, redirect_uri: 'http://localhost:9', state: 'app', ...changed };
  return `${identity.provider.url}/${tenant}/v2.0/adminconsent?${new URLSearchParams(query).toString()}`;
}

async function passwordOf(browser: IdentityBrowser, address: string): Promise<void> {
  await browser.press('Use another account');
  await browser.press('Next', { Email: address });
  if (browser.heading === 'Enter password') await browser.press('Sign in', { Password: CAST_PASSWORD });
}

/** Approves; gives the address to which Microsoft sends the browser back. */
async function approve(identity: IdentityHarness, press = 'Accept'): Promise<URL> {
  const { browser } = identity;
  await browser.open(approvalAddress(identity));
  await passwordOf(browser, ADMIN);
  expect(browser.heading).toBe('Permissions requested');
  expect(browser.text).toContain('all users in your organization');
  // Nobody listens there: the browser of an administrator elsewhere can't load that page either.
  await expect(browser.press(press)).rejects.toThrow();
  return new URL(browser.leftFor ?? '');
}

describe('an organisation that requires approval', () => {
  test('lets nobody agree for themselves, and tells the app that an administrator must', async () => {
    await using identity = await IdentityHarness.open();
    identity.provider.situations.consentBy = 'administrator';
    const ending = outcomeOf(
      identity.signIn(async (browser) => {
        await passwordOf(browser, RECEPTION);
        expect(browser.heading).toBe('Need admin approval');
        await browser.press('Return to the application without granting consent');
      }),
    );
    expect(await ending).toMatch(/^access_denied .*AADSTS90094.*Correlation ID/);
  });

  test('takes a request, and tells the app that it was sent', async () => {
    await using identity = await IdentityHarness.open();
    identity.provider.situations.consentBy = 'administrator-on-request';
    const ending = outcomeOf(
      identity.signIn(async (browser) => {
        await passwordOf(browser, RECEPTION);
        expect(browser.heading).toBe('Approval required');
        await browser.press('Request approval', { 'Enter justification for requesting this app': '' });
        expect(browser.alert).toBe('Enter a justification.');
        await browser.press('Request approval', { 'Enter justification for requesting this app': 'Email' });
        expect(browser.heading).toBe('Request sent');
        await browser.press('Back to the application');
      }),
    );
    expect(await ending).toMatch(/^access_denied .*AADSTS90095/);
  });

  test('lets its administrator agree as before', async () => {
    await using identity = await IdentityHarness.open();
    identity.provider.situations.consentBy = 'administrator';
    expect((await identity.signIn(walkAs(ADMIN))).account).toMatchObject({ username: ADMIN });
  });

  test('asks nobody any more once it has approved, also after a restart', async () => {
    await using identity = await IdentityHarness.open();
    identity.provider.situations.consentBy = 'administrator';
    const answer = await approve(identity);
    expect(Object.fromEntries(answer.searchParams)).toEqual({
      admin_consent: 'True',
      tenant: BRIGHT_SMILE_TENANT,
      scope: SCOPES,
      state: 'app',
    });
    await identity.restart();
    identity.provider.situations.consentBy = 'administrator';
    expect(await outcomeOf(identity.signIn(walkAs(MANAGER)))).toBe('signed in');
    expect(identity.browser.headings).not.toContain('Need admin approval');
  });

  test('can have approved elsewhere, and can withdraw it', async () => {
    await using identity = await IdentityHarness.open();
    identity.provider.situations.consentBy = 'administrator';
    await identity.provider.approve(BRIGHT_SMILE_TENANT);
    expect(await outcomeOf(identity.signIn(walkAs(RECEPTION)))).toBe('signed in');
    await identity.provider.withdrawConsents();
    const ending = outcomeOf(
      identity.signIn(async (browser) => {
        await browser.press(RECEPTION);
        await browser.press('Return to the application');
      }),
    );
    expect(await ending).toMatch(/AADSTS90094/);
  });
});

describe('the address for approving', () => {
  test('tells the app that the administrator declined', async () => {
    await using identity = await IdentityHarness.open();
    const answer = await approve(identity, 'Cancel');
    expect(answer.searchParams.get('error')).toBe('consent_required');
    expect(answer.searchParams.get('error_description')).toMatch(/^AADSTS65004/);
  });

  test('lets nobody approve who is no administrator of that organisation', async () => {
    await using identity = await IdentityHarness.open();
    await identity.browser.open(approvalAddress(identity));
    await passwordOf(identity.browser, RECEPTION);
    expect(identity.browser.heading).toBe('Need admin approval');
    await identity.browser.open(approvalAddress(identity));
    await identity.browser.press(WINDOWS);
    expect(identity.browser.alert).toMatch(/does not belong to this organization/);
  });

  test.each([
    ['an unknown organisation', { tenant: 'nowhere.example' }, 'AADSTS90002'],
    ['another app', { client_id: 'another' }, 'AADSTS700016'],
    ['a redirect to elsewhere', { redirect_uri: 'https://evil.example' }, 'AADSTS50011'],
  ])('refuses %s without going there', async (_what, changed, code) => {
    await using identity = await IdentityHarness.open();
    await identity.browser.open(approvalAddress(identity, changed));
    expect(identity.browser.alert).toMatch(code);
  });
});

describe('a quiet sign-in', () => {
  const quietly = { prompt: 'none', loginHint: RECEPTION };

  test.each([
    ['nobody of that name is signed in', undefined, quietly, /^login_required .*AADSTS50058/],
    ['several are signed in and none is named', RECEPTION, { prompt: 'none' }, /^interaction_required .*AADSTS16000/],
  ])('is refused while %s', async (_what, signedIn, request, words) => {
    await using identity = await IdentityHarness.open();
    if (signedIn !== undefined) await identity.signIn(walkAs(signedIn));
    expect(await outcomeOf(identity.signIn(() => Promise.resolve(), request))).toMatch(words);
  });

  test('is refused until the app is approved, and then signs in without a page', async () => {
    await using identity = await IdentityHarness.open();
    identity.provider.situations.consentBy = 'administrator';
    await outcomeOf(
      identity.signIn(async (browser) => {
        await passwordOf(browser, RECEPTION);
        await browser.press('Return to the application');
      }),
    );
    const nothing = () => Promise.resolve();
    expect(await outcomeOf(identity.signIn(nothing, quietly))).toMatch(/^consent_required .*AADSTS65001/);
    await identity.provider.approve(BRIGHT_SMILE_TENANT);
    const seen = identity.browser.headings.length;
    expect((await identity.signIn(nothing, quietly)).account).toMatchObject({ username: RECEPTION });
    expect(identity.browser.headings.slice(seen)[0]).toBe('Returning to the app');
  });
});
