import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FailureError } from '@exact/host-contracts';
import { readFile } from 'node:fs/promises';
import { accessibilityFaults, openPage, openWindow, type OpenPage } from '../test/web-support/open-page.js';
import { sampleFailure } from '../test/web-support/sample-mail.js';
import { startChromium, type Browser, type Locator } from './support/browser.adapter.js';

let chromium: Browser;

beforeAll(async () => {
  chromium = await startChromium();
});

afterAll(async () => {
  await chromium.close();
});

/** A card says what happened, who puts it right and what to do; the server's words stand under Details only. */
async function expectCard(place: Locator): Promise<void> {
  const card = place.locator('.card').filter({ hasText: sampleFailure.sentence }).first();
  await card.getByText('Who can put it right: Your IT support').waitFor();
  await card.getByText(sampleFailure.advice).waitFor();
  const details = card.getByText(sampleFailure.details ?? '');
  expect(await details.isVisible()).toBe(false);
  await card.getByText('Details', { exact: true }).click();
  await details.waitFor();
}

const PLACES: readonly (readonly [place: string, walk: (opened: OpenPage) => Promise<Locator>])[] = [
  ['a page of the wizard', ({ page }) => openWindow(page, 'Configure', 'Email and SMS Setup')],
  [
    'a step of the test',
    async ({ page }) => {
      const wizard = await openWindow(page, 'Configure', 'Email and SMS Setup');
      await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('a@b.example');
      await wizard.getByRole('button', { name: 'Next', exact: true }).click();
      return wizard.getByRole('list', { name: 'Test steps' });
    },
  ],
  [
    'a refused Finish',
    async ({ page }) => {
      const wizard = await openWindow(page, 'Configure', 'Email and SMS Setup');
      await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('a@b.example');
      await wizard.getByRole('checkbox', { name: 'Reset Mailbox Counter' }).click();
      await wizard.getByRole('button', { name: 'Next', exact: true }).click();
      await wizard.getByRole('button', { name: 'Finish' }).click();
      return wizard.getByRole('alert');
    },
  ],
  ...['held', 'failed', 'uncertain'].map(
    (state) => [`an email that is ${state}`, (opened: OpenPage) => openEmail(opened, state)] as const,
  ),
  [
    'the diagnosis of the service',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Email service: needs attention' }).click();
      return page.getByRole('dialog', { name: 'Email service' });
    },
  ],
  [
    'the reasons why emails wait',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Email service: needs attention' }).click();
      const reasons = page.getByRole('region', { name: 'Why emails are in the Outbox' });
      await reasons.getByRole('heading', { name: '1 email held' }).waitFor();
      return reasons;
    },
  ],
  [
    'the reasons why emails can’t be received',
    async ({ page, host }) => {
      host.service = { ...host.service, state: 'working', reports: [], setAside: [sampleFailure, sampleFailure] };
      host.fire({ kind: 'health' });
      await page.getByRole('button', { name: 'Email service: working' }).click();
      const reasons = page.getByRole('region', { name: 'Why emails can’t be received yet' });
      await reasons.getByRole('heading', { name: '2 emails' }).waitFor();
      return reasons;
    },
  ],
  [
    'a command that fails',
    async ({ page, host }) => {
      host.service = { ...host.service, state: 'working', reports: [] };
      host.fire({ kind: 'health' });
      await page.getByRole('button', { name: 'Email service: working' }).click();
      const diagnosis = page.getByRole('dialog', { name: 'Email service' });
      await diagnosis.getByRole('button', { name: 'Restart email service' }).click();
      return diagnosis.locator('[aria-live]');
    },
  ],
  [
    'a warning',
    ({ page, host }) => {
      const choices = [{ text: 'Re-authenticate Now' }];
      host.raise({ id: 'warning', title: 'Email Warning', text: 'Email waits.', failure: sampleFailure, choices });
      return Promise.resolve(page.getByRole('alertdialog', { name: 'Email Warning' }));
    },
  ],
  [
    'a warning whose button fails',
    async ({ page, host }) => {
      const choices = [{ text: 'Re-authenticate Now' }];
      host.raise({ id: 'warning', title: 'Email Warning', text: 'Email waits.', choices });
      const warning = page.getByRole('alertdialog', { name: 'Email Warning' });
      await warning.getByRole('button', { name: 'Re-authenticate Now' }).click();
      return warning;
    },
  ],
  [
    'what the host refuses',
    async ({ page, host }) => {
      host.openWizard = () => Promise.reject(new FailureError(sampleFailure));
      await page.getByRole('menuitem', { name: 'Configure' }).click();
      await page.getByRole('menuitem', { name: 'Email and SMS Setup' }).click();
      return page.getByRole('alert');
    },
  ],
];

async function openEmail({ page }: OpenPage, state: string): Promise<Locator> {
  const email = await openWindow(page, 'File', 'Email');
  await email.getByRole('tab', { name: 'Outbox' }).click();
  await email.getByRole('row', { name: new RegExp(`\\(${state}\\)`) }).click();
  return email.getByRole('article', { name: 'Message' });
}

describe('who puts it right and what to do is said', () => {
  test.each(PLACES)('in %s', async (_place, walk) => {
    await using opened = await openPage(chromium);
    await expectCard(await walk(opened));
  });

  test('of each recipient who was refused, and whether it is sent again', async () => {
    await using opened = await openPage(chromium);
    const email = await openEmail(opened, 'failed');
    const recipient = email.getByRole('region', { name: /did not get it$/ });
    await recipient.getByText('Who can put it right: You').waitFor();
    await recipient.getByText('EXACT does not send it again before you press Reset.').waitFor();
  });

  test('of a plugin that is not there', async () => {
    await using opened = await openPage(chromium);
    await opened.host.panel.restart('V13.705');
    const about = await openWindow(opened.page, 'Help', 'About');
    await about.getByText('EXACT Email needs V13.706 or newer; this host is V13.705.').waitFor();
    await about.getByText('Who can put it right: EXACT support').waitFor();
  });
});

test('the support file is read before it is saved, and what is saved is what was read', async () => {
  await using opened = await openPage(chromium);
  const { page } = opened;
  await page.getByRole('button', { name: 'Email service: needs attention' }).click();
  const diagnosis = page.getByRole('dialog', { name: 'Email service' });
  await diagnosis.getByText('Microsoft Office 365').waitFor();
  await diagnosis.getByRole('button', { name: 'Support file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Support file' });
  const shown = await dialog.getByRole('textbox', { name: 'This is all that the file holds.' }).inputValue();
  expect(shown).toBe((await opened.host.supportFile()).text);
  await expect(accessibilityFaults(page)).resolves.toEqual([]);
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('exact-email-support.txt');
  await expect(readFile(await download.path(), 'utf8')).resolves.toBe(shown);
});
