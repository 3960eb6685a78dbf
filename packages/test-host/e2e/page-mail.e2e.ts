import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, startChromium } from './support/browser.adapter.js';
import { openPage, openWindow } from '../test/web-support/open-page.js';

let chromium: Browser;

beforeAll(async () => {
  chromium = await startChromium();
});

afterAll(async () => {
  await chromium.close();
});

describe('an email that means harm', () => {
  test('is read, but runs nothing, fetches nothing and leads nowhere by itself', async () => {
    await using opened = await openPage(chromium);
    const { page } = opened;
    const email = await openWindow(page, 'File', 'Email');
    await email.getByRole('row', { name: /Toothache/ }).click();
    const frame = email.frameLocator('.mail-frame');
    await frame.getByText('my tooth hurts').waitFor();
    await frame.getByRole('img', { name: 'A smile' }).waitFor();
    await email.getByText('Pictures from the internet are not shown').waitFor();

    await expect(email.locator('.mail-frame').getAttribute('sandbox')).resolves.toBe('');
    await expect(frame.locator('form, input, button, iframe, script, a[href], [onclick]').count()).resolves.toBe(0);
    await expect(page.title()).resolves.toBe('EXACT test host');
    const foreign = opened.requests.filter((url) => !url.startsWith(opened.url) && !url.startsWith('data:'));
    expect(foreign).toEqual([]);
  });

  test('keeps its own look', async () => {
    await using opened = await openPage(chromium);
    const email = await openWindow(opened.page, 'File', 'Email');
    await email.getByRole('row', { name: /Toothache/ }).click();
    const greeting = email.frameLocator('.mail-frame').getByText('Dear team,');
    await greeting.waitFor();
    await expect(greeting.evaluate((text) => getComputedStyle(text).fontWeight)).resolves.toBe('700');
    await expect(greeting.evaluate((text) => getComputedStyle(text).color)).resolves.toBe('rgb(32, 64, 96)');
  });

  test('shows where its links really lead before one is followed', async () => {
    await using opened = await openPage(chromium);
    const email = await openWindow(opened.page, 'File', 'Email');
    await email.getByRole('row', { name: /Toothache/ }).click();
    await email.getByText('Links in this email (1)').click();
    const link = email.getByRole('link', { name: 'https://evil.example/login' });
    await expect(link.getAttribute('rel')).resolves.toBe('noopener noreferrer');
    await expect(link.getAttribute('target')).resolves.toBe('_blank');
  });
});

test('an attachment is saved under a harmless name, with its own bytes', async () => {
  await using opened = await openPage(chromium);
  const { page } = opened;
  const email = await openWindow(page, 'File', 'Email');
  await email.getByRole('row', { name: /Toothache/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    email.getByRole('button', { name: 'Save notes.txt' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('notes.txt');
  await expect(readFile(await download.path(), 'utf8')).resolves.toBe('x-ray notes');
});

test('several patients share an address: a person chooses', async () => {
  await using opened = await openPage(chromium);
  const email = await openWindow(opened.page, 'File', 'Email');
  await email.getByRole('row', { name: /Question 249/ }).click();
  await email.getByRole('button', { name: 'Chidi Oduya' }).click();
  await email.getByText('Patient: Chidi Oduya').waitFor();
});

test('what was deleted goes to Deleted and comes back with Restore', async () => {
  await using opened = await openPage(chromium);
  const email = await openWindow(opened.page, 'File', 'Email');
  await email.getByRole('row', { name: /Toothache/ }).click();
  await email.getByRole('button', { name: 'Delete' }).click();
  await email.getByText('249 messages').waitFor();
  await email.getByRole('tab', { name: 'Deleted' }).click();
  await email.getByRole('row', { name: /Toothache/ }).click();
  await email.getByRole('button', { name: 'Restore' }).click();
  await email.getByText('0 messages').waitFor();
});

test('older messages are one press away', async () => {
  await using opened = await openPage(chromium);
  const email = await openWindow(opened.page, 'File', 'Email');
  await email.getByRole('button', { name: 'Older' }).click();
  await email.getByRole('row', { name: /Question 150 / }).waitFor();
  await email.getByRole('button', { name: 'Older' }).click();
  await email.getByRole('row').filter({ hasText: 'Question 1 about' }).waitFor();
});

test('an answer carries the thread and quotes the message', async () => {
  await using opened = await openPage(chromium);
  const { page, host } = opened;
  const email = await openWindow(page, 'File', 'Email');
  await email.getByRole('row', { name: /Question 245/ }).click();
  await email.getByRole('button', { name: 'Reply' }).click();
  const form = page.getByRole('dialog', { name: 'New email' });
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  expect(host.outbox.emails[0]?.email).toMatchObject({
    to: [{ address: 'alice.thornton@patients.example', name: 'Alice Thornton' }],
    subject: 'Re: Question 245 about my appointment',
    inReplyTo: '<245@patients.example>',
    references: ['<245@patients.example>'],
    patient: { id: 'p1', name: 'Alice Thornton' },
  });
  expect(host.outbox.emails[0]?.email.text).toContain('> Dear team,');
});

test('an email that can’t be sent stays as it was written', async () => {
  await using opened = await openPage(chromium);
  const { page, host } = opened;
  host.outbox.isOff = true;
  const email = await openWindow(page, 'File', 'Email');
  await email.getByRole('button', { name: 'New email' }).click();
  const form = page.getByRole('dialog', { name: 'New email' });
  await form.getByRole('textbox', { name: 'To', exact: true }).fill('nobody; ann@x.example');
  await form.getByRole('textbox', { name: 'Message', exact: true }).fill('See you');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.getByText('“nobody” is not an email address').waitFor();
  await form.getByRole('textbox', { name: 'To', exact: true }).fill('ann@x.example');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.getByText('Email is off').waitFor();
  await expect(form.getByRole('textbox', { name: 'Message', exact: true }).inputValue()).resolves.toBe('See you');
});
