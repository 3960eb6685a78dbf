import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { accessibilityFaults } from '../test/web-support/open-page.js';
import type { Page } from './support/browser.adapter.js';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { turn } from './support/panel.js';
import { closeChromium, openPractice } from './support/practice.js';
import { outOfReach } from './support/reach.js';
import { connectMailbox } from './support/set-up.js';

afterAll(closeChromium);

const SLOW = 'Receiving is slow (64 kB a second)';

/** The words beside the bar, when it says such. */
async function downloadSays(page: Page, words: RegExp): Promise<string> {
  const said = page.getByText(words).first();
  await said.waitFor();
  return (await said.textContent()) ?? '';
}

test('a long download shows how far it is, stands still while it is paused, over a restart too, and loses nothing', async () => {
  await using cleanUp = new AsyncDisposableStack();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'exact-download-'));
  cleanUp.defer(() => rm(dataDirectory, { recursive: true, force: true }));
  let paused: string;
  {
    await using practice = await openPractice({ dataDirectory });
    const { page } = practice;
    await turn(page, SLOW, true);
    await connectMailbox(practice);
    await page.getByRole('progressbar', { name: 'Download' }).waitFor();
    await downloadSays(page, /^Downloading [1-9]\d* of 300 messages \([\d.]+ [kM]B of [\d.]+ MB\)/);

    await page.getByRole('button', { name: 'Email service: working' }).click();
    const diagnosis = page.getByRole('dialog', { name: 'Email service' });
    await diagnosis.getByRole('region', { name: 'Download' }).getByRole('button', { name: 'Pause' }).click();
    await diagnosis.getByText('New email waits at Microsoft until somebody presses Continue').waitFor();
    expect(await outOfReach(page)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await diagnosis.getByRole('button', { name: 'Close' }).click();
    paused = await downloadSays(page, /^Receiving is paused: [1-9]\d* of 300 messages/);
    await page.getByRole('button', { name: 'Email service: needs attention' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    // Sending goes on, and says what it does not do.
    const email = await openEmail(page);
    await sendEmail(page, email, { to: 'manager@brightsmile.example', subject: 'Meanwhile', message: 'Hello' });
    await (await rows(email, 'Sent', 'Meanwhile')).waitFor();
    await email.getByRole('button', { name: 'Send/Receive' }).click();
    await email.getByText('Receiving is paused: press Continue').waitFor();
  }
  await using practice = await openPractice({ dataDirectory });
  const { page } = practice;
  expect(await downloadSays(page, /^Receiving is paused/)).toBe(paused);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  await page.getByRole('progressbar', { name: 'Download' }).waitFor({ state: 'detached' });
  await (await openEmail(page)).getByText(/^300 messages/).waitFor();
});
