import { afterAll, expect, test } from '@jest/globals';
import { accessibilityFaults } from '../test/web-support/open-page.js';
import type { Locator, Page } from './support/browser.adapter.js';
import { turn } from './support/panel.js';
import { closeChromium, openPractice, type Practice } from './support/practice.js';
import {
  chooseMicrosoft,
  finish,
  next,
  openSetup,
  PASSWORD,
  pressSignIn,
  RECEPTION,
  statusIs,
} from './support/set-up.js';

afterAll(closeChromium);

const ADMIN = 'admin@brightsmile.example';
const REQUIRES_APPROVAL = 'The organisation requires approval by an administrator';
const APPROVES = 'The administrator approves EXACT Email (elsewhere)';
const WAITING = 'Waiting for your IT support’s approval';
/** Two looks of the waiting page, the second half a minute after the first. */
const TWO_LOOKS_MS = 60_000;

/** From the account picker to the page after the password. */
async function typePassword(tab: Page, address: string): Promise<void> {
  await tab.getByRole('button', { name: 'Use another account' }).click();
  await tab.getByRole('textbox', { name: 'Email' }).fill(address);
  await tab.getByRole('button', { name: 'Next' }).click();
  await tab.getByLabel('Password').fill(PASSWORD);
  await tab.getByRole('button', { name: 'Sign in' }).click();
}

/** Account Details in an organisation that requires approval. */
async function openAccountDetails(practice: Practice, situation = REQUIRES_APPROVAL): Promise<Locator> {
  const wizard = await openSetup(practice.page);
  await chooseMicrosoft(wizard);
  await turn(practice.page, situation, true);
  await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(RECEPTION);
  return wizard;
}

/** Signs in until Microsoft says that an administrator must approve, and goes back: the tab then waits. */
async function beRefused(practice: Practice, wizard: Locator): Promise<Page> {
  const tab = await pressSignIn(practice, wizard);
  await typePassword(tab, RECEPTION);
  await tab.getByRole('heading', { name: 'Need admin approval' }).waitFor();
  await tab.getByRole('button', { name: 'Return to the application without granting consent' }).click();
  await tab.getByRole('heading', { name: WAITING }).waitFor();
  await statusIs(wizard, WAITING);
  return tab;
}

async function untilAuthenticated(wizard: Locator): Promise<void> {
  const status = wizard.getByRole('status', { name: 'Status', exact: true });
  await status.filter({ hasText: /^Authenticated$/ }).waitFor({ timeout: TWO_LOOKS_MS });
}

/** The tab waits, the administrator approves elsewhere, and a press in the tab says so. */
async function approveAndGoOn(practice: Practice, wizard: Locator, tab: Page): Promise<void> {
  await tab.getByRole('heading', { name: WAITING }).waitFor();
  await statusIs(wizard, WAITING);
  await wizard.getByRole('button', { name: 'Copy message for IT' }).waitFor();
  await practice.page.getByRole('button', { name: APPROVES }).click();
  await tab.getByRole('link', { name: 'I have the approval' }).click();
  await tab.getByRole('heading', { name: 'You can close this window' }).waitFor();
  await untilAuthenticated(wizard);
  await wizard.getByText(`Signed in as ${RECEPTION}`).waitFor();
}

test('the message for IT is copied, the administrator approves elsewhere, and the wizard goes on by itself to Finish', async () => {
  await using practice = await openPractice();
  await practice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const wizard = await openAccountDetails(practice);
  const tab = await beRefused(practice, wizard);
  expect(await accessibilityFaults(tab)).toEqual([]);
  expect(await accessibilityFaults(practice.page)).toEqual([]);

  await practice.page.bringToFront();
  await wizard.getByRole('button', { name: 'Copy message for IT' }).click();
  await wizard.getByText('Copied.').waitFor();
  const message = await practice.page.evaluate(() => navigator.clipboard.readText());
  const link = await wizard.getByRole('link', { name: 'Approve as an administrator' }).getAttribute('href');
  expect(message).toContain('Please approve the app EXACT Email');
  expect(message.split('\n')).toContain(link);
  expect(message).toMatch(/^Correlation ID: [\da-f-]{36}$/m);

  await tab.getByRole('link', { name: 'I have the approval' }).click();
  await wizard.getByText('Not approved yet').waitFor();
  await tab.getByRole('status').filter({ hasText: 'Not approved yet.' }).waitFor();
  await practice.page.getByRole('button', { name: APPROVES }).click();
  await untilAuthenticated(wizard);
  await tab.getByRole('heading', { name: 'You can close this window' }).waitFor();
  expect(await accessibilityFaults(tab)).toEqual([]);
  await next(wizard, 'Scheduled Send and Receive');
  await next(wizard, 'Test');
  await finish(practice, wizard);
});

test('Cancel ends the wait at once, a closed tab is told, and an approval on this computer goes on by itself', async () => {
  await using practice = await openPractice();
  const { page, context } = practice;
  const wizard = await openAccountDetails(practice);
  const cancelled = await beRefused(practice, wizard);
  await wizard.getByRole('button', { name: 'Cancel sign-in' }).click();
  await statusIs(wizard, 'Not authenticated');
  await cancelled.getByText('EXACT waits no more.').waitFor();
  expect(await accessibilityFaults(cancelled)).toEqual([]);
  await cancelled.close();

  const tab = await pressSignIn(practice, wizard);
  await tab.getByRole('button', { name: RECEPTION }).click();
  await tab.getByRole('button', { name: 'Return to the application without granting consent' }).click();
  await tab.getByRole('heading', { name: WAITING }).waitFor();
  await tab.close();
  await wizard.getByRole('link', { name: 'Open the waiting page' }).waitFor({ timeout: TWO_LOOKS_MS });
  expect(await wizard.getByText('goes on by itself once it is approved').count()).toBe(0);
  await wizard.getByRole('button', { name: 'Back' }).click();
  await next(wizard, 'Account Details');

  const again = await pressSignIn(practice, wizard);
  await again.getByRole('button', { name: RECEPTION }).click();
  await again.getByRole('button', { name: 'Return to the application without granting consent' }).click();
  await again.getByRole('heading', { name: WAITING }).waitFor();
  await statusIs(wizard, WAITING);
  const [administrator] = await Promise.all([
    context.waitForEvent('page'),
    wizard.getByRole('link', { name: 'Approve as an administrator' }).click(),
  ]);
  await typePassword(administrator, ADMIN);
  await administrator.getByText('Review for your organization').waitFor();
  await administrator.getByRole('button', { name: 'Accept' }).click();
  await administrator.getByRole('heading', { name: 'You can close this window' }).waitFor();
  await untilAuthenticated(wizard);
  await wizard.getByText(`Signed in as ${RECEPTION}`).waitFor();
  await page.close();
});

test('a request that was sent from Microsoft’s page leads to the wait, and the approval to the mailbox', async () => {
  await using practice = await openPractice();
  const wizard = await openAccountDetails(practice, 'The organisation requires approval, and takes requests for it');
  const tab = await pressSignIn(practice, wizard);
  await typePassword(tab, RECEPTION);
  await tab.getByRole('heading', { name: 'Approval required' }).waitFor();
  await tab.getByRole('textbox').fill('To send and receive email with EXACT');
  await tab.getByRole('button', { name: 'Request approval' }).click();
  await tab.getByRole('button', { name: 'Back to the application' }).click();
  await approveAndGoOn(practice, wizard, tab);
});

test('Microsoft’s refusal without a page leads to the same wait', async () => {
  await using practice = await openPractice();
  const wizard = await openAccountDetails(
    practice,
    'The organisation requires approval, and Microsoft shows no page about it',
  );
  const tab = await pressSignIn(practice, wizard);
  await typePassword(tab, RECEPTION);
  await approveAndGoOn(practice, wizard, tab);
});

test('Microsoft’s own page can be left open: link and message show at once, and a press looks', async () => {
  await using practice = await openPractice();
  const wizard = await openAccountDetails(practice);
  const tab = await pressSignIn(practice, wizard);
  await typePassword(tab, RECEPTION);
  await tab.getByRole('heading', { name: 'Need admin approval' }).waitFor();
  await wizard.getByRole('button', { name: 'Microsoft’s page says that approval is needed' }).click();
  await wizard.getByRole('button', { name: 'Copy message for IT' }).waitFor();
  expect(await accessibilityFaults(practice.page)).toEqual([]);
  await practice.page.getByRole('button', { name: APPROVES }).click();
  const [looking] = await Promise.all([
    practice.context.waitForEvent('page'),
    wizard.getByRole('button', { name: 'I have the approval' }).click(),
  ]);
  await looking.getByRole('heading', { name: 'You can close this window' }).waitFor();
  await untilAuthenticated(wizard);
});
