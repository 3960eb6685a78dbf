import { afterAll, describe, expect, test } from '@jest/globals';
import { closeChromium, openPractice, type Practice } from './support/practice.js';
import { storedEmailSetup } from './support/practice-file.adapter.js';
import {
  authenticate,
  chooseMicrosoft,
  finish,
  goToTest,
  heading,
  next,
  openSetup,
  RECEPTION,
} from './support/set-up.js';

afterAll(closeChromium);

/** Each page of the wizard, and how a user comes to it. */
const PAGES: readonly [title: string, go: (practice: Practice) => Promise<void>][] = [
  [
    'Email Provider',
    async ({ page }) => {
      await (await openSetup(page)).getByRole('radio', { name: 'Microsoft Office 365' }).click();
    },
  ],
  [
    'Account Details',
    async (practice) => {
      const wizard = await openSetup(practice.page);
      await chooseMicrosoft(wizard);
      await authenticate(practice, wizard);
      await wizard.getByRole('checkbox', { name: 'Reset Mailbox Counter' }).click();
    },
  ],
  [
    'Scheduled Send and Receive',
    async (practice) => {
      const wizard = await openSetup(practice.page);
      await chooseMicrosoft(wizard);
      await authenticate(practice, wizard);
      await next(wizard, 'Scheduled Send and Receive');
      await wizard.getByRole('checkbox', { name: 'Send all email immediately' }).click();
    },
  ],
  [
    'Test',
    async (practice) => {
      const wizard = await goToTest(practice);
      await wizard.getByRole('button', { name: 'Run test' }).click();
      await wizard.getByRole('listitem').filter({ hasText: 'Passed' }).nth(3).waitFor();
    },
  ],
];

describe('S13: nothing is saved until Finish', () => {
  test.each(PAGES)('Cancel on %s leaves everything as it was', async (title, go) => {
    await using practice = await openPractice();
    const before = storedEmailSetup(practice.host.dataDirectory);
    await go(practice);
    const wizard = practice.page.getByRole('dialog', { name: 'Email and SMS Setup' });
    await heading(wizard, title).waitFor();
    await wizard.getByRole('button', { name: 'Cancel', exact: true }).click();
    await wizard.waitFor({ state: 'detached' });
    expect(storedEmailSetup(practice.host.dataDirectory)).toEqual(before);
    const again = await openSetup(practice.page);
    await expect(again.getByRole('radio', { checked: true }).count()).resolves.toBe(0);
  });

  test('a window that is closed in mid-wizard leaves everything as it was', async () => {
    await using practice = await openPractice();
    const before = storedEmailSetup(practice.host.dataDirectory);
    await goToTest(practice);
    await practice.page.reload();
    await practice.page.getByRole('menubar').waitFor();
    expect(storedEmailSetup(practice.host.dataDirectory)).toEqual(before);
    await expect(practice.page.getByRole('dialog').count()).resolves.toBe(0);
  });

  test('a crash in mid-wizard leaves everything as it was', async () => {
    await using practice = await openPractice();
    const before = storedEmailSetup(practice.host.dataDirectory);
    await goToTest(practice);
    await practice.host.kill();
    expect(storedEmailSetup(practice.host.dataDirectory)).toEqual(before);
  });

  test('Finish without Run test saves', async () => {
    await using practice = await openPractice();
    await finish(practice, await goToTest(practice));
    await practice.page.getByRole('button', { name: 'Email service: working' }).waitFor();
    expect(JSON.stringify(storedEmailSetup(practice.host.dataDirectory))).toContain(RECEPTION);
  });
});
