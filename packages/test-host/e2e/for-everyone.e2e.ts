import { afterAll, expect, test } from '@jest/globals';
import { accessibilityFaults } from '../test/web-support/open-page.js';
import type { Page } from './support/browser.adapter.js';
import { openEmail, rows, sendEmail } from './support/email-window.js';
import { choosePatient } from './support/panel.js';
import { closeChromium, openPracticeInside, type PracticeInside } from './support/practice.js';
import {
  accept,
  chooseMenu,
  chooseMicrosoft,
  CODE,
  connectMailbox,
  heading,
  next,
  openSetup,
  PASSWORD,
  pressSignIn,
  RECEPTION,
  signInAs,
  statusIs,
} from './support/set-up.js';

afterAll(closeChromium);

const MANAGER = 'manager@brightsmile.example';

/** Asks axe about page after page of a walk, so that one run tells of all of them. */
class Inspection {
  readonly faults: Record<string, readonly unknown[]> = {};

  async look(at: string, page: Page): Promise<void> {
    const found = await accessibilityFaults(page);
    if (found.length > 0) this.faults[at] = found;
  }
}

test('axe finds nothing on the desktop, its menus and its windows before email is set up', async () => {
  await using practice = await openPracticeInside();
  const { page } = practice;
  const inspection = new Inspection();
  await page.getByRole('cell', { name: 'Alice Thornton' }).first().waitFor();
  await inspection.look('desktop', page);
  for (const menu of ['File', 'Configure', 'Help']) {
    await page.getByRole('menuitem', { name: menu, exact: true }).click();
    await page.getByRole('menu').waitFor();
    await inspection.look(`menu ${menu}`, page);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  }
  for (const [menu, entry] of [
    ['Configure', 'Practice Information'],
    ['Help', 'About'],
    ['File', 'Email'],
  ] as const) {
    await chooseMenu(page, menu, entry);
    const window = page.getByRole('dialog', { name: entry, exact: true });
    await window.waitFor();
    await inspection.look(`${entry}, email off`, page);
    await window.getByRole('button', { name: 'Close' }).click();
  }
  await page.getByRole('button', { name: 'Email service: off' }).click();
  await page.getByRole('dialog', { name: 'Email service' }).waitFor();
  await inspection.look('diagnosis, email off', page);
  expect(inspection.faults).toEqual({});
});

test('axe finds nothing on the wizard’s pages, the sign-in pages and the questions after Finish', async () => {
  await using practice = await openPracticeInside();
  const inspection = new Inspection();
  await practice.page.getByRole('checkbox', { name: 'Campaign+' }).click();
  await lookAtWizard(practice, inspection);
  await lookAtQuestions(practice, inspection);
  expect(inspection.faults).toEqual({});
});

test('axe finds nothing on the mail, the warning and the diagnosis', async () => {
  await using practice = await openPracticeInside();
  const inspection = new Inspection();
  await connectMailbox(practice);
  await lookAtMail(practice, inspection);
  await lookAtWarning(practice, inspection);
  expect(inspection.faults).toEqual({});
});

async function lookAtWizard(practice: PracticeInside, inspection: Inspection): Promise<void> {
  const { page, testHost } = practice;
  const wizard = await openSetup(page);
  await inspection.look('Email Provider', page);
  await chooseMicrosoft(wizard);
  await inspection.look('Account Details, not authenticated', page);
  await wizard.getByRole('button', { name: 'Help with signing in' }).click();
  await wizard.getByRole('region', { name: 'Help with signing in' }).waitFor();
  await inspection.look('Account Details, help', page);
  const address = wizard.getByRole('textbox', { name: 'Practice Email Address' });
  await address.fill('reception at brightsmile');
  await wizard.getByText('That is not an email address').waitFor();
  await inspection.look('Account Details, not an address', page);
  await address.fill('brightsmile@hotmail.co.uk');
  await wizard.getByRole('button', { name: /personal accounts/ }).waitFor();
  await inspection.look('Account Details, personal account', page);
  await wizard.getByRole('button', { name: /personal accounts/ }).click();
  await page.getByRole('dialog', { name: /personal accounts/ }).waitFor();
  await inspection.look('help article', page);
  await page.getByRole('button', { name: 'Close' }).click();

  await address.fill(RECEPTION);
  const wrong = await pressSignIn(practice, wizard);
  await wizard.getByRole('link', { name: 'Open the sign-in page' }).waitFor();
  await inspection.look('Account Details, waiting for the sign-in', page);
  await wrong.getByRole('button', { name: /windows@otherclinic/ }).click();
  await accept(wrong);
  await wizard.getByRole('button', { name: 'Use another account' }).waitFor();
  await inspection.look('Account Details, another account', page);
  await lookAtSignIn(await pressSignIn(practice, wizard, 'Use another account'), inspection);
  await wizard.getByText(`You signed in as ${MANAGER}`).first().waitFor();
  await signInAs(await pressSignIn(practice, wizard, 'Use another account'), RECEPTION);
  await statusIs(wizard, 'Authenticated');
  await inspection.look('Account Details, authenticated', page);

  await wizard.getByRole('checkbox', { name: 'Reset Mailbox Counter' }).click();
  await wizard.getByText('The mailbox holds 300 messages').waitFor();
  await inspection.look('Account Details, Reset Mailbox Counter', page);
  await next(wizard, 'Scheduled Send and Receive');
  await wizard.getByRole('button', { name: 'Add a time of day' }).click();
  await wizard.getByRole('spinbutton', { name: 'Check every (minutes)' }).fill('0');
  await wizard.getByText('Type a whole number from 1').waitFor();
  await inspection.look('Scheduled Send and Receive', page);
  await wizard.getByRole('spinbutton', { name: 'Check every (minutes)' }).fill('5');
  await next(wizard, 'Test');
  await inspection.look('Test, waiting', page);
  const steps = wizard.getByRole('list', { name: 'Test steps' }).getByRole('listitem');
  testHost.microsoft365?.situations.setForEveryone({ smtpAuthOff: 'tenant' });
  await wizard.getByRole('button', { name: 'Run test' }).click();
  await steps.filter({ hasText: 'Failed' }).first().waitFor();
  await inspection.look('Test, failed', page);
  testHost.microsoft365?.situations.setForEveryone({});
  await wizard.getByRole('button', { name: 'Run test' }).click();
  await steps.filter({ hasText: 'Passed' }).nth(3).waitFor();
  await inspection.look('Test, passed', page);
}

/** Every page of the own Microsoft 365, as somebody sees them who mistypes the password once. */
async function lookAtSignIn(tab: Page, inspection: Inspection): Promise<void> {
  const look = async (title: string): Promise<void> => {
    await tab.getByRole('heading', { name: title, exact: true }).waitFor();
    await inspection.look(`sign-in: ${title}`, tab);
  };
  await look('Pick an account');
  await tab.getByRole('button', { name: 'Use another account' }).click();
  await look('Sign in');
  await tab.getByRole('textbox', { name: 'Email' }).fill(MANAGER);
  await tab.getByRole('button', { name: 'Next' }).click();
  await look('Enter password');
  await tab.getByLabel('Password').fill('nonsense');
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('alert').waitFor();
  await inspection.look('sign-in: wrong password', tab);
  await tab.getByLabel('Password').fill(PASSWORD);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await look('Verify your identity');
  const signInPage = tab.url();
  await tab.getByRole('textbox', { name: 'Code' }).fill(CODE);
  await tab.getByRole('button', { name: 'Verify' }).click();
  await look('Permissions requested');
  await tab.getByRole('button', { name: 'Accept' }).click();
  await look('You can close this window');
  await tab.goto(signInPage);
  await look("We can't sign you in");
  await tab.close();
}

async function lookAtQuestions({ page }: PracticeInside, inspection: Inspection): Promise<void> {
  const wizard = page.getByRole('dialog', { name: 'Email and SMS Setup' });
  await heading(wizard, 'Test').waitFor();
  await wizard.getByRole('button', { name: 'Finish' }).click();
  const question = page.getByRole('alertdialog', { name: 'Practice Information' });
  await question.waitFor();
  await inspection.look('question after Finish', page);
  await question.getByRole('button', { name: 'Yes' }).click();
  const notice = page.getByRole('alertdialog', { name: 'Campaign+' });
  await notice.waitFor();
  await inspection.look('Campaign+', page);
  await notice.getByRole('button', { name: 'OK' }).click();
  await notice.waitFor({ state: 'detached' });
}

async function lookAtMail({ page, testHost }: PracticeInside, inspection: Inspection): Promise<void> {
  testHost.microsoft365?.situations.refuseRecipient('tom.baker@patients.example');
  await choosePatient(page, 'Chidi Oduya');
  await page.getByRole('button', { name: 'Patient writes an email' }).click();
  const email = await openEmail(page);
  await email.getByText(/301 messages/).waitFor();
  await inspection.look('Inbox', page);
  const inbox = await rows(email, 'Inbox', /./);
  await inbox.nth(1).click();
  await email.getByRole('group', { name: 'Whose message is it?' }).waitFor();
  await inspection.look('Inbox, reading', page);
  await email.getByRole('button', { name: 'Delete' }).click();
  await (await rows(email, 'Deleted', 'my appointment')).first().click();
  await email.getByRole('button', { name: 'Restore' }).waitFor();
  await inspection.look('Deleted, reading', page);

  await email.getByRole('button', { name: 'New email' }).click();
  const form = page.getByRole('dialog', { name: 'New email' });
  await inspection.look('New email', page);
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.getByText('Type at least one email address').waitFor();
  await inspection.look('New email, nobody to send to', page);
  await form.getByRole('button', { name: 'Cancel' }).click();
  await sendEmail(page, email, { to: MANAGER, subject: 'Arrives', message: 'Hello' });
  await sendEmail(page, email, { to: 'tom.baker@patients.example', subject: 'Fails', message: 'Hello' });
  await (await rows(email, 'Outbox', 'Fails')).filter({ hasText: 'Failed' }).click();
  await email.getByRole('button', { name: 'Reset', exact: true }).waitFor();
  await inspection.look('Outbox, failed', page);
  await (await rows(email, 'Sent', 'Arrives')).click();
  await email.getByRole('article', { name: 'Message' }).waitFor();
  await inspection.look('Sent, reading', page);
  await email.getByRole('button', { name: 'Close' }).click();
}

async function lookAtWarning({ page, testHost }: PracticeInside, inspection: Inspection): Promise<void> {
  await testHost.microsoft365?.identity.revoke(RECEPTION, { accessTokens: true });
  testHost.microsoft365?.imap.breakConnections();
  await testHost.host.runCommand({ command: 'email.send-receive' });
  const warning = page.getByRole('alertdialog', { name: 'Email Warning' });
  await warning.waitFor();
  await inspection.look('Email Warning', page);
  await warning.getByRole('button', { name: 'Later' }).click();
  await warning.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Email service: sign-in required' }).click();
  await page.getByRole('dialog', { name: 'Email service' }).waitFor();
  await inspection.look('diagnosis, sign-in required', page);
}
