import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CAST_CODE, CAST_PASSWORD, sampleCast } from '../src/microsoft365/cast.js';
import { systemClock } from '../src/microsoft365/clock.js';
import { type IdentityProvider, startIdentityProvider } from '../src/microsoft365/identity/identity-provider.js';
import { msalApp } from '../test/msal-node.adapter.js';
import { type Browser, type Page, startChromium } from './support/browser.adapter.js';

const CLIENT_ID = '5f1c2d8e-8f0b-4c35-9c39-6a5d1f3b7e21';

let chromium: Browser;
let provider: IdentityProvider;

beforeAll(async () => {
  chromium = await startChromium();
  provider = await startIdentityProvider({
    cast: sampleCast,
    clock: systemClock,
    clientId: CLIENT_ID,
    reportError: fail,
  });
});

afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await chromium.close();
});

function fail(error: unknown): never {
  throw error;
}

async function expectPage(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  expect(await page.title()).toContain(heading);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('the sign-in pages have no accessibility fault and work by keyboard alone', async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const app = msalApp(CLIENT_ID, provider.authorityMetadata);

  const result = await app.signIn(
    (url) => page.goto(url),
    async () => {
      await expectPage(page, 'Pick an account');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expectPage(page, 'Sign in');
      await page.keyboard.type('nobody@brightsmile.example');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await expectPage(page, 'Sign in');
      await page.getByRole('textbox', { name: 'Email' }).fill('manager@brightsmile.example');
      await page.keyboard.press('Enter');
      await expectPage(page, 'Enter password');
      await page.keyboard.type(CAST_PASSWORD);
      await page.keyboard.press('Enter');
      await expectPage(page, 'Verify your identity');
      await page.keyboard.type(CAST_CODE);
      await page.keyboard.press('Enter');
      await expectPage(page, 'Permissions requested');
      await page.keyboard.press('Enter');
      await page.waitForURL(/^http:\/\/localhost:/);
    },
  );

  expect(result.account?.username).toBe('manager@brightsmile.example');
  expect(complaints).toEqual([]);
  await context.close();
});

test('without scripts the way back to the app is a button', async () => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const app = msalApp(CLIENT_ID, provider.authorityMetadata);
  const outcome = app.signIn(
    (url) => page.goto(url),
    async () => {
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
    },
  );
  await expect(outcome).rejects.toMatchObject({ errorCode: 'access_denied' });
  await context.close();
});
