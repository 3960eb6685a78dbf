import { afterAll, describe, expect, test } from '@jest/globals';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { closeChromium, openPractice } from './support/practice.js';
import { connectMailbox } from './support/set-up.js';

afterAll(closeChromium);

describe('every day', () => {
  test('D1: new mail appears by itself, linked to the patient whose address it is', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await connectMailbox(practice);
    const email = await openEmail(page);
    await email.getByText(/300 messages/).waitFor();
    await email.getByRole('button', { name: 'Close' }).click();
    const patients = page.getByRole('combobox', { name: /patient/i });
    await patients.selectOption({ index: 1 });
    const patient = await patients.locator('option:checked').textContent();
    await page.getByRole('button', { name: 'Patient writes an email' }).click();
    const window = await openEmail(page);
    await window.getByText(/301 messages/).waitFor();
    const newest = (await rows(window, 'Inbox', /./)).nth(1);
    const name = (patient ?? '').split(/[(<,]/)[0]?.trim() ?? '';
    expect(await newest.textContent()).toContain(name);
  });

  test('D2: mail leaves with the practice’s address, shows its state, and arrives', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await connectMailbox(practice, 'Yes');
    const email = await openEmail(page);
    await sendEmail(page, email, {
      to: 'manager@brightsmile.example',
      subject: 'Zahnarzttermin – 歯医者 😀',
      message: 'See you on Monday.',
    });
    const sent = await rows(email, 'Sent', 'Zahnarzttermin – 歯医者 😀');
    await sent.first().waitFor();
    await expect(sent.first().textContent()).resolves.toContain('manager@brightsmile.example');
  });

  test('D2: a failed email says why, and only those that failed are sent to again', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await connectMailbox(practice);
    const email = await openEmail(page);
    await sendEmail(page, email, { to: 'nobody@refused.example', subject: 'To nobody', message: 'Hello' });
    const failed = await rows(email, 'Outbox', 'To nobody');
    await failed.filter({ hasText: 'Failed' }).first().waitFor();
    await email.getByRole('button', { name: 'Reset failed messages' }).click();
    await failed.filter({ hasText: 'Failed' }).first().waitFor();
  });

  test('S14: the appointment reminder prints the practice’s address', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await connectMailbox(practice, 'Yes');
    await page.getByRole('combobox', { name: /patient/i }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Send appointment reminder' }).click();
    const email = await openEmail(page);
    const sent = await rows(email, 'Sent', 'Appointment reminder');
    await sent.first().waitFor();
    await sent.first().click();
    await page.getByText('reception@brightsmile.example').first().waitFor();
  });
});
