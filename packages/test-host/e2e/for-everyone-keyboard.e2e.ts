import { afterAll, expect, test } from '@jest/globals';
import { focused } from '../test/web-support/open-page.js';
import type { Locator, Page } from './support/browser.adapter.js';
import { Keyboard } from './support/keyboard.js';
import { closeChromium, openPractice, type Practice } from './support/practice.js';
import { CODE, heading, PASSWORD, RECEPTION, statusIs } from './support/set-up.js';

afterAll(closeChromium);

const MANAGER = 'manager@brightsmile.example';

test('S2 to S14 by keyboard alone at 200 %, the focus always in sight', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  // What a window of 1280 × 800 has room for at 200 %: the focus has to be scrolled to.
  await page.setViewportSize({ width: 640, height: 400 });
  await page.getByRole('cell', { name: 'Alice Thornton' }).first().waitFor();
  const keyboard = new Keyboard(page);
  const wizard = page.getByRole('dialog', { name: 'Email and SMS Setup' });

  await keyboard.use(page.getByRole('checkbox', { name: 'Campaign+' }), 'Space');
  await openSetup(page, keyboard);
  await keyboard.press('Escape');
  await wizard.waitFor({ state: 'detached' });
  await expect(focused(page)).resolves.toBe('menuitem Configure');

  await openSetup(page, keyboard);
  await chooseMicrosoft(wizard, keyboard);
  await enterAddress(page, wizard, keyboard);
  await signIn(practice, wizard, keyboard);
  await useRestOfAccountPage(wizard, keyboard);
  await schedule(wizard, keyboard);
  await runTest(wizard, keyboard);
  await finish(page, wizard, keyboard);
  await readPracticeInformation(page, keyboard);
});

/** S2. */
async function openSetup(page: Page, keyboard: Keyboard): Promise<void> {
  await keyboard.tabTo(page.getByRole('menuitem', { name: /^(File|Configure)$/ }), 'Shift+Tab');
  while ((await focused(page)) !== 'menuitem Configure') await keyboard.press('ArrowRight');
  await keyboard.press('ArrowDown');
  await keyboard.waitUntilAt(page.getByRole('menuitem', { name: 'Email and SMS Setup' }));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Email and SMS Setup' }).locator(':focus').waitFor();
  await keyboard.expectFocusInSight('in the wizard');
}

/** S3. */
async function chooseMicrosoft(wizard: Locator, keyboard: Keyboard): Promise<void> {
  const microsoft = wizard.getByRole('radio', { name: 'Microsoft Office 365' });
  const off = wizard.getByRole('radio', { name: 'Do not send or receive email' });
  await keyboard.tabTo(microsoft.or(off));
  await keyboard.press('ArrowDown', 'Space');
  await off.and(wizard.locator(':checked')).waitFor();
  await keyboard.press('ArrowUp', 'Space');
  await next(wizard, keyboard, 'Account Details');
}

async function next(wizard: Locator, keyboard: Keyboard, title: string): Promise<void> {
  await keyboard.use(wizard.getByRole('button', { name: 'Next' }));
  await keyboard.waitUntilAt(heading(wizard, title));
}

/** S4 and S8. */
async function enterAddress(page: Page, wizard: Locator, keyboard: Keyboard): Promise<void> {
  const address = wizard.getByRole('textbox', { name: 'Practice Email Address' });
  await keyboard.fill(address, 'brightsmile@hotmail.co.uk');
  const toArticle = wizard.getByRole('button', { name: /personal accounts/ });
  await toArticle.waitFor();
  await keyboard.use(toArticle);
  const article = page.getByRole('dialog', { name: /personal accounts/ });
  await article.locator(':focus').waitFor();
  await keyboard.use(article.getByRole('button', { name: 'Close' }));
  await keyboard.waitUntilAt(toArticle);
  await keyboard.fill(address, RECEPTION, 'Shift+Tab');
}

/** S5 to S7: begun and cancelled, then with the wrong account, then with the right one. */
async function signIn(practice: Practice, wizard: Locator, keyboard: Keyboard): Promise<void> {
  const authenticate = wizard.getByRole('button', { name: 'Authenticate' });
  const another = wizard.getByRole('button', { name: 'Use another account' });
  await openSignIn(practice, keyboard, authenticate);
  await keyboard.use(wizard.getByRole('button', { name: 'Cancel sign-in' }));
  await keyboard.waitUntilAt(authenticate);

  const first = await openSignIn(practice, keyboard, authenticate);
  await signInAs(first, MANAGER, { code: true });
  await keyboard.waitUntilAt(another);
  const second = await openSignIn(practice, keyboard, another);
  await signInAs(second, RECEPTION);
  await statusIs(wizard, 'Authenticated');
  await keyboard.expectFocusInSight('after the sign-in');
}

async function openSignIn({ context }: Practice, keyboard: Keyboard, button: Locator): Promise<Page> {
  const [tab] = await Promise.all([context.waitForEvent('page'), keyboard.use(button)]);
  await tab.getByRole('heading', { name: 'Pick an account' }).waitFor();
  return tab;
}

async function signInAs(tab: Page, address: string, { code = false } = {}): Promise<void> {
  const keyboard = new Keyboard(tab);
  const title = (name: string): Promise<void> => tab.getByRole('heading', { name, exact: true }).waitFor();
  await keyboard.expectFocusInSight('on the account picker');
  await keyboard.use(tab.getByRole('button', { name: 'Use another account' }));
  await title('Sign in');
  await keyboard.expectFocusInSight('on the page Sign in');
  await tab.keyboard.type(address);
  await tab.keyboard.press('Enter');
  await title('Enter password');
  await tab.keyboard.type('nonsense');
  await tab.keyboard.press('Enter');
  await tab.getByRole('alert').waitFor();
  await keyboard.expectFocusInSight('after a wrong password');
  await tab.keyboard.type(PASSWORD);
  await tab.keyboard.press('Enter');
  if (code) {
    await title('Verify your identity');
    await keyboard.fill(tab.getByRole('textbox', { name: 'Code' }), CODE);
    await tab.keyboard.press('Enter');
  }
  await title('Permissions requested');
  await keyboard.use(tab.getByRole('button', { name: 'Accept' }));
  await title('You can close this window');
  await tab.close();
}

/** S9 and S10. */
async function useRestOfAccountPage(wizard: Locator, keyboard: Keyboard): Promise<void> {
  const help = wizard.getByRole('button', { name: 'Help with signing in' });
  const steps = wizard.getByRole('region', { name: 'Help with signing in' });
  await keyboard.use(help);
  await steps.waitFor();
  await keyboard.use(help);
  await steps.waitFor({ state: 'detached' });
  await keyboard.use(wizard.getByRole('checkbox', { name: 'Reset Mailbox Counter' }), 'Space');
  await wizard.getByText('The mailbox holds 300 messages').waitFor();
  await keyboard.expectFocusInSight('after Reset Mailbox Counter');
}

/** S11. */
async function schedule(wizard: Locator, keyboard: Keyboard): Promise<void> {
  await next(wizard, keyboard, 'Scheduled Send and Receive');
  await keyboard.use(wizard.getByRole('checkbox', { name: 'Send all email immediately' }), 'Space');
  await keyboard.fill(wizard.getByRole('spinbutton', { name: 'Delay between emails (seconds)' }), '7');
  await keyboard.use(wizard.getByRole('button', { name: 'Set times on Monday' }));
  await keyboard.waitUntilAt(wizard.getByLabel('Monday, from'));
  await keyboard.use(wizard.getByRole('button', { name: 'Remove Tuesday' }));
  await wizard.getByText('Not checked').waitFor();
  await keyboard.expectFocusInSight('after Remove');
  await keyboard.fill(wizard.getByRole('spinbutton', { name: 'Check every (minutes)' }), '15');
  await keyboard.use(wizard.getByRole('button', { name: 'Add a time of day' }));
  const time = wizard.getByLabel('Time 1', { exact: true });
  await time.waitFor();
  await keyboard.tabTo(time, 'Shift+Tab');
  await keyboard.use(wizard.getByRole('button', { name: 'Remove time 1' }));
  await time.waitFor({ state: 'detached' });
  await keyboard.waitUntilAt(wizard.getByRole('button', { name: 'Add a time of day' }));
}

/** S12. */
async function runTest(wizard: Locator, keyboard: Keyboard): Promise<void> {
  await next(wizard, keyboard, 'Test');
  await keyboard.use(wizard.getByRole('button', { name: 'Run test' }));
  const steps = wizard.getByRole('list', { name: 'Test steps' }).getByRole('listitem');
  await steps.filter({ hasText: 'Passed' }).nth(3).waitFor();
  await keyboard.expectFocusInSight('after the test');
}

/** S13 and S14. */
async function finish(page: Page, wizard: Locator, keyboard: Keyboard): Promise<void> {
  await keyboard.use(wizard.getByRole('button', { name: 'Finish' }));
  const question = page.getByRole('alertdialog', { name: 'Practice Information' });
  await question.locator(':focus').waitFor();
  await keyboard.use(question.getByRole('button', { name: 'Yes' }));
  const notice = page.getByRole('alertdialog', { name: 'Campaign+' });
  await notice.locator(':focus').waitFor();
  await keyboard.use(notice.getByRole('button', { name: 'OK' }));
  await notice.waitFor({ state: 'detached' });
  await keyboard.waitUntilAt(page.getByRole('menuitem', { name: 'Configure' }));
}

async function readPracticeInformation(page: Page, keyboard: Keyboard): Promise<void> {
  await page.keyboard.press('Enter');
  await keyboard.waitUntilAt(page.getByRole('menuitem', { name: 'Email and SMS Setup' }));
  await keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const information = page.getByRole('dialog', { name: 'Practice Information' });
  const address = information.getByRole('textbox', { name: 'Email address' });
  await keyboard.waitUntilAt(address);
  await expect(address.inputValue()).resolves.toBe(RECEPTION);
  await page.keyboard.press('Escape');
  await information.waitFor({ state: 'detached' });
  await keyboard.waitUntilAt(page.getByRole('menuitem', { name: 'Configure' }));
}
