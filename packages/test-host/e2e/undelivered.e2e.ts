import { afterAll, describe, expect, test } from '@jest/globals';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { closeChromium, openPracticeInside } from './support/practice.js';
import { connectMailbox } from './support/set-up.js';

afterAll(closeChromium);

const WRONG = 'nobody@patients.example';

describe('an email to an address that does not exist', () => {
  test('comes back, says why in Sent and in the Inbox, and the next email to the address warns', async () => {
    await using practice = await openPracticeInside();
    const { page, testHost } = practice;
    await connectMailbox(practice);
    const email = await openEmail(page);
    await email.getByText(/300 messages/).waitFor();
    await sendEmail(page, email, { to: WRONG, subject: 'Your recall', message: 'Please call us.' });

    const notice = email.getByRole('status').filter({ hasText: '1 email that you sent did not arrive.' });
    await notice.getByRole('button', { name: 'Show' }).click();
    const sent = email.getByRole('tabpanel', { name: 'Sent', exact: true });
    await sent.getByRole('row').filter({ hasText: 'Not delivered' }).filter({ hasText: WRONG }).click();
    const reader = email.getByRole('article', { name: 'Message' });
    const why = reader.getByRole('region', { name: `${WRONG} did not get it` });
    await why.getByText('This email address does not exist.').waitFor();
    await reader.getByRole('button', { name: 'Reset', exact: true }).waitFor();
    await notice.waitFor({ state: 'detached' });

    await (await rows(email, 'Inbox', 'Undeliverable: Your recall')).filter({ hasText: 'Not delivered' }).click();
    const report = email.getByRole('region', { name: 'Delivery report' });
    await report.getByText(`Your email to ${WRONG} did not arrive. This email address does not exist.`).waitFor();
    await report.getByRole('button', { name: 'Show the email' }).click();
    await sent.getByRole('region', { name: `${WRONG} did not get it` }).waitFor();

    await email.getByRole('button', { name: 'New email' }).click();
    const form = page.getByRole('dialog', { name: 'New email' });
    await form.getByRole('textbox', { name: 'To', exact: true }).fill(WRONG);
    await form.getByRole('textbox', { name: 'Subject', exact: true }).fill('Once more');
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await form
      .getByRole('alert')
      .filter({ hasText: `The last email to ${WRONG} did not arrive` })
      .waitFor();
    expect((await testHost.host.outbox.list({ view: 'outbox', offset: 0, limit: 10 })).total).toBe(0);
    await form.getByRole('button', { name: 'Send anyway' }).click();
    await form.waitFor({ state: 'detached' });
    await (await rows(email, 'Sent', 'Once more')).first().waitFor();
  });
});
