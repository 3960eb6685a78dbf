import { FakeClock, type TestHost, type WizardFrame } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { start, typePassword, untilAuthenticated, untilNone, untilStatus } from './approval-harness.js';
import { IdentityBrowser } from './identity-browser.js';
import { MANAGER, PERSONAL, RECEPTION, walkAs } from './identity-harness.js';
import { control, openAccountDetails, pageOpenedBy } from './set-up-walk.js';

const MINUTE = 60_000;
const WAITING = 'Waiting for you to sign in with the code';

interface Waiting extends AsyncDisposable {
  readonly testHost: TestHost;
  readonly clock: FakeClock;
  readonly frame: WizardFrame;
  readonly code: string;
  readonly page: string;
}

/** A wizard that shows a code. */
async function showCode(prepare: (testHost: TestHost) => void = () => undefined): Promise<Waiting> {
  const clock = new FakeClock();
  await using opening = new AsyncDisposableStack();
  const testHost = opening.use(await start({ clock }));
  prepare(testHost);
  const frame = opening.use(await openAccountDetails(testHost));
  await frame.press('sign-in-by-code');
  await frame.press('show-code');
  await untilStatus(frame, WAITING);
  const [code, page] = [await control(frame, 'code'), await control(frame, 'code-page')];
  if (code?.kind !== 'copy' || page?.kind !== 'link') throw new Error('no code is shown');
  const opened = opening.move();
  return {
    testHost,
    clock,
    frame,
    code: code.value,
    page: page.url,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Microsoft's page on some device, the code typed. */
async function typeCode({ page, code }: Waiting): Promise<IdentityBrowser> {
  const browser = new IdentityBrowser();
  await browser.open(page);
  await browser.press('Next', { Code: code });
  return browser;
}

/** Time goes on until EXACT has asked Microsoft and taken the answer. */
async function passUntil({ clock, frame }: Waiting, done: () => Promise<void>): Promise<void> {
  let isDone = false;
  const finished = done().then(() => {
    isDone = true;
  });
  await clock.until(async () => {
    if (!isDone) await clock.advance(1000);
    return isDone;
  });
  await finished;
  expect(await control(frame, 'sign-in')).toMatchObject({ enabled: true });
}

describe('Sign in with a code instead', () => {
  test('shows no code before the warning has been read, and the warning anew before the next one', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    await frame.press('show-code');
    expect(await control(frame, 'status')).toMatchObject({ value: 'Not authenticated' });
    await frame.press('sign-in-by-code');
    expect(await control(frame, 'code-warning')).toMatchObject({ kind: 'notice', severity: 'warning' });
    await frame.press('show-code');
    await untilStatus(frame, WAITING);
    await frame.press('cancel-sign-in');
    await untilNone(frame, 'sign-in.cancelled');
    expect(await control(frame, 'code-warning')).toBeUndefined();
    expect(await control(frame, 'show-code')).toBeUndefined();
  });

  test('takes whoever types the code, and proves the mailbox as for any sign-in', async () => {
    await using waiting = await showCode();
    const { frame } = waiting;
    expect(waiting.code).toMatch(/^[A-Z]{9}$/);
    const browser = await typeCode(waiting);
    await walkAs(RECEPTION)(browser);
    expect(browser.text).toContain('close this window');
    await passUntil(waiting, () => untilAuthenticated(frame));
    expect(await control(frame, 'signed-in-as')).toMatchObject({ text: `Signed in as ${RECEPTION}` });
    expect(await control(frame, 'code')).toBeUndefined();
  });

  test('goes on through Finish to mail that comes and goes', async () => {
    await using waiting = await showCode();
    const { frame, testHost } = waiting;
    await walkAs(RECEPTION)(await typeCode(waiting));
    await passUntil(waiting, () => untilAuthenticated(frame));
    await frame.next();
    await frame.next();
    expect(await frame.finish()).toEqual({ kind: 'finished' });
    await waiting.clock.until(async () => (await testHost.host.emailService()).state === 'working');
  });

  test('names who signed in where it is not the practice’s account', async () => {
    await using waiting = await showCode();
    await walkAs(MANAGER)(await typeCode(waiting));
    await passUntil(waiting, () => untilStatus(waiting.frame, 'Not authenticated'));
    expect(await control(waiting.frame, 'sign-in')).toMatchObject({ text: 'Use another account' });
    expect(await control(waiting.frame, 'reason')).toMatchObject({ text: expect.stringContaining(MANAGER) });
  });

  test('tells a personal account apart', async () => {
    await using waiting = await showCode();
    await walkAs(PERSONAL)(await typeCode(waiting));
    await passUntil(waiting, () => untilNone(waiting.frame, 'sign-in.personal-account'));
  });
});

describe('a sign-in with a code ends', () => {
  test('by Cancel sign-in without any time; what is typed afterwards signs nobody in', async () => {
    await using waiting = await showCode();
    const { frame, clock } = waiting;
    await frame.press('cancel-sign-in');
    await untilNone(frame, 'sign-in.cancelled');
    await walkAs(RECEPTION)(await typeCode(waiting));
    await clock.advance(MINUTE);
    await untilNone(frame, 'sign-in.cancelled');
    await walkAs(RECEPTION)(await pageOpenedBy(waiting.testHost, () => frame.press('sign-in')));
    await untilAuthenticated(frame);
  });

  test('by Cancel on Microsoft’s page', async () => {
    await using waiting = await showCode();
    await (await typeCode(waiting)).press('Cancel');
    await passUntil(waiting, () => untilNone(waiting.frame, 'sign-in.cancelled'));
  });

  test('when nobody types the code for fifteen minutes, not for five', async () => {
    await using waiting = await showCode();
    const { frame, clock } = waiting;
    await clock.advance(14 * MINUTE);
    expect(await control(frame, 'status')).toMatchObject({ value: WAITING });
    await clock.advance(MINUTE);
    await untilNone(frame, 'sign-in.code-run-out');
  });

  test('when a policy of the organisation refuses codes, and says who can change that', async () => {
    await using waiting = await showCode(({ microsoft365 }) => {
      if (microsoft365) microsoft365.identity.situations.refusesDeviceCodes = true;
    });
    await walkAs(RECEPTION)(await typeCode(waiting));
    await passUntil(waiting, () => untilNone(waiting.frame, 'sign-in.code-refused'));
    expect(await control(waiting.frame, 'reason')).toMatchObject({ failure: { fixedBy: 'admin' } });
  });

  test('when an administrator has to approve first: only the browser’s way can wait for that', async () => {
    await using waiting = await showCode(({ microsoft365 }) => {
      if (microsoft365) microsoft365.identity.situations.consentBy = 'administrator';
    });
    const browser = await typeCode(waiting);
    await typePassword(browser, RECEPTION);
    await browser.press('Return to the application without granting consent');
    await passUntil(waiting, () => untilStatus(waiting.frame, 'Not authenticated'));
  });

  test('with its wizard', async () => {
    await using waiting = await showCode();
    await waiting.frame[Symbol.asyncDispose]();
    await walkAs(RECEPTION)(await typeCode(waiting));
    await waiting.clock.advance(MINUTE);
    await using again = await openAccountDetails(waiting.testHost);
    expect(await control(again, 'status')).toMatchObject({ value: 'Not authenticated' });
  });
});

describe('from the browser to a code', () => {
  test('the page that did not open gives way to the code', async () => {
    await using testHost = await start({ clock: new FakeClock() });
    await testHost.host.panel.setSituation('browser-blocked', true);
    await using frame = await openAccountDetails(testHost);
    await frame.press('sign-in');
    await untilStatus(frame, 'Waiting for you to sign in on Microsoft’s page');
    await frame.press('sign-in-by-code');
    await frame.press('show-code');
    await untilStatus(frame, WAITING);
    expect(await control(frame, 'sign-in')).toMatchObject({ enabled: false, open: { cancel: 'cancel-sign-in' } });
  });
});
