import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Locator, Page } from './support/browser.adapter.js';
import { openEmail, rows } from './support/email-window.js';
import { choosePatient, turn } from './support/panel.js';
import { closeChromium, openPractice } from './support/practice.js';
import { connectMailbox, RECEPTION } from './support/set-up.js';

afterAll(closeChromium);

const BREAK = 'The connections to Microsoft break for a moment';
const PATIENT = 'Jürgen Weiß';

/** Opens the diagnosis in the status bar. */
async function openDiagnosis(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Email service: / }).click();
  const diagnosis = page.getByRole('dialog', { name: 'Email service' });
  await diagnosis.waitFor();
  return diagnosis;
}

/** A line of the diagnosis. */
function line(diagnosis: Locator, name: string, value: string | RegExp): Locator {
  return diagnosis
    .locator('dl > div')
    .filter({ has: diagnosis.page().getByText(name, { exact: true }) })
    .filter({ hasText: value });
}

function press(place: Locator | Page, name: string): Promise<void> {
  return place.getByRole('button', { name, exact: true }).click();
}

/** Every state of the status bar from now on. */
async function statesFromNow(page: Page): Promise<() => Promise<readonly string[]>> {
  const button = page.getByRole('button', { name: /^Email service: / });
  await button.evaluate((element) => {
    const seen = new Set<string>();
    const look = () => {
      seen.add(element.textContent);
      element.setAttribute('data-seen', [...seen].join('\n'));
    };
    new MutationObserver(look).observe(element, { characterData: true, subtree: true });
    look();
  });
  return async () => (await button.getAttribute('data-seen'))?.split('\n') ?? [];
}

test('the diagnosis says what came and went, what is held and why, and until when Microsoft asks to wait', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice);
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  await choosePatient(page, PATIENT);
  await turn(page, 'The network blocks sending (port 587)', true);
  await press(page, 'Send appointment reminder');
  const diagnosis = await openDiagnosis(page);
  await line(diagnosis, 'Waiting to be sent', '1 email').waitFor();
  await press(page, 'Two days go by (what waits is held at the next start of the service)');
  await press(diagnosis, 'Restart email service');
  await line(diagnosis, 'Held', '1 email').waitFor();
  await line(diagnosis, 'Waiting to be sent', '0 emails').waitFor();
  const reasons = diagnosis.getByRole('region', { name: 'Why emails are in the Outbox' });
  await reasons.getByText(/more than a day/).waitFor();
  await reasons.getByText(/^Who can put it right: /).waitFor();

  await turn(page, 'Receiving is throttled: Microsoft asks to wait a minute', true);
  await press(diagnosis, 'Send/Receive');
  await line(diagnosis, 'Asked by Microsoft to wait until', /\d:\d\d/).waitFor();
  await line(diagnosis, 'Signed in as', RECEPTION).waitFor();
  await line(diagnosis, 'Last received', /20\d\d/).waitFor();
  await line(diagnosis, 'Last sent', 'not yet').waitFor();
  await line(diagnosis, 'Version of EXACT Email', /\d\.\d/).waitFor();

  await press(diagnosis, 'Support file');
  const file = page.getByRole('dialog', { name: 'Support file' });
  const shown = await file.getByRole('textbox', { name: 'This is all that the file holds.' }).inputValue();
  const [download] = await Promise.all([page.waitForEvent('download'), press(file, 'Save')]);
  await expect(readFile(await download.path(), 'utf8')).resolves.toBe(shown);
  expect(shown).toMatch(/state: held\n.*times: 1\n/);
  const written = await readFile(join(practice.host.dataDirectory, 'host.log'), 'utf8');
  const told = [shown, written, ...practice.host.output].join('\n');
  for (const secret of [PATIENT, 'patients.example', RECEPTION, 'appointment', 'eyJ'])
    expect(told).not.toContain(secret);
});

test('the hourly end of the access and a blip of the network are never seen', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice);
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  const email = await openEmail(page);
  await email.getByText(/300 messages/).waitFor();
  const states = await statesFromNow(page);
  const happenings = ['An hour goes by: Microsoft ends the connections (AccessTokenExpired)', BREAK];
  for (const [index, happening] of happenings.entries()) {
    await press(page, happening);
    await press(page, 'Patient writes an email');
    await email.getByText(`${String(301 + index)} messages`).waitFor();
    await press(page, 'Send appointment reminder');
    await (await rows(email, 'Sent', 'appointment')).nth(index).waitFor();
    await email.getByRole('tab', { name: 'Inbox' }).click();
  }
  expect(await states()).toEqual(['Email service: working']);
  await expect(page.getByRole('alertdialog').count()).resolves.toBe(0);
});

test('a sign-in that runs out soon is amber, for those who may renew it with the button, and well when it was renewed', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice);
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
  await turn(page, 'Microsoft’s sign-in service renews no sign-in (an outage)', true);
  await press(page, '84 days go by (a sign-in that is not renewed runs out in six days)');
  await page.getByRole('button', { name: 'Email service: needs attention' }).waitFor();
  const diagnosis = await openDiagnosis(page);
  await diagnosis.getByText(/has not been able to renew the sign-in of .* for weeks; it runs out on/).waitFor();
  await diagnosis.getByText('Who can put it right: You').waitFor();
  await diagnosis.getByRole('button', { name: 'Re-authenticate Now' }).waitFor();

  await turn(page, 'May configure email', false);
  await diagnosis.getByText('Who can put it right: Somebody who may set up email').waitFor();
  await diagnosis.getByRole('button', { name: 'Re-authenticate Now' }).waitFor({ state: 'detached' });
  await turn(page, 'Microsoft’s sign-in service renews no sign-in (an outage)', false);
  await press(diagnosis, 'Send/Receive');
  await diagnosis.getByText('The email service works.').waitFor();

  // A renewal that is refused for what only an administrator can mend is told at once, and asks nobody to sign in.
  await press(page, 'An administrator switches EXACT Email off');
  await diagnosis.getByText('EXACT is switched off in the practice’s organisation.').waitFor();
  await diagnosis.getByText('Who can put it right: Your IT support').waitFor();
  await diagnosis.getByText('The email service needs attention.').waitFor();
  await expect(page.getByRole('alertdialog').count()).resolves.toBe(0);
});

test('an email that waits says what keeps back all, and who puts it right; then it leaves', async () => {
  await using practice = await openPractice();
  const { page } = practice;
  await connectMailbox(practice);
  await turn(page, 'SMTP AUTH is switched off for the organisation', true);
  await press(page, 'Send appointment reminder');
  const email = await openEmail(page);
  await (await rows(email, 'Outbox', 'ppointment')).first().click();
  const message = email.getByRole('article', { name: 'Message' });
  await message.getByText('Microsoft lets no program send email for the practice’s organisation.').waitFor();
  await message.getByText('Who can put it right: Your IT support').waitFor();
  await message.getByText(/^Receiving goes on\. Ask your IT support to allow Authenticated SMTP/).waitFor();
  await page.getByText('In the Outbox: 1 email').waitFor();
  await turn(page, 'SMTP AUTH is switched off for the organisation', false);
  await press(email, 'Send/Receive');
  await (await rows(email, 'Sent', 'ppointment')).first().waitFor();
  await page.getByRole('button', { name: 'Email service: working' }).waitFor();
});
