import { afterAll, expect, test } from '@jest/globals';
import type { Page } from './support/browser.adapter.js';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { turn } from './support/panel.js';
import { closeChromium, openPractice, type Practice } from './support/practice.js';
import { connectMailbox, PASSWORD, RECEPTION } from './support/set-up.js';

afterAll(closeChromium);

const MAY_CONFIGURE = 'May configure email';

/** Presses Re-authenticate Now and gives Microsoft's page. */
async function reauthenticate({ context, page }: Practice): Promise<Page> {
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Re-authenticate Now' }).click(),
  ]);
  return tab;
}

async function typePasswordIn(tab: Page): Promise<void> {
  await tab.getByLabel('Password').fill(PASSWORD);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByText('close this window').waitFor();
  await tab.close();
}

test('an ended sign-in warns who may set up email, tells the others, and is put right with the same account', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice);
  const email = await openEmail(page);
  await email.getByText(/300 messages/).waitFor();
  await email.getByRole('button', { name: 'Close' }).click();

  await turn(page, MAY_CONFIGURE, false);
  await page.getByRole('button', { name: 'All sign-ins end (revoked, or a new password)' }).click();
  await page.getByRole('button', { name: 'Email service: sign-in required' }).waitFor();
  await page.getByText('Email is waiting: somebody who may set up email has to sign in again.').waitFor();
  await expect(page.getByRole('alertdialog').count()).resolves.toBe(0);
  const waiting = await openEmail(page);
  await sendEmail(page, waiting, { to: 'manager@brightsmile.example', subject: 'Waits', message: 'Hello' });
  await (await rows(waiting, 'Outbox', 'Waits')).waitFor();
  await waiting.getByRole('button', { name: 'Close' }).click();

  // The warning comes at once, and then nothing else can be reached.
  await page.getByRole('checkbox', { name: MAY_CONFIGURE }).click();
  const warning = page.getByRole('alertdialog', { name: 'Email Warning' });
  await warning.getByText(`the sign-in of ${RECEPTION} has ended`).waitFor();
  const closed = await reauthenticate(practice);
  await closed.close();
  await warning.getByText('open it again').waitFor();
  await warning.getByRole('button', { name: 'Copy link' }).waitFor();
  await typePasswordIn(await reauthenticate(practice));
  await warning.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  await (await rows(await openEmail(page), 'Sent', 'Waits')).waitFor();
});

test('three months without use, and a new policy, each end it with their own reason, and the same sign-in puts it right', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice);
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  const warning = page.getByRole('alertdialog', { name: 'Email Warning' });
  for (const [end, reason] of [
    ['All sign-ins have run out (90 days unused)', 'because it was not used for about three months'],
    ['All sign-ins end by a new policy of the organisation', 'security rules stopped the sign-in'],
  ] as const) {
    await page.getByRole('button', { name: end }).click();
    await warning.getByText(reason).waitFor();
    await warning.getByText(/^Who can put it right: /).waitFor();
    await typePasswordIn(await reauthenticate(practice));
    await warning.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  }
});
