import { FailureError, type Control, type Event, type JsonValue } from '@exact/host-contracts';
import type { TestHost, WizardFrame } from '@exact/test-host';
import { IdentityBrowser } from './identity-browser.js';
import { RECEPTION, walkAs } from './identity-harness.js';

/** Resolves when the condition holds, looking again after each change. */
export async function until(onDidChange: Event<unknown>, condition: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const changed = Promise.withResolvers<undefined>();
    const subscription = onDidChange(() => {
      changed.resolve(undefined);
    });
    const holds = await condition();
    if (!holds) await changed.promise;
    subscription.dispose();
    if (holds) return;
  }
}

/** The wizard on Account Details, the address typed. */
export async function openAccountDetails({ host }: TestHost, address = RECEPTION): Promise<WizardFrame> {
  const [entry] = await host.menu();
  const frame = await host.openWizard(entry?.id ?? '');
  await frame.change('provider', 'microsoft365');
  await frame.next();
  await frame.change('address', address);
  return frame;
}

/** Does what opens Microsoft's page, and gives the browser that shows it. */
export async function pageOpenedBy({ host }: TestHost, press: () => Promise<unknown>): Promise<IdentityBrowser> {
  const opened = Promise.withResolvers<string>();
  const subscription = host.onDidChange((change) => {
    if (change.kind === 'system-browser') opened.resolve(change.url);
  });
  const pressed = press();
  const browser = new IdentityBrowser();
  await browser.open(await opened.promise);
  subscription.dispose();
  void pressed;
  return browser;
}

export async function control(frame: WizardFrame, id: string): Promise<Control | undefined> {
  return (await frame.view()).page.controls.find((candidate) => candidate.id === id);
}

/**
 * The walk of the help article as far as Finish, with a browser that nobody has signed in with. `schedule`: what is
 * changed on its page, by control.
 */
export async function connectMailbox(
  testHost: TestHost,
  schedule: Readonly<Record<string, JsonValue>> = {},
): Promise<void> {
  await using frame = await openAccountDetails(testHost, `"Bright Smile Dental" <${RECEPTION}>`);
  const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
  await walkAs(RECEPTION)(browser);
  await until(frame.onDidChange, () => isAuthenticated(frame));
  await frame.next();
  for (const [control, value] of Object.entries(schedule)) await frame.change(control, value);
  await frame.next();
  const outcome = await frame.finish();
  if (outcome.kind === 'refused') throw new FailureError(outcome.failure);
}

/** Reset Mailbox Counter, ticked in a wizard that is gone through to Finish. */
export async function resetMailboxCounter({ host }: TestHost): Promise<void> {
  const [entry] = await host.menu();
  await using frame = await host.openWizard(entry?.id ?? '');
  await frame.next();
  await frame.change('reset-counter', true);
  await frame.next();
  await frame.next();
  const outcome = await frame.finish();
  if (outcome.kind === 'refused') throw new FailureError(outcome.failure);
}

/** Throws when the page says why it is not. */
async function isAuthenticated(frame: WizardFrame): Promise<boolean> {
  const { page, canGoNext } = await frame.view();
  const failure = page.controls.find((control) => control.kind === 'notice')?.failure;
  if (failure) throw new FailureError(failure);
  return canGoNext;
}
