import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, newEmail, StoresHarness } from './stores-harness.js';

describe('with allowed recipients', () => {
  const allowedRecipients = ['Alice@patients.example'];

  test('an email to anybody else is not taken', async () => {
    await using harness = await StoresHarness.openConnected({ allowedRecipients });
    await harness.enqueue();
    for (const field of ['to', 'cc', 'bcc'] as const) {
      const email = newEmail({ [field]: [{ address: 'bob@patients.example' }] });
      const refusal = { failure: { code: 'recipient.not-allowed' } };
      await expect(harness.stores.outbox.enqueue(email)).rejects.toMatchObject(refusal);
    }
    expect((await harness.stores.outbox.list({ view: 'outbox', offset: 0, limit: 100 })).total).toBe(1);
  });

  test('one that was queued before is held instead of submitted', async () => {
    await using harness = await StoresHarness.openConnected();
    const id = await harness.enqueue({ to: [{ address: 'bob@patients.example' }] });
    await harness.close();
    await harness.reopen({ allowedRecipients });
    const fence = await harness.lease();
    expect(await harness.stores.outbox.claim({ account: ACCOUNT, fence, now: harness.now })).toBeUndefined();
    expect(await harness.stores.outbox.read(id)).toMatchObject({
      state: 'held',
      failure: { code: 'recipient.not-allowed' },
    });
  });
});
