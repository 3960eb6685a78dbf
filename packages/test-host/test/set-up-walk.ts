import { FailureError, type Event, type JsonValue } from '@exact/host-contracts';
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

/**
 * The walk of the help article as far as Finish, with a browser that nobody has signed in with. `schedule`: what is
 * changed on its page, by control.
 */
export async function connectMailbox(
  { host }: TestHost,
  schedule: Readonly<Record<string, JsonValue>> = {},
): Promise<void> {
  const [entry] = await host.menu();
  await using frame = await host.openWizard(entry?.id ?? '');
  await frame.change('provider', 'microsoft365');
  await frame.next();
  await frame.change('address', `"Bright Smile Dental" <${RECEPTION}>`);
  const opened = Promise.withResolvers<string>();
  const subscription = host.onDidChange((change) => {
    if (change.kind === 'system-browser') opened.resolve(change.url);
  });
  await frame.press('sign-in');
  const browser = new IdentityBrowser();
  await browser.open(await opened.promise);
  subscription.dispose();
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
