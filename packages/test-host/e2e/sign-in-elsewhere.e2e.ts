import { afterAll, describe, expect, test } from '@jest/globals';
import { accessibilityFaults } from '../test/web-support/open-page.js';
import { button, openAccountDetails, openOtherBrowser, typePassword } from './support/account-details.js';
import { turn } from './support/panel.js';
import { closeChromium, openPractice } from './support/practice.js';
import { pressSignIn, RECEPTION, signInAs, statusIs } from './support/set-up.js';

afterAll(closeChromium);

describe('a browser that policy blocks', () => {
  test('the copied link works in another browser on this computer', async () => {
    await using practice = await openPractice();
    const { page, context } = practice;
    await turn(page, 'The browser does not open by itself', true);
    const wizard = await openAccountDetails(page);
    await button(wizard, 'Authenticate').click();
    await wizard.getByText('The browser did not open by itself.').waitFor();
    expect(context.pages()).toHaveLength(1);
    expect(await accessibilityFaults(page)).toEqual([]);

    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(wizard, 'Copy link').click();
    await wizard.getByText('Copied.').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const otherBrowser = await openOtherBrowser(practice);
    await otherBrowser.goto(link);
    await signInAs(otherBrowser, RECEPTION);
    await statusIs(wizard, 'Authenticated');
  });

  test('in a browser without a clipboard the link stands there selected', async () => {
    await using practice = await openPractice();
    const { page, context } = practice;
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.reload();
    const wizard = await openAccountDetails(page);
    await pressSignIn(practice, wizard);
    await page.bringToFront();
    await button(wizard, 'Copy link').click();
    await wizard.getByText('press Ctrl+C').waitFor();
    const link = await wizard.getByRole('link', { name: 'Open the sign-in page' }).getAttribute('href');
    await wizard.getByRole('textbox', { name: 'Link to the sign-in page' }).waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(link);
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

describe('Sign in with a code instead', () => {
  test('warns first, shows a code, and takes whoever types it on another device', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    const wizard = await openAccountDetails(page);
    await button(wizard, 'Sign in with a code instead').click();
    await wizard.getByText('Never type a code that somebody sent or told you').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await button(wizard, 'Show the code').click();
    await statusIs(wizard, 'Waiting for you to sign in with the code');
    expect(await accessibilityFaults(page)).toEqual([]);
    const code = await wizard.getByRole('textbox', { name: 'Copy the code: the text' }).inputValue();
    const address = (await wizard.getByRole('link', { name: /devicelogin$/ }).getAttribute('href')) ?? '';

    const phone = await openOtherBrowser(practice);
    await phone.goto(address);
    await phone.getByRole('heading', { name: 'Enter code' }).waitFor();
    expect(await accessibilityFaults(phone)).toEqual([]);
    await phone.getByRole('textbox', { name: 'Code' }).fill(code);
    await button(phone, 'Next').click();
    await signInAs(phone, RECEPTION);
    await statusIs(wizard, 'Authenticated');
    await wizard.getByText(`Signed in as ${RECEPTION}`, { exact: true }).waitFor();
  });

  test('is refused where a policy forbids it, and says who can change that; Cancel sign-in and Authenticate go on', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await turn(page, 'Microsoft refuses sign-ins with a code (a policy of the organisation)', true);
    const wizard = await openAccountDetails(page);
    await button(wizard, 'Sign in with a code instead').click();
    await button(wizard, 'Show the code').click();
    const code = await wizard.getByRole('textbox', { name: 'Copy the code: the text' }).inputValue();
    const [phone] = await Promise.all([
      practice.context.waitForEvent('page'),
      wizard.getByRole('link', { name: /devicelogin$/ }).click(),
    ]);
    await phone.getByRole('textbox', { name: 'Code' }).fill(code);
    await button(phone, 'Next').click();
    await typePassword(phone, RECEPTION);
    await button(phone, 'Accept').click();
    await phone.getByRole('heading', { name: "You don't have access to this" }).waitFor();
    await phone.close();
    await statusIs(wizard, 'Not authenticated');
    await wizard.getByText('Your organisation’s security rules do not let you sign in with a code.').waitFor();

    await button(wizard, 'Sign in with a code instead').click();
    await button(wizard, 'Show the code').click();
    await button(wizard, 'Cancel sign-in').click();
    await statusIs(wizard, 'Not authenticated');
    await wizard.getByText('The sign-in was cancelled.').waitFor();
    await button(wizard, 'Authenticate').and(wizard.locator(':not([aria-disabled=true])')).waitFor();
  });
});
