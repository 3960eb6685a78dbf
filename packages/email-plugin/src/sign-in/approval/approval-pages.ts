import { randomBytes } from 'node:crypto';
import { browserPage } from '../browser-page.js';

/** What the page in the browser says: how the wait stands. */
export type Standing = 'looking' | 'not-yet' | 'by-hand' | 'signed-in' | 'over';

/** A page ready to be sent. */
export interface ApprovalPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Asks this computer's EXACT when to look again, and goes there. The page is left and comes back with each look: only
 * then does the browser send Microsoft who is signed in.
 */
const FOLLOW = `
const say = (id) => { for (const part of document.querySelectorAll('[data-part]')) part.hidden = part.dataset.part !== id; };
const follow = async () => {
  for (;;) {
    try {
      const { go } = await (await fetch('next', { cache: 'no-store' })).json();
      if (go === 'again') continue;
      if (go === 'look' || go === 'sign-in') location.replace(go); else say(go);
    } catch { say('over'); }
    return;
  }
};
follow();`;

const CLOSE = '<p>You can close this window and go back to EXACT.</p>';
const WAITING = 'Waiting for your IT support’s approval';

const LOOKING = `<p>Leave this page open. It looks by itself whether the approval is there, and then goes on.</p>
      <p>What your IT support needs to know stands in EXACT: press <strong>Copy message for IT</strong> there.</p>
      <p><a class="press" href="look">I have the approval</a></p>`;

const MAIN: Readonly<Record<Standing, { readonly title: string; readonly main: string }>> = {
  looking: {
    title: WAITING,
    main: `<div data-part="waiting">${LOOKING}</div>`,
  },
  'not-yet': {
    title: WAITING,
    main: `<div data-part="waiting"><p role="status">Not approved yet.</p>${LOOKING}</div>`,
  },
  'by-hand': {
    title: WAITING,
    main: `<div data-part="waiting"><p>This page can’t look by itself, because Microsoft does not know any more who signed in here.</p>
      <p>Press <strong>Sign in</strong> as soon as your IT support has approved.</p>
      <p><a class="press" href="sign-in">Sign in</a></p></div>`,
  },
  'signed-in': {
    title: 'You can close this window',
    main: '<p>Go back to EXACT, which goes on by itself.</p>',
  },
  over: { title: 'EXACT waits no more', main: CLOSE },
};

const ENDS = `<div data-part="over" hidden><p role="status">EXACT waits no more.</p>${CLOSE}</div>
  <div data-part="elsewhere" hidden><p role="status">This goes on in another window.</p><p>You can close this one.</p></div>`;

/** The page for a standing. Nothing comes from elsewhere, and only the script that goes with it runs. */
export function approvalPage(standing: Standing): ApprovalPage {
  const { title, main } = MAIN[standing];
  const isWaiting = standing !== 'signed-in' && standing !== 'over';
  return sealed((nonce) =>
    browserPage(title, isWaiting ? main + ENDS : main, { nonce, ...(isWaiting && { script: FOLLOW }) }),
  );
}

/** For whoever comes back from the link for administrators without an approval. */
export function declinedPage(): ApprovalPage {
  const main = '<p>Nothing was approved. EXACT goes on waiting, and the link can be opened again.</p>';
  return sealed((nonce) => browserPage('Not approved', main, { nonce }));
}

function sealed(draw: (nonce: string) => string): ApprovalPage {
  const nonce = randomBytes(16).toString('base64');
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: draw(nonce),
  };
}

/**
 * Goes with the page that a sign-in ends on without success: when EXACT waits for an approval, the tab goes on to
 * `waitingPage`; when it does not, or is gone, the page stays as it is.
 */
export function followScript(waitingPage: string): string {
  return `fetch(${JSON.stringify(`${waitingPage}waits`)}).then((answer) => answer.json()).then(({ waits }) => { if (waits) location.replace(${JSON.stringify(waitingPage)}); }).catch(() => undefined);`;
}
