import { fileURLToPath } from 'node:url';
import type { Event } from '@exact/host-contracts';
import { startTestHost, type TestHost, type WizardFrame } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { IdentityBrowser } from './identity-browser.js';
import { MANAGER, RECEPTION, walkAs } from './identity-harness.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const MESSAGES = 40;
const rows = { offset: 0, limit: 100 } as const;

/** Resolves when the condition holds, looking again after each change. */
async function until(onDidChange: Event<unknown>, condition: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const changed = Promise.withResolvers<undefined>();
    const subscription = onDidChange(() => {
      changed.resolve(undefined);
    });
    const holds = await condition();
    if (!holds) await changed.promise;
    subscription.dispose();
    if (holds) return;
  }
}

/** The walk of the help article as far as Finish, with a browser that nobody has signed in with. */
async function connect({ host }: TestHost): Promise<void> {
  const [entry] = await host.menu();
  await using frame = await host.openWizard(entry?.id ?? '');
  await frame.change('provider', 'microsoft365');
  await frame.next();
  await frame.change('address', `"Bright Smile Dental" <${RECEPTION}>`);
  const opened = Promise.withResolvers<string>();
  const subscription = host.onDidChange((change) => {
    if (change.kind === 'system-browser') opened.resolve(change.url);
  });
  await frame.press('sign-in');
  const browser = new IdentityBrowser();
  await browser.open(await opened.promise);
  subscription.dispose();
  await walkAs(RECEPTION)(browser);
  await until(frame.onDidChange, async () => (await frame.view()).canGoNext);
  await frame.next();
  await frame.next();
  expect(await finished(frame)).toBe('Test');
}

async function finished(frame: WizardFrame): Promise<string> {
  const { page } = await frame.view();
  expect(await frame.finish()).toEqual({ kind: 'finished' });
  return page.title;
}

describe('the main job in a host without a page', () => {
  test('connects the mailbox, receives all of its mail and sends an email that arrives', async () => {
    await using testHost = await startTestHost({
      plugin: PLUGIN,
      web: false,
      microsoft365: { sampleMail: { [RECEPTION]: MESSAGES } },
    });
    const { host, microsoft365 } = testHost;
    await connect(testHost);

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
    await until(host.outbox.onDidChange, async () => (await host.outbox.list({ folder: 'sent', ...rows })).total === 1);
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
