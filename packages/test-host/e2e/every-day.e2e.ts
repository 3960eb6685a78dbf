import { afterAll, describe, expect, test } from '@jest/globals';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { closeChromium, openPractice, openPracticeInside } from './support/practice.js';
import { connectMailbox, finish, goToTest, RECEPTION } from './support/set-up.js';

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

  test('D2: mail leaves with the practice’s name and address, shows its state, and arrives', async () => {
    await using practice = await openPracticeInside();
    const { page, testHost } = practice;
    await finish(practice, await goToTest(practice, `"Bright Smile Dental" <${RECEPTION}>`, RECEPTION), 'Yes');
    const email = await openEmail(page);
    const subject = 'Zahnarzttermin – 歯医者 😀';
    await sendEmail(page, email, { to: 'manager@brightsmile.example', subject, message: 'See you on Monday.' });
    const sent = await rows(email, 'Sent', subject);
    await sent.first().waitFor();
    await expect(sent.first().textContent()).resolves.toContain('manager@brightsmile.example');
    const arrived = testHost.microsoft365?.mailboxes.messages('manager@brightsmile.example').at(-1);
    const raw = Buffer.from(arrived?.raw() ?? []).toString('latin1');
    expect(raw).toMatch(/^From: "?Bright Smile Dental"? <reception@brightsmile\.example>\r$/m);
    expect(testHost.microsoft365?.mailboxes.messages(RECEPTION, 'Sent Items')).toHaveLength(1);
  });

  test('D2: a failed email says why, and is sent again only to those that did not get it', async () => {
    await using practice = await openPracticeInside();
    const { page, testHost } = practice;
    const refused = 'tom.baker@patients.example';
    const submitted: (readonly string[])[] = [];
    testHost.microsoft365?.smtp.onDidSubmit(({ recipients }) => submitted.push(recipients));
    testHost.microsoft365?.situations.refuseRecipient(refused);
    await connectMailbox(practice);
    const email = await openEmail(page);
    await sendEmail(page, email, {
      to: `manager@brightsmile.example, ${refused}`,
      subject: 'To two',
      message: 'Hello',
    });
    const failed = (await rows(email, 'Outbox', 'To two')).filter({ hasText: 'Failed' });
    await failed.first().waitFor();
    await email.getByText('The other side does not accept this address').first().waitFor();
    testHost.microsoft365?.situations.acceptRecipient(refused);
    await email.getByRole('button', { name: 'Reset failed messages' }).click();
    await failed.first().waitFor({ state: 'detached' });
    await (await rows(email, 'Sent', 'To two')).first().waitFor();
    expect(submitted).toEqual([['manager@brightsmile.example'], [refused]]);
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
