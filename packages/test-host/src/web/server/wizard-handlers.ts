import { FailureError } from '@exact/host-contracts';
import type { Host, WizardFrame } from '../../host/host.js';
import type { Handlers, MethodsOf } from './handler.js';
import type { PageSession } from './page-session.js';

/** The wizard frame, as the page drives it. Each answer carries the view after the step. */
export const wizardHandlers: Handlers<MethodsOf<'wizard'>> = {
  async 'wizard.open'({ host, page, input }) {
    const frame = await host.openWizard(input.menuEntry);
    const { id } = page.add(frame);
    const signInModule = await findSignInModule(host);
    return { wizard: id, view: await frame.view(), ...(signInModule !== undefined && { signInModule }) };
  },
  'wizard.view': ({ page, input }) => frameOf(page, input.wizard).view(),
  async 'wizard.change'({ page, input }) {
    const frame = frameOf(page, input.wizard);
    await frame.change(input.control, input.value);
    return frame.view();
  },
  async 'wizard.press'({ page, input }) {
    const frame = frameOf(page, input.wizard);
    await frame.press(input.control);
    return frame.view();
  },
  'wizard.receive': ({ page, input }) => frameOf(page, input.wizard).receive(input.message),
  async 'wizard.back'({ page, input }) {
    const frame = frameOf(page, input.wizard);
    await frame.back();
    return frame.view();
  },
  async 'wizard.next'({ page, input }) {
    const frame = frameOf(page, input.wizard);
    await frame.next();
    return frame.view();
  },
  async 'wizard.finish'({ page, input }) {
    const outcome = await frameOf(page, input.wizard).finish();
    if (outcome.kind === 'finished') await page.close(input.wizard);
    return outcome;
  },
  async 'wizard.cancel'({ page, input }) {
    await page.close(input.wizard);
    return null;
  },
};

function frameOf(page: PageSession, id: string): WizardFrame {
  const wizard = page.wizard(id);
  if (wizard) return wizard.frame;
  throw new FailureError({
    code: 'test-host.wizard-ended',
    sentence: 'This window has ended, and nothing of it was saved.',
    fixedBy: 'user',
    advice: 'Close it and open it again from the menu.',
    retry: { kind: 'never' },
  });
}

async function findSignInModule(host: Host): Promise<string | undefined> {
  const { plugins } = await host.panel.state();
  const found = plugins.find(({ plugin }) => host.browserModule(plugin, 'sign-in') !== undefined);
  return found && `/plugins/${encodeURIComponent(found.plugin)}/sign-in.js`;
}
