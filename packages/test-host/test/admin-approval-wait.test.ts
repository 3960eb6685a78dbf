import { get } from 'node:http';
import { FakeClock } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import {
  addressOpenedBy,
  ADMIN,
  linkOf,
  nextStep,
  openWaiting,
  start,
  statusOf,
  typePassword,
  untilAuthenticated,
  untilNone,
  WAITING,
  waitingPage,
} from './approval-harness.js';
import { BRIGHT_SMILE_TENANT } from '../src/microsoft365/cast.js';
import { MANAGER, RECEPTION, walkAs } from './identity-harness.js';
import { control, pageOpenedBy } from './set-up-walk.js';

const MINUTE = 60_000;

/** What the waiting page is told to do once that much time has passed, and not before. */
async function stepAfter(clock: FakeClock, page: string, time: number): Promise<unknown> {
  let step: unknown;
  const asked = nextStep(page).then((told) => (step = told));
  await fetch(page);
  await clock.advance(time - 1);
  await fetch(page);
  expect(step).toBeUndefined();
  await clock.advance(1);
  return asked;
}

describe('the wait for an approval', () => {
  test('ends when it is given elsewhere: the next look signs in, and Finish stores it', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame, browser } = waiting;
    const page = await waitingPage(testHost, frame);
    await browser.open(page);
    expect(browser.heading).toBe(WAITING);
    await browser.open(`${page}look`);
    expect(browser.text).toContain('Not approved yet.');
    expect(await control(frame, 'approval-look-at')).toMatchObject({
      text: expect.stringMatching(/^Not approved yet at \d\d:\d\d\.$/),
    });
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    await browser.open(`${page}look`);
    expect(browser.heading).toBe('You can close this window');
    await untilAuthenticated(frame);
    await frame.next();
    await frame.next();
    expect(await frame.finish()).toMatchObject({ kind: 'finished' });
  });

  test('ends when it is given on this computer by the link', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame, browser } = waiting;
    await browser.open(await linkOf(frame));
    await typePassword(browser, ADMIN);
    await browser.press('Accept');
    expect(browser.heading).toBe('You can close this window');
    await untilAuthenticated(frame);
    expect(await control(frame, 'signed-in-as')).toMatchObject({ text: `Signed in as ${RECEPTION}` });
  });

  test('goes on when the administrator declines, and the link can be opened again', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame, browser } = waiting;
    await browser.open(await linkOf(frame));
    await typePassword(browser, ADMIN);
    await browser.press('Cancel');
    expect(browser.heading).toBe('Not approved');
    expect(await statusOf(frame)).toBe(WAITING);
    await browser.open(await linkOf(frame));
    await browser.press(ADMIN);
    await browser.press('Accept');
    await untilAuthenticated(frame);
  });

  test('looks after 15 seconds, 30 seconds and then each minute: more often Microsoft takes for a loop', async () => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame, browser } = waiting;
    const page = await waitingPage(testHost, frame);
    for (const seconds of [15, 30, 60, 60]) {
      expect(await stepAfter(clock, page, seconds * 1000)).toBe('look');
      await browser.open(`${page}look`);
    }
    const asked = nextStep(page);
    await fetch(page);
    await frame.press('approval-look');
    expect(await asked).toBe('look');
  });

  test('survives Back and Next', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame, browser } = waiting;
    const page = await waitingPage(testHost, frame);
    await frame.back();
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    await frame.next();
    expect(await statusOf(frame)).toBe(WAITING);
    await browser.open(`${page}look`);
    await untilAuthenticated(frame);
  });

  test('says when the waiting page is closed, and a press opens another', async () => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame, browser } = waiting;
    await clock.advance(30_000);
    const link = await control(frame, 'approval-page');
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    const look = await addressOpenedBy(testHost, () => frame.press('approval-look'));
    expect(link).toMatchObject({ kind: 'link', url: new URL('.', look).href });
    await browser.open(look);
    await untilAuthenticated(frame);
  });

  test('asks a person when the browser does not know any more who signed in', async () => {
    await using testHost = await start();
    // The alias is no name that anybody signs in with, so that Microsoft finds nobody of that name.
    await using waiting = await openWaiting(testHost, MANAGER, 'frontdesk@brightsmile.example');
    const { frame, browser } = waiting;
    await browser.open(`${await waitingPage(testHost, frame)}look`);
    expect(browser.text).toContain('does not know any more who signed in');
    expect(await control(frame, 'approval-how')).toMatchObject({ text: expect.stringMatching(/sign in there/) });
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    const signIn = await addressOpenedBy(testHost, () => frame.press('approval-look'));
    await browser.open(signIn);
    expect(browser.heading).toBe('Pick an account');
    await browser.press(MANAGER);
    expect(browser.heading).toBe('You can close this window');
    await untilNone(frame, 'sign-in.other-mailbox');
  });

  test('ends with Cancel, and the next sign-in works at once', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame } = waiting;
    const page = await waitingPage(testHost, frame);
    const asked = nextStep(page);
    await fetch(page);
    await frame.press('cancel-sign-in');
    expect(await asked).toBe('over');
    await untilNone(frame, 'sign-in.cancelled');
    await expect(fetch(page)).rejects.toThrow();
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await walkAs(RECEPTION)(browser);
    await untilAuthenticated(frame);
  });

  test('ends with another Authenticate, which starts anew', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame } = waiting;
    const page = await waitingPage(testHost, frame);
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await expect(fetch(page)).rejects.toThrow();
    await walkAs(RECEPTION)(browser);
    await untilAuthenticated(frame);
  });

  test('ends with its wizard, and leaves nothing behind', async () => {
    await using testHost = await start();
    const { frame } = await openWaiting(testHost, RECEPTION);
    const page = await waitingPage(testHost, frame);
    await frame[Symbol.asyncDispose]();
    await expect(fetch(page)).rejects.toThrow();
    expect((await testHost.stores.configuration.read()).settings).toBeUndefined();
  });

  test('ends after an hour with a plain sentence', async () => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame } = waiting;
    await clock.advance(60 * MINUTE - 1);
    expect(await statusOf(frame)).toBe(WAITING);
    await clock.advance(1);
    await untilNone(frame, 'sign-in.approval-not-given');
  });

  test('looks no more on a copy of the practice’s database', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame } = waiting;
    const page = await waitingPage(testHost, frame);
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    await testHost.host.panel.setDatabaseName('Bright Smile Training');
    const look = await fetch(`${page}look`, { redirect: 'manual' });
    expect(look.headers.get('location')).toBe(page);
    await untilNone(frame, 'sign-in.not-genuine');
  });

  test('lets nobody else in: not another page, not another name for this computer, not a forged answer', async () => {
    await using testHost = await start();
    await using waiting = await openWaiting(testHost, RECEPTION);
    const { frame, browser } = waiting;
    const page = await waitingPage(testHost, frame);
    const forged = new URLSearchParams({ code: 'stolen', state: 'guessed' });
    const look = await fetch(`${page}look`, { redirect: 'manual' });
    expect(look.headers.get('location')).toContain('prompt=none');
    expect((await fetch(new URL('/', page), { method: 'POST', body: forged })).status).toBe(400);
    expect((await fetch(new URL('/?admin_consent=True&state=guessed', page))).status).toBe(404);
    expect((await fetch(new URL('/0123456789abcdef0123456789abcdef/', page))).status).toBe(404);
    expect(await statusUnderName(page, 'evil.example')).toBe(421);
    expect(await statusOf(frame)).toBe(WAITING);
    await testHost.microsoft365?.identity.approve(BRIGHT_SMILE_TENANT);
    await browser.open(look.headers.get('location') ?? '');
    await untilAuthenticated(frame);
  });
});

/** The status of an answer when this computer is asked for by that name. */
async function statusUnderName(address: string, name: string): Promise<number | undefined> {
  const answered = Promise.withResolvers<number | undefined>();
  get(address, { headers: { host: name } }, (response) => {
    response.resume();
    answered.resolve(response.statusCode);
  }).on('error', answered.reject);
  return answered.promise;
}
