import { afterAll, describe, expect, test } from '@jest/globals';
import type { Locator } from './support/browser.adapter.js';
import { openEmail, rows } from './support/email-window.js';
import { closeChromium, openPracticeInside, type PracticeInside } from './support/practice.js';
import { authenticate, chooseMicrosoft, finish, next, openSetup } from './support/set-up.js';

afterAll(closeChromium);

/** A practice whose emails wait until somebody presses Send/Receive. */
async function openWaitingPractice(): Promise<PracticeInside> {
  const practice = await openPracticeInside();
  const wizard = await openSetup(practice.page);
  await chooseMicrosoft(wizard);
  await authenticate(practice, wizard);
  await next(wizard, 'Scheduled Send and Receive');
  await wizard.getByRole('checkbox', { name: 'Send all email immediately' }).click();
  await next(wizard, 'Test');
  await finish(practice, wizard);
  return practice;
}

/** Waits until the Outbox shows these subjects, from the top. */
async function seesInOrder(window: Locator, subjects: readonly string[]): Promise<void> {
  const table = window.getByRole('tabpanel', { name: 'Outbox', exact: true }).getByRole('table', { name: 'Messages' });
  for (const [index, subject] of subjects.entries()) {
    await table
      .locator(`tbody tr:nth-child(${index + 1})`)
      .filter({ hasText: subject })
      .waitFor();
  }
}

describe('the Outbox', () => {
  test('is sorted by its columns, and an email that is stopped says who did it', async () => {
    await using practice = await openWaitingPractice();
    const { page, testHost } = practice;
    for (const [address, subject] of [
      ['zoe@patients.example', 'Crown'],
      ['alice@patients.example', 'Recall'],
      ['ben@patients.example', 'Bridge'],
    ] as const) {
      await testHost.host.outbox.enqueue({ to: [{ address }], subject, text: 'Hello', attachments: [] });
    }
    const email = await openEmail(page);
    await rows(email, 'Outbox', /./);
    await seesInOrder(email, ['Bridge', 'Recall', 'Crown']);
    await email.getByRole('button', { name: 'Subject' }).click();
    await seesInOrder(email, ['Bridge', 'Crown', 'Recall']);
    await email.getByRole('columnheader', { name: 'Subject' }).and(email.locator('[aria-sort=ascending]')).waitFor();
    await email.getByRole('button', { name: 'To', exact: true }).click();
    await email.getByRole('button', { name: 'To', exact: true }).click();
    await seesInOrder(email, ['Crown', 'Bridge', 'Recall']);

    await (await rows(email, 'Outbox', 'Bridge')).click();
    await email.getByRole('button', { name: 'Stop', exact: true }).click();
    await (await rows(email, 'Outbox', 'Bridge')).first().waitFor({ state: 'detached' });
    await email.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Stopped before it left' });
    await (await rows(email, 'Outbox', 'Bridge')).click();
    const reader = email.getByRole('article', { name: 'Message' });
    await reader
      .getByText(/by Front desk/)
      .first()
      .waitFor();
    await expect(reader.locator('dt', { hasText: 'Stopped' }).count()).resolves.toBe(1);

    await email.getByRole('button', { name: 'Send/Receive' }).click();
    await (await rows(email, 'Sent', 'Crown')).first().waitFor();
    await (await rows(email, 'Sent', 'Recall')).first().waitFor();
    const copies = testHost.microsoft365?.mailboxes.messages('reception@brightsmile.example', 'Sent Items') ?? [];
    expect(copies).toHaveLength(2);
  });
});
