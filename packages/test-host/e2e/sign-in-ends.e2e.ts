import { afterAll, describe, expect, test } from '@jest/globals';
import { accessibilityFaults } from '../test/web-support/open-page.js';
import { button, openAccountDetails, typeName, typePassword } from './support/account-details.js';
import type { Locator, Page } from './support/browser.adapter.js';
import { restartAs } from './support/panel.js';
import { closeChromium, openPractice, type Practice } from './support/practice.js';
import { storedEmailSetup } from './support/practice-file.adapter.js';
import { startTestHostProcess } from './support/test-host-process.js';
import { authenticate, CODE, pressSignIn, RECEPTION, signInAs, statusIs } from './support/set-up.js';

afterAll(closeChromium);

const MANAGER = 'manager@brightsmile.example';

async function openLink(practice: Practice, wizard: Locator): Promise<Page> {
  const [tab] = await Promise.all([
    practice.context.waitForEvent('page'),
    wizard.getByRole('link', { name: 'Open the sign-in page' }).click(),
  ]);
  await tab.getByRole('heading', { name: 'Pick an account' }).waitFor();
  return tab;
}

/** Waits until nothing listens any more where the sign-in's answer would come. */
async function untilListenerCloses(link: string): Promise<void> {
  const { port } = new URL(new URL(link).searchParams.get('redirect_uri') ?? '');
  const isOpen = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  while (await isOpen()) await new Promise(setImmediate);
}

describe('Cancel', () => {
  test('on each of Microsoft’s pages leads back to Authenticate, which works at once', async () => {
    await using practice = await openPractice();
    const wizard = await openAccountDetails(practice.page);
    const goTo: readonly [heading: string, go: (tab: Page) => Promise<void>][] = [
      ['Pick an account', () => Promise.resolve()],
      ['Sign in', (tab) => button(tab, 'Use another account').click()],
      ['Enter password', (tab) => typeName(tab, MANAGER)],
      ['Verify your identity', (tab) => typePassword(tab, MANAGER)],
      [
        'Permissions requested',
        async (tab) => {
          await typePassword(tab, MANAGER);
          await tab.getByRole('textbox', { name: 'Code' }).fill(CODE);
          await button(tab, 'Verify').click();
        },
      ],
    ];
    for (const [heading, go] of goTo) {
      const tab = await pressSignIn(practice, wizard);
      await go(tab);
      await tab.getByRole('heading', { name: heading, exact: true }).waitFor();
      await button(tab, 'Cancel').click();
      await tab.getByText('close this window').waitFor();
      await tab.close();
      await statusIs(wizard, 'Not authenticated');
      await wizard.getByText('The sign-in was cancelled.').waitFor();
    }
    await authenticate(practice, wizard);
  });

  test('of the sign-in leaves a tab behind that says so; a closed tab opens again by its link', async () => {
    await using practice = await openPractice();
    const wizard = await openAccountDetails(practice.page);
    const closed = await pressSignIn(practice, wizard);
    await closed.close();
    await statusIs(wizard, 'Waiting for you to sign in on Microsoft’s page');
    await wizard.getByText('Have you closed Microsoft’s page?').waitFor();
    const leftBehind = await openLink(practice, wizard);
    await button(wizard, 'Cancel sign-in').click();
    await statusIs(wizard, 'Not authenticated');
    await button(wizard, 'Cancel sign-in').waitFor({ state: 'detached' });

    await typePassword(leftBehind, RECEPTION);
    await button(leftBehind, 'Accept').click();
    await leftBehind.getByRole('heading', { name: 'This sign-in has ended' }).waitFor();
    expect(await accessibilityFaults(leftBehind)).toEqual([]);
    await statusIs(wizard, 'Not authenticated');
  });
});

test('a closed tab and a press of Authenticate: another page opens, and the sign-in goes on there', async () => {
  await using practice = await openPractice();
  const wizard = await openAccountDetails(practice.page);
  const closed = await pressSignIn(practice, wizard);
  await closed.close();
  // Within a double click's time it is the same press.
  await button(wizard, 'Authenticate').and(wizard.locator(':not([aria-disabled=true])')).waitFor();
  await signInAs(await pressSignIn(practice, wizard), RECEPTION);
  await statusIs(wizard, 'Authenticated');
});

test('nobody signs in for five minutes: the sign-in ends with a sentence, and Authenticate works again at once', async () => {
  await using practice = await openPractice();
  const wizard = await openAccountDetails(practice.page);
  const tab = await pressSignIn(practice, wizard);
  await practice.page.getByRole('button', { name: 'Five minutes go by' }).click();
  await statusIs(wizard, 'Not authenticated');
  await wizard.getByText('Nobody finished the sign-in within five minutes.').waitFor();
  await tab.close();
  await authenticate(practice, wizard);
});

describe('two at once', () => {
  test('a double click on Authenticate opens one tab', async () => {
    await using practice = await openPractice();
    const wizard = await openAccountDetails(practice.page);
    const [tab] = await Promise.all([practice.context.waitForEvent('page'), button(wizard, 'Authenticate').dblclick()]);
    await tab.getByRole('heading', { name: 'Pick an account' }).waitFor();
    await statusIs(wizard, 'Waiting for you to sign in on Microsoft’s page');
    expect(practice.context.pages()).toHaveLength(2);
    await signInAs(tab, RECEPTION);
    await statusIs(wizard, 'Authenticated');
  });

  test('two tabs that finish the same sign-in: the second reads that it has ended', async () => {
    await using practice = await openPractice();
    const wizard = await openAccountDetails(practice.page);
    const first = await pressSignIn(practice, wizard);
    const second = await openLink(practice, wizard);
    await signInAs(first, RECEPTION);
    await statusIs(wizard, 'Authenticated');
    await typePassword(second, MANAGER);
    await second.getByRole('textbox', { name: 'Code' }).fill(CODE);
    await button(second, 'Verify').click();
    await button(second, 'Accept').click();
    await second.getByRole('heading', { name: 'This sign-in has ended' }).waitFor();
    await wizard.getByText(`Signed in as ${RECEPTION}`, { exact: true }).waitFor();
  });

  test('a sign-in of a second window ends that of the first, which says why', async () => {
    await using practice = await openPractice();
    const first = await openAccountDetails(practice.page);
    await pressSignIn(practice, first);
    const other = await practice.context.newPage();
    await other.goto(practice.host.url);
    const second = await openAccountDetails(other);
    const tab = await pressSignIn(practice, second);
    await statusIs(first, 'Not authenticated');
    await first.getByText('Another sign-in to Microsoft was begun in EXACT').waitFor();
    await signInAs(tab, RECEPTION);
    await statusIs(second, 'Authenticated');
  });
});

describe('the wizard goes away', () => {
  test('its page reloaded: the sign-in ends with it, and afterwards all is as before', async () => {
    await using practice = await openPractice();
    const before = storedEmailSetup(practice.host.dataDirectory);
    const wizard = await openAccountDetails(practice.page);
    await pressSignIn(practice, wizard);
    const link = (await wizard.getByRole('link', { name: 'Open the sign-in page' }).getAttribute('href')) ?? '';
    await practice.page.reload();
    await untilListenerCloses(link);
    await practice.page.getByRole('menubar').waitFor();
    expect(await practice.page.getByRole('dialog').count()).toBe(0);
    expect(storedEmailSetup(practice.host.dataDirectory)).toEqual(before);
    await authenticate(practice, await openAccountDetails(practice.page));
  });

  test('the host started again from the panel: the wizard closes, and the next one signs in', async () => {
    await using practice = await openPractice();
    const wizard = await openAccountDetails(practice.page);
    await pressSignIn(practice, wizard);
    const link = (await wizard.getByRole('link', { name: 'Open the sign-in page' }).getAttribute('href')) ?? '';
    await restartAs(practice.page, 'V13.706');
    await wizard.waitFor({ state: 'detached' });
    await untilListenerCloses(link);
    await authenticate(practice, await openAccountDetails(practice.page));
  });

  test('the host killed: nothing was saved, and after a new start a sign-in works', async () => {
    await using practice = await openPractice();
    const { dataDirectory } = practice.host;
    const before = storedEmailSetup(dataDirectory);
    const tab = await pressSignIn(practice, await openAccountDetails(practice.page));
    await practice.host.kill();
    await practice.page.getByText('Nothing was changed by this.').waitFor();
    await practice.page.getByText('This page goes on by itself when it is back.').waitFor();
    expect(await practice.page.getByText('Something went wrong').count()).toBe(0);
    await tab.close();
    expect(storedEmailSetup(dataDirectory)).toEqual(before);
    await using host = await startTestHostProcess({ dataDirectory });
    await practice.page.goto(host.url);
    await practice.page.getByRole('menubar').waitFor();
    await authenticate(practice, await openAccountDetails(practice.page));
  });
});
