import { afterAll, expect, test } from '@jest/globals';
import { turn } from './support/panel.js';
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
  await turn(page, 'This computer’s clock is an hour slow', true);
  const tab = await pressSignIn(practice, wizard);
  await wizard.getByText('The clock of this computer is about 60 minutes slow.').first().waitFor();
  await signInAs(tab, RECEPTION);
  await statusIs(wizard, 'Authenticated');
});
