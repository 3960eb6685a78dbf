import { afterAll, describe, expect, test } from '@jest/globals';
import { accessibilityFaults } from '../test/web-support/open-page.js';
import type { Locator, Page } from './support/browser.adapter.js';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { restartAs } from './support/panel.js';
import { isLeaseHeld } from './support/practice-file.adapter.js';
import { closeChromium, openPractice, openPracticeInside, openWorkstation } from './support/practice.js';
import { chooseMenu, connectMailbox, RECEPTION } from './support/set-up.js';
import { startTestHostProcess } from './support/test-host-process.js';

afterAll(closeChromium);

const SUBJECT = 'Your appointment on Monday';

/** Configure > Change history: the rows of one title. */
async function changes(page: Page, title: string): Promise<Locator> {
  await chooseMenu(page, 'Configure', 'Change history');
  const window = page.getByRole('dialog', { name: 'Change history' });
  return window.getByRole('row').filter({ has: page.getByRole('cell', { name: title, exact: true }) });
}

function closeChanges(page: Page): Promise<void> {
  return page.getByRole('dialog', { name: 'Change history' }).getByRole('button', { name: 'Close' }).last().click();
}

function serviceIs(page: Page, state: string): Promise<void> {
  return page.getByRole('button', { name: `Email service: ${state}`, exact: true }).waitFor();
}

describe('a workstation', () => {
  test('sets up with its own sign-in: the server receives with it, and both show what was changed by whom', async () => {
    await using server = await openPractice();
    await serviceIs(server.page, 'off');
    await using workstation = await openWorkstation(server.host.dataDirectory);
    await connectMailbox(workstation, 'Yes');
    await serviceIs(server.page, 'working');
    for (const { page } of [server, workstation]) {
      await (await openEmail(page)).getByText(/300 messages/).waitFor();
      await page.getByRole('dialog', { name: 'Email', exact: true }).getByRole('button', { name: 'Close' }).click();
      for (const title of ['Email provider', 'Signed in at Microsoft as', 'Practice email address']) {
        await (await changes(page, title)).filter({ hasText: 'Back office' }).first().waitFor();
        await closeChanges(page);
      }
    }
    const [signIn] = await (await changes(server.page, 'Signed in at Microsoft as')).allTextContents();
    expect(signIn).toContain(RECEPTION);
    expect(await accessibilityFaults(server.page)).toEqual([]);
    const told = await server.page.getByRole('table', { name: 'Changes' }).textContent();
    expect(told).not.toMatch(/token|secret|eyJ/i);
  });

  test('leaves the mailbox to the server: without its jobs nobody connects, and they use the workstation’s sign-in', async () => {
    await using server = await openPracticeInside();
    const { testHost } = server;
    const { dataDirectory } = testHost;
    // A version of the host without the plugin: the server runs, and none of its jobs does.
    await restartAs(server.page, 'V12.0');
    await server.page.getByText('V12.0').first().waitFor();
    expect(isLeaseHeld(dataDirectory)).toBe(false);
    await using workstation = await openWorkstation(dataDirectory);
    const commands: string[] = [];
    testHost.microsoft365?.imap.onDidReceiveCommand(({ name }) => commands.push(name));
    await connectMailbox(workstation);
    await workstation.page.getByRole('button', { name: /^Email service:/ }).click();
    const diagnosis = workstation.page.getByRole('dialog', { name: 'Email service' });
    await diagnosis.getByRole('button', { name: 'Restart email service' }).click();
    await diagnosis.getByRole('button', { name: 'Send/Receive' }).click();
    await diagnosis.getByRole('button', { name: 'Close' }).last().click();
    expect(isLeaseHeld(dataDirectory)).toBe(false);
    expect(commands).not.toContain('UID FETCH');
    await restartAs(server.page, 'V13.706');
    await serviceIs(workstation.page, 'working');
    expect(commands).toContain('UID FETCH');
  });

  test('says that the server does not run; what it asks for is done when the server is back', async () => {
    await using server = await openPractice();
    const { dataDirectory } = server.host;
    await using workstation = await openWorkstation(dataDirectory);
    const { page } = workstation;
    await connectMailbox(workstation);
    await serviceIs(page, 'working');
    await server.host.kill();
    await serviceIs(page, 'needs attention');
    await page.getByRole('button', { name: 'Email service: needs attention' }).click();
    const diagnosis = page.getByRole('dialog', { name: 'Email service' });
    await diagnosis.getByText('EXACT does not run on the practice’s server.').waitFor();
    await diagnosis.getByText('Start EXACT on the server.').waitFor();
    // Once is enough, and a press looks at nothing before the server is back.
    await expect(diagnosis.getByText('does not run on').count()).resolves.toBe(1);
    await expect(diagnosis.getByText(/EXACT (looks|tries) /).count()).resolves.toBe(0);
    await diagnosis.getByRole('button', { name: 'Close', exact: true }).click();
    const email = await openEmail(page);
    await sendEmail(page, email, { to: 'manager@brightsmile.example', subject: SUBJECT, message: 'See you.' });
    await (await rows(email, 'Outbox', SUBJECT)).first().waitFor();
    await email.getByRole('button', { name: 'Send/Receive' }).click();
    await using again = await startTestHostProcess({ dataDirectory });
    await (await rows(email, 'Sent', SUBJECT)).first().waitFor();
    await serviceIs(page, 'working');
    await server.page.goto(again.url);
    await serviceIs(server.page, 'working');
  });
});
