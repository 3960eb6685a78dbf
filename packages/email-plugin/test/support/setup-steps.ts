import type { Control, PageModel, Wizard } from '@exact/host-contracts';
import type { SignInSession } from '../../src/sign-in/sign-in.js';
import { fakeSession, type openWizard, type SetupFakes } from './open-setup.js';

export const ADDRESS = 'reception@practice.example';

export function page(wizard: Wizard, id: string) {
  const found = wizard.pages().find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the wizard has no page ${id} now`);
  return found;
}

export async function model(wizard: Wizard, id: string): Promise<PageModel> {
  return page(wizard, id).model();
}

export async function control(wizard: Wizard, pageId: string, id: string): Promise<Control | undefined> {
  return (await model(wizard, pageId)).controls.find((candidate) => candidate.id === id);
}

export async function reason(wizard: Wizard): Promise<string | undefined> {
  const notice = await control(wizard, 'account', 'reason');
  return notice?.kind === 'notice' ? notice.failure?.code : undefined;
}

type Setup = Awaited<ReturnType<typeof openWizard>> & { fakes: SetupFakes };

/** Up to Microsoft's page. */
export async function begin({ wizard }: Setup): Promise<void> {
  await page(wizard, 'provider').change('provider', 'microsoft365');
  await page(wizard, 'account').change('address', `"Bright Smile" <${ADDRESS}>`);
  await page(wizard, 'account').press('sign-in');
}

/** Up to Authenticated. */
export async function connect(setup: Setup): Promise<SignInSession & { readonly isDisposed: boolean }> {
  await begin(setup);
  const session = fakeSession(ADDRESS);
  setup.fakes.attempts[0]?.end({ kind: 'signed-in', session });
  await setup.until(async () => (await model(setup.wizard, 'account')).verdict.kind === 'next');
  return session;
}

/** The stored settings of a practice that is connected. */
export function stored() {
  return {
    form: 1,
    provider: 'microsoft365',
    account: {
      key: 'microsoft365:tenant:reception@practice.example',
      address: ADDRESS,
      signedIn: { homeAccountId: 'oid.tenant', objectId: 'oid', tenantId: 'tenant', username: ADDRESS },
      imapUser: ADDRESS,
      smtpUser: ADDRESS,
    },
    schedule: {
      sendImmediately: true,
      checkingTimes: [],
      checkEveryMinutes: 5,
      presetTimes: [],
      delayBetweenEmailsSeconds: 2,
    },
  };
}
