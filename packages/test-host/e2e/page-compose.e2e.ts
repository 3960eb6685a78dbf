import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { InboxMessage } from '@exact/host-contracts';
import { accessibilityFaults, type OpenPage, openPage, openWindow } from '../test/web-support/open-page.js';
import { type Browser, type Locator, startChromium } from './support/browser.adapter.js';

let chromium: Browser;

beforeAll(async () => {
  chromium = await startChromium();
});

afterAll(async () => {
  await chromium.close();
});

/** Lets a message arrive, opens it and presses a button. */
async function answer(
  { page, host }: OpenPage,
  index: Partial<InboxMessage['index']> & { readonly subject: string },
  button: 'Reply' | 'Reply all' | 'Forward',
): Promise<Locator> {
  const [sample] = host.inbox.messages.slice(1);
  if (!sample) throw new Error('no sample');
  host.inbox.add({ ...sample, id: 900, index: { ...sample.index, ...index } });
  const email = await openWindow(page, 'File', 'Email');
  await email.getByRole('row', { name: index.subject }).click();
  await email.getByRole('button', { name: button, exact: true }).click();
  return page.getByRole('dialog', { name: 'New email' });
}

async function send(form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

test('Reply all goes to everybody but the practice, and one can see who gets a copy', async () => {
  await using opened = await openPage(chromium);
  const { host, page } = opened;
  const form = await answer(
    opened,
    {
      subject: 'AW: RE: Referral',
      from: { address: 'dr.marchand@ortho.example', name: 'Dr Marchand' },
      to: [{ address: 'reception@brightsmile.example' }, { address: 'lab@dental.example', name: 'Lab, The' }],
      cc: [{ address: 'ann@patients.example', name: 'Ann' }],
      references: ['<1@ortho.example>'],
      messageId: '<2@ortho.example>',
    },
    'Reply all',
  );
  await expect(form.getByRole('textbox', { name: 'To', exact: true }).inputValue()).resolves.toBe(
    'Dr Marchand <dr.marchand@ortho.example>, "Lab, The" <lab@dental.example>',
  );
  await expect(form.getByRole('textbox', { name: 'Cc', exact: true }).inputValue()).resolves.toContain('ann@patients');
  expect(await accessibilityFaults(page)).toEqual([]);
  await send(form);
  expect(host.outbox.emails[0]?.email).toMatchObject({
    to: [{ address: 'dr.marchand@ortho.example' }, { address: 'lab@dental.example', name: 'Lab, The' }],
    cc: [{ address: 'ann@patients.example', name: 'Ann' }],
    subject: 'Re: Referral',
    inReplyTo: '<2@ortho.example>',
    references: ['<1@ortho.example>', '<2@ortho.example>'],
  });
});

test('Reply all is there only where it reaches more people than Reply', async () => {
  await using opened = await openPage(chromium);
  const email = await openWindow(opened.page, 'File', 'Email');
  await email.getByRole('row', { name: /Question 245/ }).click();
  await email.getByRole('button', { name: 'Forward' }).waitFor();
  await expect(email.getByRole('button', { name: 'Reply all' }).count()).resolves.toBe(0);
});

test('Forward hands on what an HTML email says, its attachments included, and none of what it does', async () => {
  await using opened = await openPage(chromium);
  const { host, page } = opened;
  const email = await openWindow(page, 'File', 'Email');
  host.inbox.messages.forEach(({ index }) => Object.assign(index, index.html === undefined ? {} : { text: undefined }));
  await email.getByRole('row', { name: /Toothache/ }).click();
  await email.getByRole('button', { name: 'Forward' }).click();
  const form = page.getByRole('dialog', { name: 'New email' });
  await form.getByText('notes.txt').waitFor();
  await form.getByText(/about 1 MB of the 35 MB that Microsoft takes/).waitFor();
  await form.getByRole('textbox', { name: 'To', exact: true }).fill('lab@dental.example');
  await send(form);
  const sent = host.outbox.emails[0]?.email;
  expect(sent).toMatchObject({ to: [{ address: 'lab@dental.example' }], subject: 'Fwd: Toothache' });
  expect(sent).not.toHaveProperty('references');
  expect(sent?.attachments.map(({ name }) => name)).toEqual(['smile.png', 'notes.txt']);
  expect(sent?.text).toMatch(
    /^\n\n-{8} Forwarded message -{8}\nFrom: Alice Thornton <alice[^]*\n\nDear team,\n\nmy tooth hurts\. https:\/\/yourbank\.example\n/,
  );
  expect(sent?.text).not.toMatch(/evil|document\.title|color:/);
});

test.each([
  ['notice', 'A program sent this message'],
  ['list', 'went to many people at once'],
  ['reply', 'written automatically while its sender is away'],
] as const)('who answers a %s is told that it may not be read, and may go on', async (automatic, words) => {
  await using opened = await openPage(chromium);
  const form = await answer(opened, { subject: 'Written by itself', automatic }, 'Reply');
  await form.getByText(words).waitFor();
  await send(form);
  expect(opened.host.outbox.emails[0]?.email.subject).toBe('Re: Written by itself');
});

test('a file that makes the email too large is refused before it is attached, by name and with the sizes', async () => {
  await using opened = await openPage(chromium);
  const { page, host } = opened;
  host.limits = { ...host.limits, messageBytes: 4 * 1_048_576 };
  const email = await openWindow(page, 'File', 'Email');
  await email.getByRole('button', { name: 'New email' }).click();
  const form = page.getByRole('dialog', { name: 'New email' });
  await form.getByRole('button', { name: 'Add Cc and Bcc' }).click();
  const file = (name: string, bytes: number) => ({ name, mimeType: 'image/png', buffer: Buffer.alloc(bytes) });
  const input = form.locator('input[type=file]');
  await form.getByRole('button', { name: 'Attach' }).isEnabled();
  await input.setInputFiles([file('tooth.png', 1_500_000), file('x-ray.png', 1_500_000), file('film.mp4', 4_000_000)]);
  await form.getByText(/“x-ray\.png” was not attached: .* about 5 MB .* 4 MB an email at most/).waitFor();
  await form.getByText(/“film\.mp4” was not attached: .*this file alone would have about 6 MB/).waitFor();
  await form.getByText('about 3 MB of the 4 MB that Microsoft takes in one email').waitFor();
  await form.getByRole('textbox', { name: 'To', exact: true }).fill('ann@x.example');
  await form.getByRole('textbox', { name: 'Bcc' }).fill('bob@x.example');
  expect(await accessibilityFaults(page)).toEqual([]);
  await send(form);
  expect(host.outbox.emails[0]?.email).toMatchObject({
    bcc: [{ address: 'bob@x.example' }],
    attachments: [{ name: 'tooth.png' }],
  });
});
