import type { BrowserSignIn, CreateBrowserSignIn } from '@exact/host-contracts';
import type { WizardSession } from './wizard-session.js';

let loading: Promise<BrowserSignIn> | undefined;
let session: WizardSession | undefined;

/**
 * Signs in through the plugin's browser module, which is loaded at the first press and made once per page of the
 * browser. Its messages go to the wizard that is open.
 */
export async function signInWithModule(path: string, wizard: WizardSession): Promise<void> {
  session = wizard;
  loading ??= load(path);
  try {
    await (await loading).signIn();
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

async function load(path: string): Promise<BrowserSignIn> {
  const module = (await import(/* @vite-ignore */ path)) as { createSignIn: CreateBrowserSignIn };
  return module.createSignIn((message) => {
    if (!session) throw new Error('no wizard is open');
    return session.receive(message);
  });
}
