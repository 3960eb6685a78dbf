import type { Control } from '@exact/host-contracts';
import type { SignInWay } from '../sign-in/sign-in.js';

/** Where the person goes on, while a sign-in is open. */
export function wayReport(way: SignInWay): readonly Control[] {
  if (way.kind === 'code') return codeReport(way);
  return way.opened ? [] : [BROWSER_NOT_OPENED];
}

const BROWSER_NOT_OPENED: Control = {
  kind: 'notice',
  id: 'browser-not-opened',
  severity: 'warning',
  text: 'The browser did not open by itself. Press Open the sign-in page. If nothing opens then either, press Copy link and paste the link into any browser on this computer.',
};

/** Under the sign-in button while Microsoft's page is open: nobody hears of a tab that was closed. */
export const PAGE_HINT =
  'Have you closed Microsoft’s page? Open it again with the link, or press Authenticate to begin anew. If your browser does not show it, press Copy link and paste the link into another browser on this computer.';

function codeReport({ code, url, lasts }: Extract<SignInWay, { kind: 'code' }>): readonly Control[] {
  const minutes = Math.floor(lasts / 60_000);
  return [
    {
      kind: 'text',
      id: 'code-how',
      text: `Open the page below in a browser, on this computer or on another device such as your phone. Type this code there and sign in as usual. The code is good for ${minutes.toString()} minutes.`,
    },
    { kind: 'copy', id: 'code', text: 'Copy the code', value: code, look: 'code' },
    {
      kind: 'link',
      id: 'code-page',
      text: url.replace(/^https?:\/\//, ''),
      url,
      hint: 'If Microsoft’s page says that you don’t have access, your organisation does not allow codes: press Cancel sign-in, and ask your IT support.',
    },
  ];
}
