import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type TestHostOptions } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { IdentityBrowser } from './identity-browser.js';
import { MANAGER, RECEPTION, walkAs } from './identity-harness.js';
import { connectMailbox, control, openAccountDetails, pageOpenedBy, until } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));

function start(options: TestHostOptions = {}): Promise<TestHost> {
  return startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} }, ...options });
}

describe('a sign-in', () => {
  test('takes no answer but Microsoft’s: another page’s is refused, and the sign-in goes on', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const opened = Promise.withResolvers<string>();
    const subscription = testHost.host.onDidChange((change) => {
      if (change.kind === 'system-browser') opened.resolve(change.url);
    });
    await frame.press('sign-in');
    const url = await opened.promise;
    subscription.dispose();
    const listener = new URL(url).searchParams.get('redirect_uri') ?? '';
    // Whoever forges it knows neither the state nor what belongs to the code.
    for (const answer of [{ code: 'stolen' }, { error: 'access_denied' }]) {
      const body = new URLSearchParams({ ...answer, state: 'guessed' });
      expect((await fetch(listener, { method: 'POST', body })).status).toBe(400);
    }
    expect(await control(frame, 'sign-in')).toMatchObject({ enabled: false });
    const browser = new IdentityBrowser();
    await browser.open(url);
    await walkAs(RECEPTION)(browser);
    await until(frame.onDidChange, async () => (await frame.view()).canGoNext);
  });

  test('is not begun on a database that is not genuine', async () => {
    await using testHost = await start({ databaseName: 'Bright Smile Training' });
    await using frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    expect(await control(frame, 'sign-in')).toMatchObject({ enabled: false });
    expect(await control(frame, 'reason')).toMatchObject({ failure: { code: 'setup.not-genuine' } });
  });
});

describe('a sign-in that Microsoft ended', () => {
  /** Connected, then revoked; resolves when staff are warned. */
  async function startRevoked(): Promise<TestHost> {
    const testHost = await start();
    await connectMailbox(testHost);
    for (const { id } of await testHost.host.prompts()) await testHost.host.answer(id, 'No');
    await until(testHost.stores.health.onDidChange, async () => {
      return (await testHost.stores.health.read()).some(({ part, state }) => part === 'receive' && state === 'working');
    });
    await testHost.microsoft365?.identity.revoke(RECEPTION, { accessTokens: true });
    testHost.microsoft365?.imap.breakConnections();
    await testHost.host.runCommand({ command: 'email.send-receive' });
    await until(testHost.stores.health.onDidChange, async () => {
      return (await testHost.host.emailService()).state === 'sign-in required';
    });
    await until(testHost.host.onDidChange, async () => (await testHost.host.prompts()).length > 0);
    return testHost;
  }

  test('raises the Email Warning, and the same account puts it right', async () => {
    await using testHost = await startRevoked();
    const { host, microsoft365 } = testHost;
    const [warning] = await host.prompts();
    expect(warning).toMatchObject({ title: 'Email Warning' });
    expect(warning?.choices.map(({ text }) => text)).toEqual(['Re-authenticate Now', 'Later']);
    await host.outbox.enqueue({ to: [{ address: MANAGER }], subject: 'Waits', text: 'Hello', attachments: [] });

    const answered = Promise.withResolvers<unknown>();
    const browser = await pageOpenedBy(testHost, async () => {
      answered.resolve(await host.answer(warning?.id ?? '', 'Re-authenticate Now'));
    });
    await signInAgain(browser);
    expect(await answered.promise).toMatchObject({ done: true });
    expect(await host.prompts()).toEqual([]);
    await until(host.outbox.onDidChange, async () => {
      return (await host.outbox.list({ view: 'sent', offset: 0, limit: 10 })).total === 1;
    });
    expect(microsoft365?.mailboxes.messages(MANAGER)).toHaveLength(1);
  });

  test('is not put right by another account', async () => {
    await using testHost = await startRevoked();
    const { host } = testHost;
    const [warning] = await host.prompts();
    const answered = Promise.withResolvers<unknown>();
    const browser = await pageOpenedBy(testHost, async () => {
      answered.resolve(await host.answer(warning?.id ?? '', 'Re-authenticate Now'));
    });
    if (browser.heading === 'Enter password') await browser.press('Cancel');
    else await walkAs(MANAGER)(browser);
    expect(await answered.promise).toMatchObject({ done: false });
    expect((await host.prompts()).map(({ title }) => title)).toEqual(['Email Warning']);
    expect((await host.emailService()).state).toBe('sign-in required');
  });
});

/** Microsoft asks for the password of the account that is known. */
async function signInAgain(browser: IdentityBrowser): Promise<void> {
  if (browser.heading === 'Pick an account') await browser.press('Use another account');
  if (browser.heading === 'Sign in') await browser.press('Next', { Email: RECEPTION });
  if (browser.heading === 'Enter password') await browser.press('Sign in', { Password: 'Smile-2026' });
  if (browser.heading === 'Permissions requested') await browser.press('Accept');
}
