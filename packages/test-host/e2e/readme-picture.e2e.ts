import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { openEmail, rows } from './support/email-window.js';
import { closeChromium, openPractice } from './support/practice.js';
import { connectMailbox } from './support/set-up.js';

afterAll(closeChromium);

/** The README's picture is only written when asked for, so that a test run leaves the repository as it was. */
const README_PICTURE = fileURLToPath(new URL('../../../docs/test-host.png', import.meta.url));
const SHOULD_WRITE = process.env['UPDATE_README_PICTURE'] === '1';

test('the README’s picture shows the practice reading its mail', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice, 'Yes');
  const email = await openEmail(page);
  await email.getByText(/300 messages/).waitFor();
  // The first row holds the names of the columns.
  const messages = await rows(email, 'Inbox', /./);
  await messages.nth(2).click();
  await email.getByRole('button', { name: 'Reply' }).waitFor();
  // So high that the path of the data folder, another on each machine, stays below.
  await page.setViewportSize({ width: 1280, height: 620 });
  const picture = await page.screenshot({ animations: 'disabled', ...(SHOULD_WRITE && { path: README_PICTURE }) });
  expect(picture.byteLength).toBeGreaterThan(10_000);
});
