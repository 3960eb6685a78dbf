import { afterAll, describe, expect, test } from '@jest/globals';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { choosePatient, renameDatabase, restartAs } from './support/panel.js';
import { closeChromium, openPractice, openPracticeInside } from './support/practice.js';
import { chooseMicrosoft, connectMailbox, next, openSetup, statusIs } from './support/set-up.js';

afterAll(closeChromium);

test('S9: Help with signing in gives every step against credentials that Windows fills in', async () => {
  await using practice = await openPractice();
  const wizard = await openSetup(practice.page);
  await chooseMicrosoft(wizard);
  await wizard.getByRole('button', { name: 'Help with signing in' }).click();
  const steps = wizard.getByRole('region', { name: 'Help with signing in' }).getByRole('listitem');
  await steps.first().waitFor();
  const words = await steps.allTextContents();
  const order = [
    'settings',
    'Settings',
    'Accounts',
    'Access work or school',
    'connected',
    'Disconnect',
    'correct',
    'Authenticate',
  ];
  const found = order.map((word) => words.findIndex((step) => step.includes(word)));
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(found).not.toContain(-1);
  await wizard.getByRole('button', { name: 'Help with signing in' }).click();
  await steps.first().waitFor({ state: 'detached' });
});

describe('D5: on a database that is not genuine', () => {
  test('nobody signs in, and the wizard says why', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await renameDatabase(page, 'Bright Smile Training');
    await page.getByText('does not count as genuine').waitFor();
    const wizard = await openSetup(page);
    await wizard.getByText('This is not the practice’s live database').first().waitFor();
    await chooseMicrosoft(wizard);
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('reception@brightsmile.example');
    await wizard.getByText('This is not the practice’s live database').first().waitFor();
    await expect(wizard.getByRole('button', { name: 'Authenticate' }).isDisabled()).resolves.toBe(true);
  });

  test('nothing is received, sent, tested or refreshed, and all goes on when it is genuine again', async () => {
    await using practice = await openPracticeInside();
    const { page, testHost } = practice;
    const { microsoft365 } = testHost;
    if (!microsoft365) throw new TypeError('This test needs the own Microsoft 365');
    const submitted: (readonly string[])[] = [];
    microsoft365.smtp.onDidSubmit(({ recipients }) => submitted.push(recipients));
    await connectMailbox(practice);
    await (await openEmail(page)).getByText(/300 messages/).waitFor();

    await renameDatabase(page, 'Backup of Bright Smile');
    // The first refresh token to be used from now on would take this away.
    microsoft365.identity.situations.failNextRefresh('outage');
    await restartAs(page, 'V13.706');
    await page.getByRole('button', { name: 'Email service: off' }).waitFor();
    await choosePatient(page, 'Alice Thornton');
    await page.getByRole('button', { name: 'Patient writes an email' }).click();
    const email = await openEmail(page);
    await sendEmail(page, email, { to: 'manager@brightsmile.example', subject: 'Waits', message: 'Hello' });
    await email.getByRole('button', { name: 'Send/Receive' }).click();
    await (await rows(email, 'Outbox', 'Waits')).filter({ hasText: 'Waiting' }).waitFor();
    await email.getByRole('button', { name: 'Close' }).click();

    const wizard = await openSetup(page);
    await chooseMicrosoft(wizard);
    await expect(wizard.getByRole('button', { name: 'Authenticate' }).isDisabled()).resolves.toBe(true);
    await next(wizard, 'Scheduled Send and Receive');
    await next(wizard, 'Test');
    await wizard.getByText('This is not the practice’s live database').first().waitFor();
    await expect(wizard.getByRole('button', { name: 'Run test' }).isDisabled()).resolves.toBe(true);
    await wizard.getByRole('button', { name: 'Cancel' }).click();
    expect(microsoft365.imap.connections).toBe(0);
    expect(submitted).toEqual([]);
    expect(microsoft365.identity.situations.takeRefreshFault('any')).toBe('outage');

    await renameDatabase(page, 'Bright Smile Dental');
    const again = await openEmail(page);
    await again.getByRole('button', { name: 'Send/Receive' }).click();
    await again.getByText(/301 messages/).waitFor();
    await (await rows(again, 'Sent', 'Waits')).waitFor();
    expect(submitted).toEqual([['manager@brightsmile.example']]);
  });
});

test('D6: an older version switches the feature off and keeps everything for the way back', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice, 'Yes');
  await (await openEmail(page)).getByText(/300 messages/).waitFor();

  await restartAs(page, 'V13.705');
  await page.getByText('EXACT Email needs V13.706').first().waitFor();
  await page.getByRole('menuitem', { name: 'Configure' }).click();
  await page.getByRole('menuitem', { name: 'Practice Information' }).waitFor();
  await expect(page.getByRole('menuitem', { name: 'Email and SMS Setup' }).count()).resolves.toBe(0);
  await page.keyboard.press('Escape');
  await choosePatient(page, 'Alice Thornton');
  await page.getByRole('button', { name: 'Patient writes an email' }).click();

  await restartAs(page, 'V13.706');
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  const wizard = await openSetup(page);
  await expect(wizard.getByRole('radio', { name: 'Microsoft Office 365' }).isChecked()).resolves.toBe(true);
  await next(wizard, 'Account Details');
  const address = wizard.getByRole('textbox', { name: 'Practice Email Address' });
  await expect(address.inputValue()).resolves.toContain('reception@brightsmile.example');
  await statusIs(wizard, 'Authenticated');
  await wizard.getByRole('button', { name: 'Cancel' }).click();
  const email = await openEmail(page);
  await email.getByText(/301 messages/).waitFor();
  await sendEmail(page, email, { to: 'manager@brightsmile.example', subject: 'Still connected', message: 'Hello' });
  await (await rows(email, 'Sent', 'Still connected')).waitFor();
});
