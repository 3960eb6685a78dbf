import { afterAll, expect, test } from '@jest/globals';
import { closeChromium, openPracticeInside } from './support/practice.js';
import { authenticate, chooseMicrosoft, openSetup, statusIs } from './support/set-up.js';

afterAll(closeChromium);

test('a button stays where it is while the page below it changes, so that no press misses it', async () => {
  await using practice = await openPracticeInside();
  const wizard = await openSetup(practice.page);
  await chooseMicrosoft(wizard);
  await authenticate(practice, wizard);
  const button = wizard.getByRole('button', { name: 'Authenticate', exact: true });
  const before = await button.boundingBox();
  await wizard.getByRole('textbox', { name: 'Practice Email Address' }).fill('manager@brightsmile.example');
  await statusIs(wizard, 'Not authenticated');
  expect(await button.boundingBox()).toEqual(before);
});
