import { afterAll, expect, test } from '@jest/globals';
import { turn } from './support/panel.js';
import { outOfReach } from './support/reach.js';
import { closeChromium, openPractice } from './support/practice.js';
import { chooseMicrosoft, openSetup, pressSignIn, RECEPTION, signInAs, statusIs } from './support/set-up.js';

afterAll(closeChromium);

/** What the panel breaks, what Account Details says about it, and what is to be done. */
const SITUATIONS: readonly (readonly [string, RegExp, RegExp])[] = [
  ['The network blocks the sign-in service', /^Signing in: The network refused/, /IT support .* 127\.0\.0\.1 port \d+/],
  ['The network blocks receiving (port 993)', /^Receiving email: The network refused/, /IT support .* port \d+/],
  ['The network blocks sending (port 587)', /^Sending email: The network refused/, /IT support .* port \d+/],
  [
    'Receiving gets no answer (port 993)',
    /^Receiving email: Microsoft did not answer in time/,
    /IT support .* port \d+/,
  ],
  [
    'The names of the mail servers are not found (DNS)',
    /^Receiving email and sending email: .*can’t find Microsoft/,
    /IT support .*DNS/,
  ],
  [
    'A security product opens secure connections',
    /^Receiving email and sending email: .*secure connection/,
    /IT support/,
  ],
  [
    'The mail servers’ certificate has expired',
    /^Receiving email and sending email: .*run out/,
    /date of this computer/,
  ],
  [
    'The mail servers’ certificate is another server’s',
    /^Receiving email and sending email: .*not Microsoft/,
    /IT support/,
  ],
  ['The network takes STARTTLS out of sending', /^Sending email: .*encrypting/, /IT support .*STARTTLS/],
  ['Only through a proxy, which asks for a sign-in (407)', /wants a sign-in of its own/, /IT support .*proxy/],
  ['Only through a proxy, which refuses Microsoft (403)', /does not let email through/, /IT support .* port \d+/],
  ['Only through a proxy, which does not answer', /filter does not answer/, /IT support .*proxy/],
];

const NO_ADDRESSES: readonly (readonly [string, string])[] = [
  ['reception @brightsmile.example', 'An email address has no spaces in it.'],
  ['reception@brightsmile.example 🦷', 'What stands beside the address can’t be told from it.'],
  ['"reception@brightsmile.example', 'What stands beside the address can’t be told from it.'],
  ['🦷@brightsmile.example', 'An email address at Microsoft has no accents and no symbols.'],
  [`${'a'.repeat(300)}@brightsmile.example`, 'That is not an email address.'],
  ['x'.repeat(1500), 'That is too long for an email address.'],
  ['reception@@brightsmile.example', 'That is not an email address.'],
  ['reception@brightsmile.example; manager@brightsmile.example', 'That is more than one address.'],
  ['reception', 'That is not an email address.'],
];

test('what is no address is told apart from a good one, and the page says what is wrong with it', async () => {
  await using practice = await openPractice();
  const wizard = await openSetup(practice.page);
  await chooseMicrosoft(wizard);
  const address = wizard.getByRole('textbox', { name: 'Practice Email Address' });
  for (const [typed, problem] of NO_ADDRESSES) {
    await address.fill('brightsmile@hotmail.co.uk');
    await wizard.getByText('is a personal Microsoft account').waitFor();
    await address.fill(typed);
    await wizard.getByText(problem).waitFor();
    expect(await wizard.getByText('is a personal Microsoft account').count()).toBe(0);
    await wizard.getByText('Put the email address right').waitFor();
    expect(await wizard.getByRole('button', { name: 'Authenticate' }).getAttribute('aria-disabled')).toBe('true');
    expect(await outOfReach(practice.page)).toEqual([]);
  }
});

test('what is in the way of the connection stands on Account Details with its remedy, and no page of Microsoft’s opens', async () => {
  await using practice = await openPractice();
  const { context, page } = practice;
  const wizard = await openSetup(page);
  await chooseMicrosoft(wizard);
  const address = wizard.getByRole('textbox', { name: 'Practice Email Address' });
  await address.fill('reception@gmial.com');
  await wizard.getByText('Did you mean reception@gmail.com?').waitFor();
  await wizard.getByRole('button', { name: 'Use reception@gmail.com' }).click();
  await wizard.getByRole('button', { name: 'Use reception@gmail.com' }).waitFor({ state: 'detached' });
  expect(await address.inputValue()).toBe('reception@gmail.com');
  await address.fill(RECEPTION);
  for (const [situation, happened, remedy] of SITUATIONS) {
    await turn(page, situation, true);
    await wizard.getByRole('button', { name: 'Authenticate', exact: true }).click();
    await wizard.getByText(happened).first().waitFor();
    await wizard.getByText(remedy).first().waitFor();
    await statusIs(wizard, 'Not authenticated');
    await turn(page, situation, false);
  }
  expect(context.pages()).toHaveLength(1);

  await turn(page, 'Receiving gets no answer (port 993)', true);
  await wizard.getByRole('button', { name: 'Authenticate', exact: true }).click();
  await statusIs(wizard, 'Checking the connection to Microsoft');
  await wizard.getByRole('button', { name: 'Cancel sign-in' }).click();
  await wizard.getByText('The sign-in was cancelled').first().waitFor();
  await turn(page, 'Receiving gets no answer (port 993)', false);
  await turn(page, 'The network lets out only through its proxy', true);
  await turn(page, 'This computer’s clock is an hour fast', true);
  await (await pressSignIn(practice, wizard)).close();
  await wizard.getByText('The clock of this computer is about 60 minutes fast.').first().waitFor();
  await wizard.getByRole('button', { name: 'Cancel sign-in' }).click();
  await turn(page, 'This computer’s clock is an hour fast', false);
  await turn(page, 'This computer’s clock is an hour slow', true);
  const tab = await pressSignIn(practice, wizard);
  await wizard.getByText('The clock of this computer is about 60 minutes slow.').first().waitFor();
  await signInAs(tab, RECEPTION);
  await statusIs(wizard, 'Authenticated');
});
