import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type TestHostOptions, type WizardFrame } from '@exact/test-host';
import { expect } from '@jest/globals';
import { CAST_CODE, CAST_PASSWORD } from '../src/microsoft365/cast.js';
import type { IdentityBrowser } from './identity-browser.js';
import { control, openAccountDetails, pageOpenedBy, until } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
export const ADMIN = 'admin@brightsmile.example';

/** From the account picker to the page after the password. */
export async function typePassword(browser: IdentityBrowser, address: string): Promise<void> {
  await browser.press('Use another account');
  await browser.press('Next', { Email: address });
  if (browser.heading === 'Enter password') await browser.press('Sign in', { Password: CAST_PASSWORD });
  if (browser.heading === 'Verify your identity') await browser.press('Verify', { Code: CAST_CODE });
}

/** What the Status of Account Details says. */
export async function statusOf(frame: WizardFrame): Promise<unknown> {
  const status = await control(frame, 'status');
  return status?.kind === 'status' ? status.value : undefined;
}

export async function untilStatus(frame: WizardFrame, wanted: string): Promise<void> {
  await until(frame.onDidChange, async () => (await statusOf(frame)) === wanted);
}

export const WAITING = 'Waiting for your IT support’s approval';

export interface Waiting extends AsyncDisposable {
  readonly frame: WizardFrame;
  readonly browser: IdentityBrowser;
}

/** A wizard that waits for approval, and the browser in which reception was refused. */
export async function openWaiting(testHost: TestHost, account: string, address = account): Promise<Waiting> {
  if (testHost.microsoft365) testHost.microsoft365.identity.situations.consentBy = 'administrator';
  const frame = await openAccountDetails(testHost, address);
  const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
  await typePassword(browser, account);
  await browser.press('Return to the application without granting consent');
  await untilStatus(frame, WAITING);
  return { frame, browser, [Symbol.asyncDispose]: () => frame[Symbol.asyncDispose]() };
}

/** Presses "I have the approval" while no page waits: the address that the system's browser is to open. */
export async function addressOpenedBy({ host }: TestHost, press: () => Promise<unknown>): Promise<string> {
  const opened = Promise.withResolvers<string>();
  const subscription = host.onDidChange((change) => {
    if (change.kind === 'system-browser') opened.resolve(change.url);
  });
  await press();
  const url = await opened.promise;
  subscription.dispose();
  return url;
}

/** The waiting page, which the tab goes on to by itself. */
export async function waitingPage(testHost: TestHost, frame: WizardFrame): Promise<string> {
  const look = await addressOpenedBy(testHost, () => frame.press('approval-look'));
  return new URL('.', look).href;
}

/** What the waiting page's script asks for and gets. */
export async function nextStep(page: string): Promise<unknown> {
  const answer = (await (await fetch(`${page}next`)).json()) as { go: unknown };
  return answer.go;
}

/** What the practice would send to its IT support. */
export async function messageOf(frame: WizardFrame): Promise<string> {
  const copy = await control(frame, 'approval-message');
  return copy?.kind === 'copy' ? copy.value : '';
}

export async function linkOf(frame: WizardFrame): Promise<string> {
  const link = await control(frame, 'approval-link');
  return link?.kind === 'link' ? link.url : '';
}

export function start(options: TestHostOptions = {}): Promise<TestHost> {
  return startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} }, ...options });
}

/** Resolves when the page says for this reason that nobody is signed in. */
export async function untilNone(frame: WizardFrame, code: string): Promise<void> {
  await untilStatus(frame, 'Not authenticated');
  expect(await control(frame, 'reason')).toMatchObject({ failure: { code } });
}

export async function untilAuthenticated(frame: WizardFrame): Promise<void> {
  await until(frame.onDidChange, async () => (await frame.view()).canGoNext);
  expect(await statusOf(frame)).toBe('Authenticated');
}
