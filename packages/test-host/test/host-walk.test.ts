import { fileURLToPath } from 'node:url';
import { startTestHost } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { MANAGER, RECEPTION } from './identity-harness.js';
import { connectMailbox, until } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const MESSAGES = 40;
const rows = { offset: 0, limit: 100 } as const;

describe('the main job in a host without a page', () => {
  test('connects the mailbox, receives all of its mail and sends an email that arrives', async () => {
    await using testHost = await startTestHost({
      plugin: PLUGIN,
      web: false,
      microsoft365: { sampleMail: { [RECEPTION]: MESSAGES } },
    });
    const { host, microsoft365 } = testHost;
    await connectMailbox(testHost);

    await until(
      host.inbox.onDidChange,
      async () => (await host.inbox.list({ folder: 'inbox', ...rows })).total === MESSAGES,
    );
    const [question] = await host.prompts();
    expect(question?.title).toBe('Practice Information');
    expect(await host.answer(question?.id ?? '', 'Yes')).toMatchObject({ done: true });
    expect(await host.practice()).toMatchObject({ emailAddress: RECEPTION });

    const email = { to: [{ address: MANAGER }], subject: '歯医者 😀', text: 'See you.', attachments: [] };
    await host.outbox.enqueue(email);
    await until(host.outbox.onDidChange, async () => (await host.outbox.list({ view: 'sent', ...rows })).total === 1);
    expect(microsoft365?.mailboxes.messages(MANAGER)).toHaveLength(1);

    await host.panel.writeAsPatient('patient-1');
    await until(
      host.inbox.onDidChange,
      async () => (await host.inbox.list({ folder: 'inbox', ...rows })).total === MESSAGES + 1,
    );
    const [newest] = (await host.inbox.list({ folder: 'inbox', ...rows })).rows;
    expect(newest?.patient).toMatchObject({ id: 'patient-1' });
    await until(testHost.stores.health.onDidChange, async () => (await host.emailService()).state === 'working');
  });
});
