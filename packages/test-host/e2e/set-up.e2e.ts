import { afterAll, describe, expect, test } from '@jest/globals';
import { closeChromium, openPractice, openPracticeInside } from './support/practice.js';
import { rows, openEmail } from './support/email-window.js';
import {
  accept,
  authenticate,
  chooseMenu,
  chooseMicrosoft,
  CODE,
  connectMailbox,
  goToTest,
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

describe('setting up email', () => {
  test('S2: a user with the right opens Email and SMS Setup, others see it disabled', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    const wizard = await openSetup(page);
    await heading(wizard, 'Email Provider').waitFor();
    await wizard.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('checkbox', { name: /may configure/i }).click();
    await page.getByRole('menuitem', { name: 'Configure' }).click();
    const entry = page.getByRole('menuitem', { name: 'Email and SMS Setup' });
    await expect(entry.getAttribute('aria-disabled')).resolves.toBe('true');
  });

  test('S3: the wizard asks for the provider, shows the current one, and turns email off without forgetting the rest', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await connectMailbox(practice);
    const wizard = await openSetup(page);
    await expect(wizard.getByRole('radio', { name: 'Microsoft Office 365' }).isChecked()).resolves.toBe(true);
    await wizard.getByRole('radio', { name: 'Do not send or receive email' }).click();
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await wizard.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Email service: off' }).waitFor();
    const again = await openSetup(page);
    await expect(again.getByRole('radio', { name: 'Do not send or receive email' }).isChecked()).resolves.toBe(true);
    await chooseMicrosoft(again);
    await expect(again.getByRole('textbox', { name: 'Practice Email Address' }).inputValue()).resolves.toBe(RECEPTION);
    await statusIs(again, 'Authenticated');
  });

  test('S3: what an older EXACT set up is shown and stays until another choice is finished', async () => {
    await using practice = await openPracticeInside({ otherEmail: 'POP3, mail.brightsmile.example' });
    const { page } = practice;
    const wizard = await openSetup(page);
    const other = wizard.getByRole('radio', { name: 'Other email (current)' });
    await expect(other.isChecked()).resolves.toBe(true);
    await wizard.getByText('POP3, mail.brightsmile.example').waitFor();
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await wizard.waitFor({ state: 'detached' });
    await connectMailbox(practice);
    const again = await openSetup(page);
    await expect(again.getByRole('radio', { name: 'Microsoft Office 365' }).isChecked()).resolves.toBe(true);
    await expect(again.getByRole('radio', { name: 'Other email (current)' }).count()).resolves.toBe(0);
  });

  test('S4: the practice’s address is entered with or without the name that patients see', async () => {
    await using practice = await openPractice();
    const wizard = await openSetup(practice.page);
    await chooseMicrosoft(wizard);
    const field = wizard.getByRole('textbox', { name: 'Practice Email Address' });
    await field.fill('reception at brightsmile');
    await wizard.getByText('That is not an email address').waitFor();
    await expect(wizard.getByRole('button', { name: 'Authenticate' }).isDisabled()).resolves.toBe(true);
    await authenticate(practice, wizard, `"Bright Smile Dental" <${RECEPTION}>`, RECEPTION);
    await expect(field.inputValue()).resolves.toBe(`"Bright Smile Dental" <${RECEPTION}>`);
  });

  test('S5: Authenticate leads through Microsoft’s account picker, password, MFA and consent', async () => {
    await using practice = await openPractice();
    const wizard = await openSetup(practice.page);
    await chooseMicrosoft(wizard);
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('manager@brightsmile.example');
    const tab = await pressSignIn(practice, wizard);
    await tab.getByRole('button', { name: /windows@otherclinic\.example/ }).waitFor();
    await tab.getByRole('button', { name: 'Use another account' }).click();
    await tab.getByRole('textbox', { name: 'Email' }).fill('manager@brightsmile.example');
    await tab.getByRole('button', { name: 'Next' }).click();
    await tab.getByLabel('Password').fill('nonsense');
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('alert').waitFor();
    await tab.getByLabel('Password').fill(PASSWORD);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('textbox', { name: 'Code' }).fill(CODE);
    await tab.getByRole('button', { name: 'Verify' }).click();
    await accept(tab);
    await statusIs(wizard, 'Authenticated');
    await wizard.getByText('Signed in as manager@brightsmile.example').waitFor();
  });

  test.each([
    ['an administrator for an alias of the mailbox', 'frontdesk@brightsmile.example', 'admin@brightsmile.example'],
    ['a person for a shared mailbox', 'info@brightsmile.example', RECEPTION],
  ])('S6: %s may sign in under another name', async (_who, address, account) => {
    await using practice = await openPractice();
    const wizard = await openSetup(practice.page);
    await chooseMicrosoft(wizard);
    await authenticate(practice, wizard, address, account);
    await wizard.getByText(`Signed in as ${account}`).waitFor();
  });

  test('S6: an account that may not send as the practice is told so, with Use another account', async () => {
    await using practice = await openPractice();
    const wizard = await openSetup(practice.page);
    await chooseMicrosoft(wizard);
    const field = wizard.getByRole('textbox', { name: 'Practice Email Address' });
    await field.fill('accounts@brightsmile.example');
    await signInAs(await pressSignIn(practice, wizard), RECEPTION);
    await wizard
      .getByText(`You signed in as ${RECEPTION}; the practice mailbox is accounts@brightsmile.example`)
      .first()
      .waitFor();
    await statusIs(wizard, 'Not authenticated');
    await expect(wizard.getByRole('button', { name: 'Next' }).isDisabled()).resolves.toBe(true);
    await wizard.getByRole('button', { name: 'Use another account' }).waitFor();
  });

  test('S6: a Windows account that slips in is named, and the right one goes on from there', async () => {
    await using practice = await openPractice();
    const wizard = await openSetup(practice.page);
    await chooseMicrosoft(wizard);
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(RECEPTION);
    const tab = await pressSignIn(practice, wizard);
    await tab.getByRole('button', { name: /windows@otherclinic\.example/ }).click();
    await accept(tab);
    await wizard
      .getByText(`You signed in as windows@otherclinic.example; the practice mailbox is ${RECEPTION}`)
      .first()
      .waitFor();
    await signInAs(await pressSignIn(practice, wizard, 'Use another account'), RECEPTION);
    await statusIs(wizard, 'Authenticated');
  });

  test('S7: Next is not possible before the Status is Authenticated', async () => {
    await using practice = await openPractice();
    const wizard = await openSetup(practice.page);
    await chooseMicrosoft(wizard);
    await statusIs(wizard, 'Not authenticated');
    const nextButton = wizard.getByRole('button', { name: 'Next' });
    await expect(nextButton.isDisabled()).resolves.toBe(true);
    await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill(RECEPTION);
    const tab = await pressSignIn(practice, wizard);
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await wizard.getByText('The sign-in was cancelled').first().waitFor();
    await statusIs(wizard, 'Not authenticated');
    await expect(nextButton.isDisabled()).resolves.toBe(true);
    await authenticate(practice, wizard);
    await next(wizard, 'Scheduled Send and Receive');
  });

  test('S8: a personal account is told apart before and after sign-in, and the article is one press away', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    const article = 'Email configuration - Outlook and Hotmail (personal accounts)';
    const wizard = await openSetup(page);
    await chooseMicrosoft(wizard);
    const field = wizard.getByRole('textbox', { name: 'Practice Email Address' });
    await field.fill('brightsmile@hotmail.co.uk');
    await wizard.getByRole('button', { name: article }).waitFor();
    await expect(wizard.getByRole('button', { name: 'Authenticate' }).isDisabled()).resolves.toBe(true);
    await field.fill(RECEPTION);
    await signInAs(await pressSignIn(practice, wizard), 'brightsmile@outlook.com');
    await wizard.getByText('brightsmile@outlook.com, which is a personal Microsoft account').first().waitFor();
    await wizard.getByRole('button', { name: article }).click();
    await page.getByRole('dialog', { name: article }).waitFor();
  });

  test('S10: Reset Mailbox Counter says beforehand what it will download, and doubles nothing', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await connectMailbox(practice);
    await page.getByRole('button', { name: 'Email service: working' }).waitFor();
    const email = await openEmail(page);
    await email.getByText(/300 messages/).waitFor();
    await email.getByRole('button', { name: 'Close' }).click();
    const wizard = await openSetup(page);
    await chooseMicrosoft(wizard);
    await wizard.getByRole('checkbox', { name: 'Reset Mailbox Counter' }).click();
    const day = String.raw`\d{1,2} [A-Z][a-z]+ \d{4}`;
    const size = String.raw`\(about [\d.]+ MB\)`;
    await wizard
      .getByText(
        new RegExp(
          `^The mailbox holds 300 messages ${size}, from ${day} to ${day}\\. EXACT seems to have \\d+ of them`,
        ),
      )
      .waitFor();
    await next(wizard, 'Scheduled Send and Receive');
    await next(wizard, 'Test');
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await wizard.waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: /patient/i }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Patient writes an email' }).click();
    await (await openEmail(page)).getByText(/301 messages/).waitFor();
  });

  test('S11: the schedule holds what was chosen, and refuses nonsense in words', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    const wizard = await openSetup(page);
    await chooseMicrosoft(wizard);
    await authenticate(practice, wizard);
    await next(wizard, 'Scheduled Send and Receive');
    await wizard.getByText('30 emails a minute and 10,000 recipients a day').waitFor();
    await wizard.getByRole('checkbox', { name: 'Send all email immediately' }).click();
    const every = wizard.getByRole('spinbutton', { name: 'Check every (minutes)' });
    await every.fill('0');
    await wizard.getByText('Type a whole number from 1 to 1,440').waitFor();
    await expect(wizard.getByRole('button', { name: 'Next' }).isDisabled()).resolves.toBe(true);
    await every.fill('15');
    await wizard.getByRole('spinbutton', { name: 'Delay between emails (seconds)' }).fill('7');
    await next(wizard, 'Test');
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('alertdialog', { name: 'Practice Information' }).getByRole('button', { name: 'No' }).click();
    const again = await openSetup(page);
    await chooseMicrosoft(again);
    await next(again, 'Scheduled Send and Receive');
    await expect(again.getByRole('checkbox', { name: 'Send all email immediately' }).isChecked()).resolves.toBe(false);
    await expect(again.getByRole('spinbutton', { name: 'Check every (minutes)' }).inputValue()).resolves.toBe('15');
    await expect(again.getByRole('spinbutton', { name: 'Delay between emails (seconds)' }).inputValue()).resolves.toBe(
      '7',
    );
  });

  test('S12: the test signs in, opens the mailbox, sends to the practice itself and sees it arrive', async () => {
    await using practice = await openPractice();
    const wizard = await goToTest(practice);
    const steps = wizard.getByRole('list', { name: 'Test steps' }).getByRole('listitem');
    await steps.filter({ hasText: 'Waiting' }).nth(3).waitFor();
    await expect(steps.count()).resolves.toBe(4);
    await wizard.getByRole('button', { name: 'Run test' }).click();
    await steps.filter({ hasText: 'Passed' }).nth(3).waitFor();
    const names = await steps.allTextContents();
    expect(names.map((name) => /^(Sign in|Open mailbox|Send|Receive)/.exec(name)?.[0])).toEqual([
      'Sign in',
      'Open mailbox',
      'Send',
      'Receive',
    ]);
    await wizard
      .getByText(/TLS 1\.[23]/)
      .first()
      .waitFor();
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await practice.page
      .getByRole('alertdialog', { name: 'Practice Information' })
      .getByRole('button', { name: 'No' })
      .click();
    const email = await openEmail(practice.page);
    await email.getByText(/300 messages/).waitFor();
    await expect((await rows(email, 'Inbox', 'EXACT email test')).count()).resolves.toBe(0);
  });

  test('S14: Yes updates the address that patients are written to, and Campaign+ says what else to do', async () => {
    await using practice = await openPractice();
    const { page } = practice;
    await page.getByRole('checkbox', { name: 'Campaign+' }).click();
    const wizard = await goToTest(practice);
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('alertdialog', { name: 'Practice Information' }).getByRole('button', { name: 'Yes' }).click();
    const notice = page.getByRole('alertdialog', { name: 'Campaign+' });
    await notice.getByText('Amazon Web Services').waitFor();
    await notice.getByRole('button', { name: 'OK' }).click();
    await chooseMenu(page, 'Configure', 'Practice Information');
    const information = page.getByRole('dialog', { name: 'Practice Information' });
    await expect(information.getByRole('textbox', { name: 'Email address' }).inputValue()).resolves.toBe(RECEPTION);
  });

  test('S14: No leaves the practice information as it is', async () => {
    await using practice = await openPractice();
    await connectMailbox(practice, 'No');
    await chooseMenu(practice.page, 'Configure', 'Practice Information');
    const information = practice.page.getByRole('dialog', { name: 'Practice Information' });
    await expect(information.getByRole('textbox', { name: 'Email address' }).inputValue()).resolves.toBe(
      'old@brightsmile.example',
    );
  });
});
