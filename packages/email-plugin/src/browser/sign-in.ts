import type { CreateBrowserSignIn, PageChannel } from '@exact/host-contracts';
import { createNestedApp, type NestedApp } from './msal-browser.adapter.js';
import { ChannelBridge } from './nested-app-window.js';
import { SIGN_IN_APP_MESSAGE } from '../sign-in/sign-in-messages.js';

/** The plugin's browser module for web views: the sign-in control as a nested app of Microsoft's library. */
export const createSignIn: CreateBrowserSignIn = (channel) => {
  const bridge = new ChannelBridge(channel);
  window.nestedAppAuthBridge = bridge;
  let app: Promise<NestedApp> | undefined;
  return {
    async signIn() {
      app ??= open(channel);
      await (await app).signIn();
      const unreachable = bridge.takeUnreachable();
      if (unreachable) throw unreachable;
    },
  };
};

async function open(channel: PageChannel): Promise<NestedApp> {
  const answer = await channel(SIGN_IN_APP_MESSAGE);
  const { clientId, authority } = answer as { clientId: string; authority: string };
  return createNestedApp(clientId, authority);
}
