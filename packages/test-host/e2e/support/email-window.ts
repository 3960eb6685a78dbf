import type { Locator, Page } from './browser.adapter.js';
import { chooseMenu } from './set-up.js';

/** File > Email. */
export async function openEmail(page: Page): Promise<Locator> {
  await chooseMenu(page, 'File', 'Email');
  const window = page.getByRole('dialog', { name: 'Email', exact: true });
  await window.waitFor();
  return window;
}

/** The rows of a tab that hold the text; while the window changes over, the tab it leaves has none. */
export async function rows(
  window: Locator,
  tab: 'Inbox' | 'Outbox' | 'Sent' | 'Deleted',
  text: string | RegExp,
): Promise<Locator> {
  await window.getByRole('tab', { name: tab }).click();
  const panel = window.getByRole('tabpanel', { name: tab, exact: true });
  return panel.getByRole('table', { name: 'Messages' }).getByRole('row').filter({ hasText: text });
}

/** Writes an email and presses Send. */
export async function sendEmail(
  page: Page,
  window: Locator,
  email: { to: string; subject: string; message: string },
): Promise<void> {
  await window.getByRole('button', { name: 'New email' }).click();
  const form = page.getByRole('dialog', { name: 'New email' });
  await form.getByRole('textbox', { name: 'To', exact: true }).fill(email.to);
  await form.getByRole('textbox', { name: 'Subject', exact: true }).fill(email.subject);
  await form.getByRole('textbox', { name: 'Message', exact: true }).fill(email.message);
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}
