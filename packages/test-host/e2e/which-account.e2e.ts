import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from './support/browser.adapter.js';
import { turn } from './support/panel.js';
import { closeChromium, openPractice, type Practice } from './support/practice.js';
import { chooseMicrosoft, CODE, next, openSetup, PASSWORD, RECEPTION } from './support/set-up.js';

const MANAGER = 'manager@brightsmile.example';
const ADMIN = 'admin@brightsmile.example';
const FRONT_DESK = 'frontdesk@brightsmile.example';
const HYGIENE = 'hygiene@brightsmile.example';
const H_BERG = 'h.berg@brightsmile.onmicrosoft.example';
const SHARED = 'info@brightsmile.example';
const SHARED_READ_ONLY = 'accounts@brightsmile.example';
const UNLICENSED = 'unlicensed@brightsmile.example';
const WINDOWS = 'windows@otherclinic.example';
const GUEST = 'locum@otherclinic.example';
const PERSONAL = 'brightsmile@outlook.com';

let practice: Practice;
let wizard: Locator;

beforeAll(async () => {
  practice = await openPractice();
  wizard = await openSetup(practice.page);
  await chooseMicrosoft(wizard);
});

afterAll(async () => {
  await practice[Symbol.asyncDispose]();
  await closeChromium();
});

/** Goes through whatever pages Microsoft shows to this browser, until the window can be closed. */
async function goThrough(tab: Page, account: string): Promise<void> {
  const end = tab.getByText('close this window');
  const steps: Record<string, () => Promise<void>> = {
    'Pick an account': async () => {
      const known = tab.getByRole('button', { name: account });
      const another = tab.getByRole('button', { name: 'Use another account' });
      await ((await known.count()) > 0 ? known : another).click();
    },
    'Sign in': async () => {
      await tab.getByRole('textbox', { name: 'Email' }).fill(account);
      await tab.getByRole('button', { name: 'Next' }).click();
    },
    'Enter password': async () => {
      await tab.getByLabel('Password').fill(PASSWORD);
      await tab.getByRole('button', { name: 'Sign in' }).click();
    },
    'Verify your identity': async () => {
      await tab.getByRole('textbox', { name: 'Code' }).fill(CODE);
      await tab.getByRole('button', { name: 'Verify' }).click();
    },
    'Permissions requested': () => tab.getByRole('button', { name: 'Accept' }).click(),
  };
  while ((await end.count()) === 0) {
    const title = await tab.getByRole('heading', { level: 1 }).textContent();
    const step = steps[title ?? ''];
    if (!step) throw new Error(`Microsoft shows ${title ?? 'nothing'}`);
    await step();
    await tab
      .getByRole('heading', { level: 1 })
      .filter({ hasNotText: title ?? '' })
      .waitFor();
  }
  await tab.close();
}

/** Types the address, signs in as the account, and waits for the verdict; says what the Status says. */
async function signIn(address: string, account: string): Promise<string> {
  await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(address);
  const [tab] = await Promise.all([
    practice.context.waitForEvent('page'),
    wizard.getByRole('button', { name: /^(?:Authenticate|Use another account)$/ }).click(),
  ]);
  await goThrough(tab, account);
  const verdict = wizard
    .getByRole('status', { name: 'Status', exact: true })
    .filter({ hasText: /^(?:Not a|A)uthenticated$/ });
  await verdict.waitFor();
  return (await verdict.textContent()) ?? '';
}

describe('typed address, signed-in person and opened mailbox are three facts', () => {
  test.each([
    ['its own mailbox', RECEPTION, RECEPTION, RECEPTION, RECEPTION],
    ['its own, with a second factor', MANAGER, MANAGER, MANAGER, MANAGER],
    ['an alias of its own', FRONT_DESK, ADMIN, ADMIN, `${FRONT_DESK}, by ${ADMIN}`],
    ['its own under another sign-in name', HYGIENE, H_BERG, HYGIENE, `${HYGIENE}, by ${H_BERG}`],
    ['a shared mailbox', SHARED, RECEPTION, SHARED, `${SHARED}, by ${RECEPTION}`],
  ])('%s is Authenticated, and all three stand there', async (_what, address, account, receives, sends) => {
    expect(await signIn(address, account)).toBe('Authenticated');
    await wizard.getByText(`Signed in as ${account}`, { exact: true }).waitFor();
    const ways = wizard.getByRole('region', { name: 'What this sign-in opens' });
    await ways.getByText(`the mailbox of ${receives}`, { exact: true }).waitFor();
    await ways.getByText(sends, { exact: true }).waitFor();
  });
});

describe('an account that is not the practice’s', () => {
  test.each([
    ['a colleague’s', RECEPTION, MANAGER],
    ['one without Send As for the shared mailbox', SHARED_READ_ONLY, RECEPTION],
    ['one without a licence', RECEPTION, UNLICENSED],
    ['the one that Windows hands over', RECEPTION, WINDOWS],
    ['a guest’s from another organisation', SHARED, GUEST],
  ])('%s is named beside the practice’s, with Use another account', async (_what, address, account) => {
    expect(await signIn(address, account)).toBe('Not authenticated');
    await wizard
      .getByText(`You signed in as ${account}; the practice mailbox is ${address}`, { exact: false })
      .waitFor();
    await wizard.getByRole('button', { name: 'Use another account', exact: true }).waitFor();
    const facts = wizard.getByRole('region', { name: 'What this sign-in opens' });
    await facts.getByText(account, { exact: true }).waitFor();
    await facts.getByText('not possible yet').first().waitFor();
    expect(await wizard.getByRole('button', { name: 'Next', exact: true }).getAttribute('aria-disabled')).toBe('true');
  });

  test('a personal one is told apart after the sign-in, and before it where the address shows it', async () => {
    expect(await signIn(RECEPTION, PERSONAL)).toBe('Not authenticated');
    await wizard.getByText(`You signed in as ${PERSONAL}, which is a personal Microsoft account.`).waitFor();
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(PERSONAL);
    await wizard.getByText(`${PERSONAL} is a personal Microsoft account`).waitFor();
    await wizard.getByRole('button', { name: 'Email configuration - Outlook and Hotmail' }).waitFor();
  });
});

describe('what somebody else has to switch on', () => {
  test('an account without a mailbox is told so, and who gives it one', async () => {
    expect(await signIn(UNLICENSED, UNLICENSED)).toBe('Not authenticated');
    await wizard.getByText(`The account ${UNLICENSED} has no mailbox at Microsoft.`).waitFor();
    await wizard.getByText('Your IT support').first().waitFor();
  });

  test.each([
    ['The account that signs in has no mailbox (no licence)', RECEPTION, /has no mailbox/, /a licence with email/],
    ['IMAP is switched off for the mailbox', RECEPTION, /lets no program receive/, /tick IMAP/],
    ['SMTP AUTH is switched off for the mailbox', RECEPTION, /lets no program send/, /tick Authenticated SMTP/],
    ['SMTP AUTH is switched off for the mailbox', SHARED, /lets no program send/, /tick Authenticated SMTP/],
    ['SMTP AUTH is switched off for the organisation', RECEPTION, /for the practice’s organisation/, /tick Auth/],
    ['Microsoft permits only a part: receiving, not sending', RECEPTION, /not to send/, /accept all permissions/],
    ['Microsoft permits only a part: sending, not receiving', RECEPTION, /not to receive/, /accept all permissions/],
    ['Nobody may open the shared mailboxes (no Full Access)', SHARED, /practice mailbox is/, /“Full Access”/],
    ['Nobody may send from the shared mailboxes (no Send As)', SHARED, /may read that mailbox/, /“Send As”/],
  ])('“%s” is named for %s with its remedy, and is well again when it is mended', async (...row) => {
    const [situation, address, happened, remedy] = row;
    await turn(practice.page, situation, true);
    expect(await signIn(address, RECEPTION)).toBe('Not authenticated');
    await wizard.getByText(happened).first().waitFor();
    await wizard.getByText(remedy).first().waitFor();
    await turn(practice.page, situation, false);
    expect(await signIn(address, RECEPTION)).toBe('Authenticated');
  });

  test('what IT support gives counts at once: the shared mailbox that could only be read', async () => {
    await turn(practice.page, 'All staff may open the shared mailboxes and send from them', true);
    expect(await signIn(SHARED_READ_ONLY, RECEPTION)).toBe('Authenticated');
    await turn(practice.page, 'All staff may open the shared mailboxes and send from them', false);
  });

  test('a full mailbox lets nobody send: the test says so', async () => {
    await turn(practice.page, 'The mailbox is full', true);
    expect(await signIn(RECEPTION, RECEPTION)).toBe('Authenticated');
    await next(wizard, 'Scheduled Send and Receive');
    await next(wizard, 'Test');
    await wizard.getByRole('button', { name: 'Run test' }).click();
    const send = wizard.getByRole('list', { name: 'Test steps' }).getByRole('listitem').filter({ hasText: /^Send/ });
    await send.filter({ hasText: 'Failed' }).waitFor();
    await send.getByText(`The mailbox of ${RECEPTION} is full`).first().waitFor();
    await send.getByText('then try again here').waitFor();
    await turn(practice.page, 'The mailbox is full', false);
    await wizard.getByRole('button', { name: 'Run test' }).click();
    await send.filter({ hasText: 'Passed' }).waitFor();
  });
});
