import { afterAll, describe, expect, test } from '@jest/globals';
import { accessibilityFaults, openPage, openWindow } from '../test/web-support/open-page.js';
import { startChromium, type Locator, type Page } from './support/browser.adapter.js';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { Keyboard } from './support/keyboard.js';
import { outOfReach } from './support/reach.js';
import { closeChromium, openPractice, type Practice } from './support/practice.js';
import {
  chooseMicrosoft,
  connectMailbox,
  finish,
  next,
  openSetup,
  PASSWORD,
  pressSignIn,
  RECEPTION,
  statusIs,
} from './support/set-up.js';

afterAll(closeChromium);

/** A window of 1280 × 800 at 200 % has room for half as many CSS pixels each way. */
const ZOOMED = { width: 640, height: 400 };
const SMALL = { width: 1024, height: 700 };

test('at 200 % and at 1024 × 700 everything can be reached, and the whole set-up be done', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  const lost: Record<string, readonly string[]> = {};
  const look = async (at: string, where: Page = page): Promise<void> => {
    for (const [size, viewport] of Object.entries({ SMALL, ZOOMED })) {
      await where.setViewportSize(viewport);
      const found = await outOfReach(where);
      if (found.length > 0) lost[`${at}, ${size}`] = found;
    }
  };
  await page.getByRole('cell', { name: 'Alice Thornton' }).first().waitFor();
  await look('desktop');
  await lookAtWizard(practice, look);
  await lookAtMail(practice, look);
  expect(lost).toEqual({});
});

type Look = (at: string, where?: Page) => Promise<void>;

async function lookAtWizard(practice: Practice, look: Look): Promise<void> {
  const { page } = practice;
  const wizard = await openSetup(page);
  await look('Email Provider');
  await chooseMicrosoft(wizard);
  await wizard.getByRole('button', { name: 'Help with signing in' }).click();
  await wizard.getByRole('region', { name: 'Help with signing in' }).waitFor();
  await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(RECEPTION);
  const tab = await pressSignIn(practice, wizard);
  await wizard.getByRole('link', { name: 'Open the sign-in page' }).waitFor();
  await look('Account Details');
  await signInZoomed(tab, look);
  await statusIs(wizard, 'Authenticated');
  await wizard.getByRole('checkbox', { name: 'Reset Mailbox Counter' }).click();
  await wizard.getByText('The mailbox holds 300 messages').waitFor();
  await look('Account Details, authenticated');
  await next(wizard, 'Scheduled Send and Receive');
  await wizard.getByRole('button', { name: 'Set times on Monday' }).click();
  await wizard.getByRole('button', { name: 'Add a time on Monday' }).click();
  await wizard.getByRole('button', { name: 'Add a time of day' }).click();
  await wizard.getByLabel('Time 1', { exact: true }).waitFor();
  await look('Scheduled Send and Receive');
  await next(wizard, 'Test');
  await wizard.getByRole('button', { name: 'Run test' }).click();
  const steps = wizard.getByRole('list', { name: 'Test steps' }).getByRole('listitem');
  await steps.filter({ hasText: 'Passed' }).nth(3).waitFor();
  await look('Test');
  await finish(practice, wizard, 'No');
}

async function signInZoomed(tab: Page, look: Look): Promise<void> {
  await look('Pick an account', tab);
  await tab.getByRole('button', { name: 'Use another account' }).click();
  await tab.getByRole('textbox', { name: 'Email' }).fill(RECEPTION);
  await look('Sign in', tab);
  await tab.getByRole('button', { name: 'Next' }).click();
  await tab.getByLabel('Password').fill(PASSWORD);
  await look('Enter password', tab);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('heading', { name: 'Permissions requested' }).waitFor();
  await look('Permissions requested', tab);
  await tab.getByRole('button', { name: 'Accept' }).click();
  await tab.getByText('close this window').waitFor();
  await look('end of the sign-in', tab);
  await tab.close();
}

async function lookAtMail({ page }: Practice, look: Look): Promise<void> {
  const email = await openEmail(page);
  await email.getByText(/300 messages/).waitFor();
  await look('Inbox');
  await (await rows(email, 'Inbox', /./)).nth(2).click();
  await email.getByRole('button', { name: 'Delete' }).waitFor();
  await look('Inbox, reading');
  await email.getByRole('button', { name: 'New email' }).click();
  await look('New email');
  await page.keyboard.press('Escape');
  const subject = 'Written at 200 %';
  await sendEmail(page, email, { to: 'manager@brightsmile.example', subject, message: 'Hello' });
  await (await rows(email, 'Sent', subject)).click();
  await email.getByRole('article', { name: 'Message' }).waitFor();
  await look('Sent, reading');
  await email.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Email service: working' }).click();
  await page.getByRole('dialog', { name: 'Email service' }).waitFor();
  await look('diagnosis');
  await page.keyboard.press('Escape');
}

describe('a person who asked the system', () => {
  test('for less motion sees nothing move', async () => {
    await using chromium = await startChromium();
    // The fake host's test never gets past opening the mailbox.
    await using opened = await openPage(chromium);
    const { page } = opened;
    const wizard = await openWindow(page, 'Configure', 'Email and SMS Setup');
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('a@b.example');
    await wizard.getByRole('button', { name: 'Next', exact: true }).click();
    await wizard.getByRole('listitem').filter({ hasText: 'Running' }).waitFor();
    await expect(moving(page)).resolves.toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect(moving(page)).resolves.toBe(0);
    await wizard.getByRole('button', { name: 'Cancel' }).click();
    await expect(moving(page)).resolves.toBe(0);
  });

  test('for its own few colours sees the focus, what is chosen and how the service fares', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await page.emulateMedia({ forcedColors: 'active' });
    await chooseNothing(page);
    const wizard = await openSetup(page);
    await chooseMicrosoft(wizard);
    const words = await style(wizard.getByText('Status', { exact: true }), 'color');
    await expect(style(wizard.locator('.mark').first(), 'color')).resolves.toBe(words);
    await wizard.getByRole('button', { name: 'Cancel' }).click();
    await connectMailbox(practice);
    const light = page.getByRole('contentinfo').locator('.light');
    await expect(style(light, 'border-color')).resolves.toBe(words);
    const email = await openEmail(page);
    await email.getByText(/300 messages/).waitFor();
    await (await rows(email, 'Inbox', /./)).nth(2).click();
    await expect(ring(email.getByRole('tab', { name: 'Inbox' }))).resolves.toMatch(/^solid [1-9]/);
    await expect(ring(email.locator('[aria-current=true]'))).resolves.toMatch(/^solid [1-9]/);
  });

  test('for more contrast gets 7 to 1', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await page.emulateMedia({ contrast: 'more' });
    const faults = (where: Page): Promise<readonly unknown[]> =>
      accessibilityFaults(where, ['color-contrast-enhanced']);
    await page.getByRole('cell', { name: 'Alice Thornton' }).first().waitFor();
    await expect(faults(page)).resolves.toEqual([]);
    const wizard = await openSetup(page);
    await chooseMicrosoft(wizard);
    await expect(faults(page)).resolves.toEqual([]);
    await wizard.getByRole('button', { name: 'Cancel' }).click();
    await connectMailbox(practice);
    const email = await openEmail(page);
    await email.getByText(/300 messages/).waitFor();
    await (await rows(email, 'Inbox', /./)).nth(2).click();
    await email.getByRole('button', { name: 'Delete' }).waitFor();
    await expect(faults(page)).resolves.toEqual([]);
  });
});

/** Opens a menu and leaves it: the entry under the focus has a ring. */
async function chooseNothing(page: Page): Promise<void> {
  const keyboard = new Keyboard(page);
  await page.getByRole('menuitem', { name: 'File' }).focus();
  await page.keyboard.press('ArrowDown');
  const entry = page.getByRole('menuitem', { name: 'Email' });
  await keyboard.waitUntilAt(entry);
  await expect(ring(entry)).resolves.toMatch(/^solid [1-9]/);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

function moving(page: Page): Promise<number> {
  return page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
}

async function ring(target: Locator): Promise<string> {
  return `${await style(target, 'outline-style')} ${await style(target, 'outline-width')}`;
}

function style(target: Locator, property: string): Promise<string> {
  return target.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
}
