import { afterAll, describe, expect, test } from '@jest/globals';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { choosePatient } from './support/panel.js';
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
    await choosePatient(page, 'Zoë O’Brien-Nuñez');
    await page.getByRole('button', { name: 'Patient writes an email' }).click();
    const window = await openEmail(page);
    await window.getByText(/301 messages/).waitFor();
    const newest = (await rows(window, 'Inbox', /./)).nth(1);
    await newest.getByRole('cell', { name: 'Zoë O’Brien-Nuñez' }).nth(1).waitFor();
  });

  test('D1: of several patients with one address a person chooses, and the choice is remembered', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await connectMailbox(practice);
    await choosePatient(page, 'Chidi Oduya');
    const write = page.getByRole('button', { name: 'Patient writes an email' });
    await write.click();
    const email = await openEmail(page);
    await email.getByText(/301 messages/).waitFor();
    const newest = (await rows(email, 'Inbox', /./)).nth(1);
    await newest.getByRole('cell', { name: 'Amara Oduya or Chidi Oduya?' }).waitFor();
    await newest.click();
    await email.getByRole('button', { name: 'Chidi Oduya' }).click();
    await newest.getByRole('cell', { name: 'Chidi Oduya', exact: true }).last().waitFor();

    await email.getByRole('button', { name: 'Close' }).click();
    await write.click();
    const again = await openEmail(page);
    await again.getByText(/302 messages/).waitFor();
    const next = (await rows(again, 'Inbox', /./)).nth(1);
    await next.getByRole('cell', { name: 'Chidi Oduya or Amara Oduya?' }).waitFor();
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
    await email.getByText('provider does not accept this address').first().waitFor();
    testHost.microsoft365?.situations.acceptRecipient(refused);
    await email.getByRole('button', { name: 'Reset failed messages' }).click();
    await failed.first().waitFor({ state: 'detached' });
    await (await rows(email, 'Sent', 'To two')).first().waitFor();
    expect(submitted).toEqual([['manager@brightsmile.example'], [refused]]);
  });

  test.each([
    ['Yes', 'reception@brightsmile.example'],
    ['No', 'old@brightsmile.example'],
  ] as const)(
    'S14: after %s the appointment reminder prints %s and leaves from the connected account',
    async (answer, printed) => {
      await using practice = await openPracticeInside();
      const { page, testHost } = practice;
      await connectMailbox(practice, answer);
      await choosePatient(page, 'Alice Thornton');
      await page.getByRole('button', { name: 'Send appointment reminder' }).click();
      const email = await openEmail(page);
      await (await rows(email, 'Sent', 'Appointment reminder')).click();
      const text = await email.getByRole('article', { name: 'Message' }).getByText('Dear Alice Thornton').textContent();
      expect(text?.trim().split('\n').slice(-2)).toEqual(['Bright Smile Dental', printed]);
      const [copy] = testHost.microsoft365?.mailboxes.messages(RECEPTION, 'Sent Items') ?? [];
      expect(Buffer.from(copy?.raw() ?? []).toString()).toMatch(/^From: .*reception@brightsmile\.example/m);
    },
  );
});
