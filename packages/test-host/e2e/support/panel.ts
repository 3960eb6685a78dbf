import type { Page } from './browser.adapter.js';

/** In the panel "Test host": who writes, or is written to. */
export async function choosePatient(page: Page, name: string): Promise<void> {
  const patients = page.getByRole('combobox', { name: 'Patient' });
  const label = await patients.getByRole('option', { name }).textContent();
  await patients.selectOption({ label: label ?? '' });
}

/** Gives the database another name, which says whether it is genuine. */
export async function renameDatabase(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Database name' }).fill(name);
  await page.getByRole('button', { name: 'Rename' }).click();
}

/** Starts the host again as that version. */
export async function restartAs(page: Page, version: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Host version' }).fill(version);
  await page.getByRole('button', { name: 'Restart' }).click();
}

/** Turns a situation on or off, and waits until it is. */
export async function turn(page: Page, situation: string, on: boolean): Promise<void> {
  await page.getByRole('checkbox', { name: situation, exact: true, checked: !on }).click();
  await page.getByRole('checkbox', { name: situation, exact: true, checked: on }).waitFor();
}
