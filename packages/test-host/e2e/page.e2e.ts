import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, startChromium } from './support/browser.adapter.js';
import { accessibilityFaults, focused, openPage, openWindow } from '../test/web-support/open-page.js';

let chromium: Browser;

beforeAll(async () => {
  chromium = await startChromium();
});

afterAll(async () => {
  await chromium.close();
});

const WARNING = {
  id: 'warning',
  title: 'Email Warning',
  text: 'The sign-in has ended.',
  choices: [{ text: 'Re-authenticate Now' }, { text: 'Later' }],
};

describe('the wizard frame', () => {
  test('what was typed goes before the button that was pressed right after it', async () => {
    await using opened = await openPage(chromium);
    const wizard = await openWindow(opened.page, 'Configure', 'Email and SMS Setup');
    const address = wizard.getByRole('textbox', { name: 'Practice Email Address' });
    await address.fill('reception@x.example');
    const next = wizard.getByRole('button', { name: 'Next', exact: true });
    await next.and(opened.page.locator(':not([aria-disabled=true])')).waitFor();
    await address.press('End');
    await opened.page.keyboard.type('.uk');
    await next.click();
    await wizard.getByRole('heading', { name: 'Test', exact: true }).waitFor();
    expect(opened.host.wizards[0]?.record.at(-1)).toBe('change address "reception@x.example.uk"');
  });

  test('the caret stays where it is while the host answers', async () => {
    await using opened = await openPage(chromium);
    const wizard = await openWindow(opened.page, 'Configure', 'Email and SMS Setup');
    const address = wizard.getByRole('textbox', { name: 'Practice Email Address' });
    await address.fill('@x.example');
    await address.press('Home');
    await address.pressSequentially('reception', { delay: 60 });
    await expect(address.inputValue()).resolves.toBe('reception@x.example');
    await wizard
      .getByRole('status', { name: 'Status' })
      .filter({ hasText: /^Authenticated$/ })
      .waitFor();
    await expect(address.evaluate((input: HTMLInputElement) => input.selectionStart)).resolves.toBe(9);
  });

  test('a control of a kind that the page does not know shows its text', async () => {
    await using opened = await openPage(chromium);
    const wizard = await openWindow(opened.page, 'Configure', 'Email and SMS Setup');
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('a@b.example');
    await wizard.getByRole('button', { name: 'Next', exact: true }).click();
    await wizard.getByText('A control of a later host').waitFor();
  });

  test('a refused Finish keeps the window open and says why', async () => {
    await using opened = await openPage(chromium);
    const wizard = await openWindow(opened.page, 'Configure', 'Email and SMS Setup');
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('a@b.example');
    await wizard.getByRole('checkbox', { name: 'Reset Mailbox Counter' }).click();
    await wizard.getByRole('button', { name: 'Next', exact: true }).click();
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await wizard.getByRole('alert').getByText('Microsoft does not let this mailbox send').waitFor();
    expect(opened.host.wizards[0]?.isDisposed).toBe(false);
  });

  test('leaving the page is Cancel', async () => {
    await using opened = await openPage(chromium);
    await openWindow(opened.page, 'Configure', 'Email and SMS Setup');
    const cancelled = opened.host.wizards[0]?.whenDisposed();
    await opened.page.reload();
    await cancelled;
  });

  test('a question waits until the wizard is closed', async () => {
    await using opened = await openPage(chromium);
    const wizard = await openWindow(opened.page, 'Configure', 'Email and SMS Setup');
    opened.host.raise(WARNING);
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('a@b.example');
    await wizard.getByRole('button', { name: 'Next', exact: true }).click();
    await wizard.getByRole('heading', { name: 'Test', exact: true }).waitFor();
    await expect(opened.page.getByRole('alertdialog').count()).resolves.toBe(0);
    await wizard.getByRole('button', { name: 'Cancel', exact: true }).click();
    const warning = opened.page.getByRole('alertdialog', { name: 'Email Warning' });
    await warning.getByRole('button', { name: 'Later' }).click();
    await warning.waitFor({ state: 'detached' });
    expect(opened.host.record).toContain('answer warning Later');
  });

  test('the panel can be used while it is open, and a restart cancels it', async () => {
    await using opened = await openPage(chromium);
    const wizard = await openWindow(opened.page, 'Configure', 'Email and SMS Setup');
    await opened.page.getByRole('button', { name: 'Restart' }).click();
    await wizard.waitFor({ state: 'detached' });
    expect(opened.host.wizards[0]?.isDisposed).toBe(true);
    await opened.page.getByRole('alert').getByText('nothing of it was saved').waitFor();
  });
});

describe('by keyboard alone', () => {
  test('menus, windows and messages are reached, and the focus comes back', async () => {
    await using opened = await openPage(chromium);
    const { page } = opened;
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Email and SMS Setup' }).waitFor();
    await page.keyboard.press('Enter');
    const wizard = page.getByRole('dialog', { name: 'Email and SMS Setup' });
    await wizard.waitFor();
    for (let press = 0; press < 15; press += 1) {
      await page.keyboard.press('Tab');
      await expect(wizard.locator(':focus').count()).resolves.toBe(1);
    }
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Escape');
    await wizard.waitFor({ state: 'detached' });
    await expect(focused(page)).resolves.toBe('menuitem Configure');
  });

  test('new mail moves neither the choice nor the focus', async () => {
    await using opened = await openPage(chromium);
    const { page, host } = opened;
    const email = await openWindow(page, 'File', 'Email');
    await email.getByRole('row', { name: /Toothache/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await email.getByRole('heading', { name: 'Question 249 about my appointment' }).waitFor();
    const before = await focused(page);
    await host.panel.writeAsPatient('p1');
    await email.getByText('251 messages').waitFor();
    await expect(focused(page)).resolves.toBe(before);
    await expect(email.locator('tr[aria-current=true]').textContent()).resolves.toContain('Question 249');
  });
});

test.each([
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
])('axe finds nothing at $width × $height', async (viewport) => {
  await using opened = await openPage(chromium, viewport);
  const { page, host } = opened;
  await expect(accessibilityFaults(page)).resolves.toEqual([]);

  const wizard = await openWindow(page, 'Configure', 'Email and SMS Setup');
  await wizard.getByRole('button', { name: 'Help with signing in' }).click();
  await wizard.getByRole('region', { name: 'Help with signing in' }).waitFor();
  await expect(accessibilityFaults(page)).resolves.toEqual([]);
  await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('a@b.example');
  await wizard.getByRole('button', { name: 'Next', exact: true }).click();
  await wizard.getByRole('list', { name: 'Test steps' }).waitFor();
  await expect(accessibilityFaults(page)).resolves.toEqual([]);
  await wizard.getByRole('button', { name: 'Cancel', exact: true }).click();

  const email = await openWindow(page, 'File', 'Email');
  await email.getByRole('row', { name: /Toothache/ }).click();
  await email.getByRole('button', { name: 'Save notes.txt' }).waitFor();
  await expect(accessibilityFaults(page)).resolves.toEqual([]);
  await email.getByRole('tab', { name: 'Outbox' }).click();
  await email.getByRole('row', { name: /uncertain/ }).click();
  await email.getByRole('button', { name: 'It arrived' }).waitFor();
  await expect(accessibilityFaults(page)).resolves.toEqual([]);
  await email.getByRole('button', { name: 'New email' }).click();
  await page.getByRole('dialog', { name: 'New email' }).getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Type at least one email address').waitFor();
  await expect(accessibilityFaults(page)).resolves.toEqual([]);
  await page.keyboard.press('Escape');
  await email.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Email service: needs attention' }).click();
  await page.getByRole('dialog', { name: 'Email service' }).waitFor();
  host.raise(WARNING);
  await page.getByRole('alertdialog', { name: 'Email Warning' }).waitFor();
  await expect(accessibilityFaults(page)).resolves.toEqual([]);
});
