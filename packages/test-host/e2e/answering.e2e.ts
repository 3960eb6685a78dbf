import { afterAll, expect, test } from '@jest/globals';
import type { TestHost } from '@exact/test-host';
import { openEmail, rows } from './support/email-window.js';
import { choosePatient } from './support/panel.js';
import { closeChromium, openPracticeInside } from './support/practice.js';
import { connectMailbox, RECEPTION } from './support/set-up.js';

afterAll(closeChromium);

const REFERRAL = [
  'From: "Marchand, Dr" <dr.marchand@ortho.example>',
  `To: ${RECEPTION}`,
  'Cc: manager@brightsmile.example',
  'Subject: WG: Referral',
  'Date: Mon, 23 Nov 2026 09:30:00 +0000',
  'Message-ID: <3@ortho.example>',
  'In-Reply-To: <2@brightsmile.example>',
  'References: <1@ortho.example> <2@brightsmile.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Bitte röntgen.',
  '--b',
  "Content-Disposition: attachment; filename*=UTF-8''R%C3%B6ntgen%20%E6%AD%AF.txt",
  'Content-Type: text/plain',
  '',
  'left upper side',
  '--b--',
  '',
].join('\r\n');

/** The newest message that somebody of the practice got, as it lies in the mailbox. */
function newest(testHost: TestHost, address: string): string {
  const message = testHost.microsoft365?.mailboxes.messages(address).at(-1);
  return Buffer.from(message?.raw() ?? []).toString('latin1');
}

test('an answer to all goes on with the thread, and a forward takes the attachment along', async () => {
  await using practice = await openPracticeInside();
  const { page, testHost } = practice;
  await connectMailbox(practice);
  const email = await openEmail(page);
  await email.getByText(/300 messages/).waitFor();
  testHost.microsoft365?.mailboxes.deliver(RECEPTION, Buffer.from(REFERRAL));
  await (await rows(email, 'Inbox', 'WG: Referral')).click();

  await email.getByRole('button', { name: 'Reply all' }).click();
  const form = page.getByRole('dialog', { name: 'New email' });
  await form.getByRole('button', { name: 'Attach' }).waitFor();
  // The cursor stands above what is quoted.
  await page.keyboard.type('We will.');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await (await rows(email, 'Sent', 'Re: Referral')).first().waitFor();
  const answer = newest(testHost, 'manager@brightsmile.example');
  expect(answer).toMatch(/^To: "Marchand, Dr" <dr\.marchand@ortho\.example>\r$/m);
  expect(answer).toMatch(/^Cc: manager@brightsmile\.example\r$/m);
  expect(answer).toMatch(/^Subject: Re: Referral\r$/m);
  expect(answer).toMatch(/^In-Reply-To: <3@ortho\.example>\r$/m);
  expect(answer).toMatch(/^References: <1@ortho\.example> <2@brightsmile\.example> <3@ortho\.example>\r$/m);
  expect(answer).toMatch(/^We will\.\r\n\r\nMarchand, Dr wrote on .*:\r\n> Bitte r=C3=B6ntgen\.\r$/m);
  expect(answer).not.toMatch(/^Auto-Submitted:/m);

  await (await rows(email, 'Inbox', 'WG: Referral')).click();
  await email.getByRole('button', { name: 'Forward' }).click();
  await form.getByText('Röntgen 歯.txt').waitFor();
  await form.getByRole('textbox', { name: 'To', exact: true }).fill('manager@brightsmile.example');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await (await rows(email, 'Sent', 'Fwd: Referral')).first().waitFor();
  const forward = newest(testHost, 'manager@brightsmile.example');
  expect(forward).not.toMatch(/^(?:In-Reply-To|References):/m);
  expect(forward).toContain("filename*0*=utf-8''R%C3%B6ntgen%20%E6%AD%AF.txt");
  expect(forward).toContain(Buffer.from('left upper side').toString('base64'));
});

test('a reminder that EXACT sends by itself asks for no automatic reply', async () => {
  await using practice = await openPracticeInside();
  const { page, testHost } = practice;
  await connectMailbox(practice);
  await choosePatient(page, 'Alice Thornton');
  await page.getByRole('button', { name: 'Send appointment reminder' }).click();
  const email = await openEmail(page);
  await (await rows(email, 'Sent', 'Appointment reminder')).first().waitFor();
  const [copy] = testHost.microsoft365?.mailboxes.messages(RECEPTION, 'Sent Items') ?? [];
  const sent = Buffer.from(copy?.raw() ?? []).toString();
  expect(sent).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(sent).toMatch(/^X-Auto-Response-Suppress: OOF, AutoReply\r$/m);
});
