import type { Locator, Page } from './browser.adapter.js';
import type { Practice } from './practice.js';
import { chooseMicrosoft, openSetup, PASSWORD, RECEPTION } from './set-up.js';

/** The wizard on Account Details, the address typed. */
export async function openAccountDetails(page: Page): Promise<Locator> {
  const wizard = await openSetup(page);
  await chooseMicrosoft(wizard);
  await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(RECEPTION);
  await button(wizard, 'Authenticate').and(wizard.locator(':not([aria-disabled=true])')).waitFor();
  return wizard;
}

/** The button of exactly that name. */
export function button(place: Locator | Page, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}

/** A browser with another profile on this computer, or on another. */
export async function openOtherBrowser({ context }: Practice): Promise<Page> {
  const browser = context.browser();
  if (!browser) throw new Error('the context has no browser');
  const other = await browser.newContext();
  context.once('close', () => void other.close());
  return other.newPage();
}

/** From the account picker to the page that asks for the password. */
export async function typeName(tab: Page, address: string): Promise<void> {
  await button(tab, 'Use another account').click();
  await tab.getByRole('textbox', { name: 'Email' }).fill(address);
  await button(tab, 'Next').click();
}

/** From the account picker to the page after the password. */
export async function typePassword(tab: Page, address: string): Promise<void> {
  await typeName(tab, address);
  await tab.getByLabel('Password').fill(PASSWORD);
  await button(tab, 'Sign in').click();
}
