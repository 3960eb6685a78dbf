import { FakeClock, type TestHost, type WizardFrame } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import {
  addressOpenedBy,
  ADMIN,
  linkOf,
  messageOf,
  start,
  typePassword,
  untilAuthenticated,
  untilNone,
  untilStatus,
  WAITING,
} from './approval-harness.js';
import { RECEPTION, walkAs } from './identity-harness.js';
import { control, openAccountDetails, pageOpenedBy } from './set-up-walk.js';

const CORRELATION_ID = '7f3e2c51-9a04-4a0f-8d5c-2f6c1b7e9d10';
const MINUTE = 60_000;

/** Answers an open sign-in in Microsoft's place. */
async function answer(testHost: TestHost, frame: WizardFrame, refusal: Record<string, string>): Promise<void> {
  const url = await addressOpenedBy(testHost, () => frame.press('sign-in'));
  const asked = new URL(url).searchParams;
  const body = new URLSearchParams({ ...refusal, state: asked.get('state') ?? '' });
  await fetch(asked.get('redirect_uri') ?? '', { method: 'POST', body });
}

describe('a refusal for want of an approval', () => {
  // The first two by the class of Microsoft's answer; with the others only the number tells.
  test.each([
    ['consent_required', 'The grant requires admin permission.'],
    ['consent_required', 'AADSTS90094: The grant requires admin permission.'],
    ['interaction_required', 'AADSTS65001: The user or administrator has not consented to use the application.'],
    ['access_denied', 'AADSTS90094: EXACT Email needs permission that only an admin can grant.'],
    ['access_denied', 'AADSTS900941: An administrator has set a policy that prevents you from granting it.'],
    ['access_denied', 'AADSTS90095: The request was sent.'],
    ['access_denied', 'AADSTS90093: EXACT Email is requesting permissions that you are not authorized to grant.'],
    ['access_denied', 'AADSTS90097: An error has occurred during admin consent processing.'],
    ['unauthorized_client', 'AADSTS90099: The application has not been authorized in the tenant.'],
    ['invalid_request', 'AADSTS90008: The user or administrator has not consented to use the application.'],
    ['invalid_request', 'AADSTS500011: The resource principal was not found in the tenant.'],
    ['unauthorized_client', 'AADSTS700011: The application was not found in the directory.'],
  ])('as %s, “%s”, is waited for', async (error, description) => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    await answer(testHost, frame, { error, error_description: description });
    await untilStatus(frame, WAITING);
    expect(await control(frame, 'reason')).toMatchObject({ failure: { fixedBy: 'admin' } });
    expect(await messageOf(frame)).not.toBe('');
  });

  test.each([
    ['access_denied', 'AADSTS65004: User declined to consent to access the app.', 'sign-in.cancelled'],
    ['consent_required', 'AADSTS65004: User declined to consent to access the app.', 'AADSTS65004'],
    ['access_denied', 'AADSTS50105: The signed in user is not assigned to a role.', 'AADSTS50105'],
    ['server_error', 'AADSTS90033: A transient error has occurred.', 'AADSTS90033'],
  ])('is not every refusal: %s, “%s”', async (error, description, code) => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    await answer(testHost, frame, { error, error_description: description });
    await untilNone(frame, code);
  });

  test('gives a message for IT with all that they need and nothing else', async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 23, 9, 41, 7));
    await using testHost = await start({ clock });
    await using frame = await openAccountDetails(testHost, `"Bright Smile Dental" <${RECEPTION}>`);
    await answer(testHost, frame, {
      error: 'access_denied',
      error_description: `AADSTS90094: Ask an admin. Trace ID: 0a Correlation ID: ${CORRELATION_ID} Timestamp: 2026-11-23 09:41:06Z`,
    });
    await untilStatus(frame, WAITING);
    const clientId = testHost.microsoft365?.services.clientId ?? '';
    const link = new URL(await linkOf(frame));
    expect(link.pathname).toBe('/brightsmile.example/v2.0/adminconsent');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: clientId,
      scope:
        'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send openid profile offline_access',
      redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      state: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect((await messageOf(frame)).replace(link.href, '<link>').split('\n')).toEqual([
      'Please approve the app EXACT Email in our Microsoft 365. Our practice needs it to send and receive email with EXACT.',
      '',
      'App: EXACT Email',
      `Application (client) ID: ${clientId}`,
      '',
      'Permissions, all delegated (each only for the person who signs in):',
      '- IMAP.AccessAsUser.All (Office 365 Exchange Online): receive email',
      '- SMTP.Send (Office 365 Exchange Online): send email',
      '- offline_access, openid, profile (Microsoft Graph): stay signed in, and know who signed in',
      '',
      'How to approve: open this link, sign in as Cloud Application Administrator, Application Administrator or Privileged Role Administrator, and press Accept.',
      '<link>',
      'Afterwards you may see a page that can’t be displayed: that is fine, the approval is stored.',
      '',
      'If somebody has sent a request for approval: https://entra.microsoft.com > Entra ID > Enterprise apps > Admin consent requests > My Pending > the app > Review permissions and consent.',
      'Where the approval shows, and where it can be given again: https://entra.microsoft.com > Entra ID > Enterprise apps > All applications > the app > Permissions > Grant admin consent.',
      '',
      'Time: 2026-11-23 09:41:07 UTC',
      `Correlation ID: ${CORRELATION_ID}`,
    ]);
  });
});

describe('while Microsoft’s page is open', () => {
  test('a press shows link and message at once, without a correlation id, and the sign-in goes on', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await frame.press('approval-help');
    const message = await messageOf(frame);
    expect(message).toContain(await linkOf(frame));
    expect(message).not.toContain('Correlation');
    expect(await control(frame, 'status')).toMatchObject({ value: WAITING });
    expect(await control(frame, 'sign-in')).toMatchObject({ open: { url: expect.any(String) } });
    expect(await control(frame, 'sign-in')).not.toHaveProperty('hint');
    await walkAs(RECEPTION)(browser);
    await untilAuthenticated(frame);
  });

  test('the approval by that link goes on without coming back from there', async () => {
    await using testHost = await start();
    if (testHost.microsoft365) testHost.microsoft365.identity.situations.consentBy = 'administrator';
    await using frame = await openAccountDetails(testHost);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await typePassword(browser, RECEPTION);
    expect(browser.heading).toBe('Need admin approval');
    await frame.press('approval-help');
    await browser.open(await linkOf(frame));
    await typePassword(browser, ADMIN);
    await browser.press('Accept');
    await untilAuthenticated(frame);
  });

  test('whoever waits for approval has more than the five minutes of a sign-in', async () => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using frame = await openAccountDetails(testHost);
    await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await frame.press('approval-help');
    await clock.advance(6 * MINUTE);
    expect(await messageOf(frame)).not.toBe('');
    await clock.advance(54 * MINUTE);
    await untilNone(frame, 'sign-in.approval-not-given');
  });

  test('leaving it without an approval, once that was said, leads to the wait', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await frame.press('approval-help');
    await browser.press('Cancel');
    await untilStatus(frame, WAITING);
  });
});
