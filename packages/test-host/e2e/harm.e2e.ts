import { afterAll, expect, test } from '@jest/globals';
import { openEmail, rows } from './support/email-window.js';
import { openAccountDetails } from './support/account-details.js';
import { turn } from './support/panel.js';
import { closeChromium, openPractice } from './support/practice.js';
import { connectMailbox } from './support/set-up.js';

afterAll(closeChromium);

test('an email that means harm is read and does none, and a look-alike of Microsoft gets nobody’s password', async () => {
  await using practice = await openPractice();
  const { context, page } = practice;
  await connectMailbox(practice);
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).hostname.endsWith('.example')) foreign.push(request.url());
  });
  await page.getByRole('button', { name: 'A stranger sends an email that means harm' }).click();
  const email = await openEmail(page);
  await (await rows(email, 'Inbox', 'Your mailbox is almost full')).click();
  const frame = email.frameLocator('.mail-frame');
  await frame.getByText('Please confirm your password').waitFor();
  await expect(
    frame.locator('form, input, button, iframe, script, a[href], meta[http-equiv=refresh]').count(),
  ).resolves.toBe(0);
  await email.getByText('Links in this email (1)').click();
  await email.getByRole('link', { name: 'https://phish.example/login' }).waitFor();
  await email.getByRole('button', { name: 'Close', exact: true }).click();

  await turn(page, 'Something leads sign-ins to a look-alike of Microsoft', true);
  const wizard = await openAccountDetails(page);
  await wizard.getByRole('button', { name: 'Authenticate', exact: true }).click();
  await wizard.getByText('The sign-in would not go to Microsoft, so it was not begun.').waitFor();
  await wizard.getByText('Who can put it right: EXACT support').waitFor();
  expect(context.pages()).toHaveLength(1);
  expect(foreign).toEqual([]);
  await expect(page.title()).resolves.toBe('EXACT test host');
});
