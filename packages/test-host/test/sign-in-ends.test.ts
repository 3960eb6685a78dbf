import { FakeClock, type TestHost, type WizardFrame } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { start, typePassword, untilAuthenticated, untilNone, untilStatus } from './approval-harness.js';
import { IdentityBrowser } from './identity-browser.js';
import { MANAGER, RECEPTION, walkAs } from './identity-harness.js';
import { listenSilently } from './silent-server.js';
import { connectMailbox, control, openAccountDetails, pageOpenedBy, until } from './set-up-walk.js';

/** The sign-in page, once it is open; nobody has gone there yet. */
async function linkOf(frame: WizardFrame): Promise<string> {
  let url: string | undefined;
  await until(frame.onDidChange, async () => {
    const signIn = await control(frame, 'sign-in');
    url = signIn?.kind === 'signIn' ? signIn.open?.url : undefined;
    return url !== undefined;
  });
  return url ?? '';
}

/** Where EXACT waits for Microsoft's answer. */
function listenerOf(link: string): string {
  return (new URL(link).searchParams.get('redirect_uri') ?? '').replace('localhost', '127.0.0.1');
}

/** What a browser that comes to the listener with an answer is told: the status, or `closed` where nobody listens. */
async function answerTo(
  link: string,
  state = new URL(link).searchParams.get('state') ?? '',
): Promise<number | 'closed'> {
  const body = new URLSearchParams({ code: 'late', state });
  return fetch(listenerOf(link), { method: 'POST', body }).then(
    ({ status }) => status,
    () => 'closed' as const,
  );
}

async function untilClosed(link: string): Promise<void> {
  while ((await answerTo(link)) !== 'closed') await new Promise(setImmediate);
}

async function authenticate(testHost: TestHost, frame: WizardFrame): Promise<void> {
  await walkAs(RECEPTION)(await pageOpenedBy(testHost, () => frame.press('sign-in')));
  await untilAuthenticated(frame);
}

describe('Cancel on Microsoft’s page', () => {
  test.each<[heading: string, go: (browser: IdentityBrowser) => Promise<void>]>([
    ['Pick an account', () => Promise.resolve()],
    ['Sign in', (browser) => browser.press('Use another account')],
    [
      'Enter password',
      async (browser) => {
        await browser.press('Use another account');
        await browser.press('Next', { Email: RECEPTION });
      },
    ],
    [
      'Verify your identity',
      async (browser) => {
        await browser.press('Use another account');
        await browser.press('Next', { Email: MANAGER });
        await browser.press('Sign in', { Password: 'Smile-2026' });
      },
    ],
    ['Permissions requested', (browser) => typePassword(browser, RECEPTION)],
  ])('%s ends the sign-in, and Authenticate works again at once', async (heading, go) => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await go(browser);
    expect(browser.heading).toBe(heading);
    await browser.press('Cancel');
    await untilNone(frame, 'sign-in.cancelled');
    await authenticate(testHost, frame);
  });
});

describe('Cancel sign-in', () => {
  test('ends it before the page is known, and no page opens afterwards', async () => {
    await using silent = await listenSilently();
    const { port } = silent;
    await using testHost = await start({ servers: { imap: { host: '127.0.0.1', port } } });
    await using frame = await openAccountDetails(testHost);
    const opened: string[] = [];
    testHost.host.onDidChange((change) => {
      if (change.kind === 'system-browser') opened.push(change.url);
    });
    await frame.press('sign-in');
    await silent.reached;
    expect(await control(frame, 'sign-in')).toMatchObject({ enabled: false, open: { cancel: 'cancel-sign-in' } });
    await frame.press('cancel-sign-in');
    await untilNone(frame, 'sign-in.cancelled');
    expect(await control(frame, 'sign-in')).toMatchObject({ enabled: true });
    expect(opened).toEqual([]);
  });

  test('ends it while the page is open: without any time, and Authenticate works again at once', async () => {
    await using testHost = await start({ clock: new FakeClock() });
    await using frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    await linkOf(frame);
    await frame.press('cancel-sign-in');
    await untilNone(frame, 'sign-in.cancelled');
    await authenticate(testHost, frame);
  });

  test('ends it while the mailbox is checked', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await typePassword(browser, RECEPTION);
    const checking = untilStatus(frame, 'Checking the mailbox');
    const accepted = browser.press('Accept');
    await checking;
    expect(await control(frame, 'sign-in')).toMatchObject({ open: { cancel: 'cancel-sign-in' } });
    await frame.press('cancel-sign-in');
    await untilNone(frame, 'sign-in.cancelled');
    await accepted;
    await authenticate(testHost, frame);
  });
});

describe('a sign-in that nobody finishes', () => {
  test('stays open when its tab is closed, and its link opens the page anew', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const closed = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await closed.press('Use another account');
    const browser = new IdentityBrowser();
    await browser.open(await linkOf(frame));
    await walkAs(RECEPTION)(browser);
    await untilAuthenticated(frame);
  });

  test('begins anew when Authenticate is pressed again, but not by a double click', async () => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using frame = await openAccountDetails(testHost);
    const closed = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    const first = await linkOf(frame);
    await frame.press('sign-in');
    expect(await linkOf(frame)).toBe(first);
    await clock.advance(3_000);
    await authenticate(testHost, frame);
    await walkAs(MANAGER)(closed);
    expect(closed.heading).toBe('This sign-in has ended');
    expect(await control(frame, 'signed-in-as')).toMatchObject({ text: `Signed in as ${RECEPTION}` });
  });

  test('ends after five minutes, and Authenticate works again at once', async () => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    await linkOf(frame);
    await clock.advance(5 * 60_000 - 1);
    expect(await control(frame, 'status')).toMatchObject({
      value: 'Waiting for you to sign in on Microsoft’s page',
    });
    await clock.advance(1);
    await untilNone(frame, 'sign-in.timed-out');
    await authenticate(testHost, frame);
  });

  test('is Cancel when the wizard is: its listener closes with it', async () => {
    await using testHost = await start();
    const frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    const link = await linkOf(frame);
    await frame[Symbol.asyncDispose]();
    await untilClosed(link);
    await using again = await openAccountDetails(testHost);
    await authenticate(testHost, again);
  });
});

describe('two at once', () => {
  test('a sign-in that two browsers finish is finished once: the second reads that it has ended', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const first = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    const second = new IdentityBrowser();
    await second.open(await linkOf(frame));
    await walkAs(RECEPTION)(first);
    await untilAuthenticated(frame);
    await walkAs(MANAGER)(second);
    expect(second.heading).toBe('This sign-in has ended');
    expect(await control(frame, 'signed-in-as')).toMatchObject({ text: `Signed in as ${RECEPTION}` });
  });

  test('a second wizard’s sign-in ends the first one’s, which says so; the second goes on', async () => {
    await using testHost = await start();
    await using first = await openAccountDetails(testHost);
    await using second = await openAccountDetails(testHost);
    await first.press('sign-in');
    await linkOf(first);
    const browser = await pageOpenedBy(testHost, () => second.press('sign-in'));
    await untilNone(first, 'sign-in.superseded');
    await walkAs(RECEPTION)(browser);
    await untilAuthenticated(second);
    await authenticate(testHost, first);
    expect((await second.view()).canGoNext).toBe(true);
  });

  test('Authenticate pressed twice opens one page', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    const opened: string[] = [];
    testHost.host.onDidChange((change) => {
      if (change.kind === 'system-browser') opened.push(change.url);
    });
    await Promise.all([frame.press('sign-in'), frame.press('sign-in')]);
    const link = await linkOf(frame);
    expect(opened).toEqual([link]);
  });
});

describe('an answer that comes too late', () => {
  test.each<[how: string, code: string, end: (frame: WizardFrame, clock: FakeClock) => Promise<void>]>([
    ['was cancelled', 'sign-in.cancelled', (frame) => frame.press('cancel-sign-in')],
    ['timed out', 'sign-in.timed-out', (_frame, clock) => clock.advance(5 * 60_000)],
  ])('to a sign-in that %s gets a page that says so, and changes nothing', async (_how, code, end) => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using frame = await openAccountDetails(testHost);
    const late = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    const link = await linkOf(frame);
    await end(frame, clock);
    await untilNone(frame, code);
    await clock.until(async () => (await answerTo(link, 'forged')) === 410);
    expect(await answerTo(link)).toBe(410);
    await walkAs(RECEPTION)(late);
    expect(late.heading).toBe('This sign-in has ended');
    await untilNone(frame, code);
  });
});

describe('a browser that does not open', () => {
  test('is told in words, and the link leads to the page all the same', async () => {
    await using testHost = await start();
    await testHost.host.panel.setSituation('browser-blocked', true);
    await using frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    const link = await linkOf(frame);
    expect(await control(frame, 'browser-not-opened')).toMatchObject({ kind: 'notice' });
    const browser = new IdentityBrowser();
    await browser.open(link);
    await walkAs(RECEPTION)(browser);
    await untilAuthenticated(frame);
    expect(await control(frame, 'browser-not-opened')).toBeUndefined();
  });
});

describe('the host is started again in the middle', () => {
  test('of a wizard’s sign-in: it ends with the wizard, and the next one works', async () => {
    await using testHost = await start();
    const frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    const link = await linkOf(frame);
    await testHost.host.panel.restart('V13.706');
    await untilClosed(link);
    await expect(frame.view()).rejects.toMatchObject({ failure: { code: 'wizard.closed' } });
    await using again = await openAccountDetails(testHost);
    await authenticate(testHost, again);
  });

  test('of a re-authentication: it ends as cancelled', async () => {
    await using testHost = await start();
    await connectMailbox(testHost);
    const answered = Promise.withResolvers<unknown>();
    const browser = await pageOpenedBy(testHost, async () => {
      answered.resolve(await testHost.host.runCommand({ command: 'email.reauthenticate' }));
    });
    expect(browser.heading).toBe('Enter password');
    await testHost.host.panel.restart('V13.706');
    expect(await answered.promise).toMatchObject({ done: false, failure: { code: 'sign-in.cancelled' } });
  });

  test('and stops: nothing of the sign-in stays open', async () => {
    const testHost = await start();
    const frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    const link = await linkOf(frame);
    await testHost[Symbol.asyncDispose]();
    expect(await answerTo(link)).toBe('closed');
  });
});
