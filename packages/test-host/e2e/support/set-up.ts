import type { Locator, Page } from './browser.adapter.js';
import type { Practice as WholePractice } from './practice.js';

/** What a walk needs of a practice: its page, and the browser that opens the tabs. */
type Practice = Pick<WholePractice, 'page' | 'context'>;

export const PASSWORD = 'Smile-2026';
export const CODE = '123456';
export const RECEPTION = 'reception@brightsmile.example';

/** Configure > Email and SMS Setup. */
export async function openSetup(page: Page): Promise<Locator> {
  await chooseMenu(page, 'Configure', 'Email and SMS Setup');
  const wizard = page.getByRole('dialog', { name: 'Email and SMS Setup' });
  await wizard.waitFor();
  return wizard;
}

/** Chooses an entry of the menu bar. */
export async function chooseMenu(page: Page, menu: string, entry: string): Promise<void> {
  await page.getByRole('menuitem', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** The wizard's page of that title. */
export function heading(wizard: Locator, title: string): Locator {
  return wizard.getByRole('heading', { name: title, exact: true });
}

/** Presses Next and waits for the page of that title. */
export async function next(wizard: Locator, title: string): Promise<void> {
  await wizard.getByRole('button', { name: 'Next', exact: true }).click();
  await heading(wizard, title).waitFor();
}

/** First page to second: Microsoft Office 365. */
export async function chooseMicrosoft(wizard: Locator): Promise<void> {
  await wizard.getByRole('radio', { name: 'Microsoft Office 365' }).click();
  await next(wizard, 'Account Details');
}

/** Presses the sign-in button and returns Microsoft's page, which opens in a new tab. */
export async function pressSignIn(practice: Practice, wizard: Locator, button = 'Authenticate'): Promise<Page> {
  const [tab] = await Promise.all([
    practice.context.waitForEvent('page'),
    wizard.getByRole('button', { name: button, exact: true }).click(),
  ]);
  await tab.getByRole('heading', { name: 'Pick an account' }).waitFor();
  return tab;
}

/** From the account picker to "you can close this window", as somebody who signs in for the first time in this browser. */
export async function signInAs(tab: Page, address: string, { code = false } = {}): Promise<void> {
  await tab.getByRole('button', { name: 'Use another account' }).click();
  await tab.getByRole('textbox', { name: 'Email' }).fill(address);
  await tab.getByRole('button', { name: 'Next' }).click();
  await tab.getByLabel('Password').fill(PASSWORD);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  if (code) {
    await tab.getByRole('textbox', { name: 'Code' }).fill(CODE);
    await tab.getByRole('button', { name: 'Verify' }).click();
  }
  await accept(tab);
}

/** Permissions requested: Accept, and the page that says that the window can be closed. */
export async function accept(tab: Page): Promise<void> {
  await tab.getByRole('heading', { name: 'Permissions requested' }).waitFor();
  await tab.getByRole('button', { name: 'Accept' }).click();
  await tab.getByText('close this window').waitFor();
  await tab.close();
}

/** Account Details until the Status says Authenticated. */
export async function authenticate(
  practice: Practice,
  wizard: Locator,
  address = RECEPTION,
  account = address,
): Promise<void> {
  await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(address);
  await signInAs(await pressSignIn(practice, wizard), account);
  await statusIs(wizard, 'Authenticated');
}

/** Waits until the Status has exactly that text. */
export async function statusIs(wizard: Locator, text: string): Promise<void> {
  await wizard
    .getByRole('status', { name: 'Status', exact: true })
    .filter({ hasText: new RegExp(`^${text}$`) })
    .waitFor();
}

/** From the menu to the last page, signed in. */
export async function goToTest(practice: Practice, address = RECEPTION, account = address): Promise<Locator> {
  const wizard = await openSetup(practice.page);
  await chooseMicrosoft(wizard);
  await authenticate(practice, wizard, address, account);
  await next(wizard, 'Scheduled Send and Receive');
  await next(wizard, 'Test');
  return wizard;
}

/** Presses Finish and answers the question about the practice information. */
export async function finish(practice: Practice, wizard: Locator, answer: 'Yes' | 'No' = 'No'): Promise<void> {
  await wizard.getByRole('button', { name: 'Finish', exact: true }).click();
  await wizard.waitFor({ state: 'detached' });
  const question = practice.page.getByRole('alertdialog', { name: 'Practice Information' });
  await question.getByRole('button', { name: answer, exact: true }).click();
  await question.waitFor({ state: 'detached' });
}

/** The whole set-up in its shortest form. */
export async function connectMailbox(practice: Practice, answer: 'Yes' | 'No' = 'No'): Promise<void> {
  await finish(practice, await goToTest(practice), answer);
}
