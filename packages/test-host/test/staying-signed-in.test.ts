import { FakeClock } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import type { RefreshFault } from '../src/microsoft365/identity/situations.js';
import { IdentityBrowser } from './identity-browser.js';
import { message, RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';
import { pageOpenedBy, until } from './set-up-walk.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OTHER = 'unlicensed@brightsmile.example';
const NEVER = { checkingTimes: [], presetTimes: [] };

async function open(clock: FakeClock, schedule = {}): Promise<ReceivingPractice> {
  const practice = await ReceivingPractice.open({ clock, schedule });
  await practice.health(({ state }) => state === 'working');
  return practice;
}

/** Time passes while no connection is at work. */
async function reports(
  practice: ReceivingPractice,
  clock: FakeClock,
  fulfils: Parameters<ReceivingPractice['health']>[0],
) {
  return practice.after(clock, practice.health(fulfils));
}

/** All access tokens have had their hour, so that each connection needs another. */
async function passAnHour({ microsoft365 }: ReceivingPractice, clock: FakeClock): Promise<void> {
  await clock.advance(HOUR + 60_000);
  await microsoft365.imap.endExpiredSessions();
}

function write({ host }: ReceivingPractice, subject: string) {
  return host.stores.outbox.enqueue({ to: [{ address: RECEPTION }], subject, text: subject, attachments: [] });
}

async function sent({ host }: ReceivingPractice, subject: string): Promise<void> {
  const { outbox } = host.stores;
  await until(outbox.onDidChange, async () => {
    const { rows } = await outbox.list({ view: 'sent', offset: 0, limit: 100 });
    return rows.some((row) => row.subject === subject);
  });
}

/** When the stored sign-in was renewed; `undefined` before that was noted. */
async function renewalOf({ host }: ReceivingPractice): Promise<number | undefined> {
  const secret = (await host.stores.configuration.readSecret('token-cache')) ?? '';
  return (JSON.parse(secret) as { readonly renewedAt?: number }).renewedAt;
}

/** Resolves when the sign-in has been renewed once. */
function renewed(practice: ReceivingPractice): Promise<void> {
  return until(practice.host.stores.health.onDidChange, async () => (await renewalOf(practice)) !== undefined);
}

async function cursorOf({ host }: ReceivingPractice) {
  const { settings } = await host.stores.configuration.read();
  const { key } = settings?.['account'] as { readonly key: string };
  return host.stores.inbox.cursor(key, 'INBOX');
}

async function signInAgain(browser: IdentityBrowser, address = RECEPTION): Promise<void> {
  if (browser.heading === 'Pick an account') await browser.press('Use another account');
  if (browser.heading === 'Sign in') await browser.press('Next', { Email: address });
  if (browser.heading === 'Enter password') await browser.press('Sign in', { Password: 'Smile-2026' });
  if (browser.heading === 'Permissions requested') await browser.press('Accept');
}

describe('the hourly end of an access token', () => {
  test('is never seen: mail comes and goes over three of them, and the state is always working', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await open(clock);
    const states = practice.watchHealth();
    for (const hour of [1, 2, 3]) {
      await passAnHour(practice, clock);
      practice.microsoft365.mailboxes.deliver(RECEPTION, message(`came in hour ${hour}`));
      await practice.inbox(2 * hour - 1);
      await write(practice, `left in hour ${hour}`);
      await practice.after(clock, sent(practice, `left in hour ${hour}`));
      await practice.inbox(2 * hour);
    }
    expect(new Set(states())).toEqual(new Set(['working']));
  });
});

describe('a sign-in that Microsoft ended', () => {
  test.each<[string, RefreshFault]>([
    ['was revoked, or its password changed', 'revoked'],
    ['was not used for 90 days', 'inactive'],
    ['meets a new policy of the organisation', 'policy'],
    ['is no longer allowed to the app', 'consent-withdrawn'],
  ])('because it %s waits for Re-authenticate Now, and then goes on where it was', async (_why, fault) => {
    const clock = new FakeClock(Date.now());
    await using practice = await open(clock);
    const { identity, imap, mailboxes } = practice.microsoft365;
    mailboxes.deliver(RECEPTION, message('before'));
    await practice.inbox(1);
    const cursor = await cursorOf(practice);
    await identity.endTokens(fault);
    imap.breakConnections();
    const { failure } = await reports(practice, clock, ({ state }) => state === 'sign-in required');
    expect(failure).toMatchObject({ retry: { kind: 'after-sign-in' } });
    const [warning] = await practice.host.host.prompts();
    expect(warning).toMatchObject({ title: 'Email Warning', right: 'configure-email', othersSee: expect.any(String) });
    await write(practice, 'waits');
    mailboxes.deliver(RECEPTION, message('meanwhile'));

    const answered = Promise.withResolvers<unknown>();
    const browser = await pageOpenedBy(practice.host, async () => {
      answered.resolve(await practice.host.host.answer(warning?.id ?? '', 'Re-authenticate Now'));
    });
    await signInAgain(browser);
    expect(await answered.promise).toMatchObject({ done: true });
    await practice.after(clock, sent(practice, 'waits'));
    expect((await practice.inbox(3)).map(({ index }) => index.subject).toSorted()).toEqual([
      'before',
      'meanwhile',
      'waits',
    ]);
    expect(await cursorOf(practice)).toMatchObject({ uidValidity: cursor?.uidValidity });
    expect(await practice.host.host.prompts()).toEqual([]);
  });
});

describe('Re-authenticate Now', () => {
  test('takes no other account: nothing is stored, and the warning stays', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await open(clock);
    await practice.microsoft365.identity.endTokens('revoked');
    practice.microsoft365.imap.breakConnections();
    await reports(practice, clock, ({ state }) => state === 'sign-in required');
    const before = await practice.host.stores.configuration.read();
    const secret = await practice.host.stores.configuration.readSecret('token-cache');
    const [warning] = await practice.host.host.prompts();

    const opened = Promise.withResolvers<string>();
    practice.host.host.onDidChange((change) => {
      if (change.kind === 'system-browser') opened.resolve(change.url);
    });
    const answer = practice.host.host.answer(warning?.id ?? '', 'Re-authenticate Now');
    const asOther = new URL(await opened.promise);
    asOther.searchParams.set('login_hint', OTHER);
    const browser = new IdentityBrowser();
    await browser.open(asOther.href);
    await signInAgain(browser, OTHER);
    expect(await answer).toMatchObject({ done: false, failure: { code: 'sign-in.other-account' } });
    expect(await practice.host.stores.configuration.read()).toEqual(before);
    expect(await practice.host.stores.configuration.readSecret('token-cache')).toBe(secret);
    expect(await practice.host.host.prompts()).toEqual([warning]);
  });
});

describe('what passes by itself', () => {
  test.each<RefreshFault>(['outage', 'bad-gateway', 'busy'])('asks nobody to sign in: %s', async (fault) => {
    const clock = new FakeClock(Date.now());
    await using practice = await open(clock);
    const states = practice.watchHealth();
    const { identity, mailboxes } = practice.microsoft365;
    identity.situations.refreshFault = fault;
    await passAnHour(practice, clock);
    await reports(practice, clock, ({ state, throttledUntil }) => state !== 'working' || throttledUntil !== undefined);
    identity.situations.refreshFault = undefined;
    mailboxes.deliver(RECEPTION, message('after it'));
    await practice.after(clock, practice.inbox(1));
    expect(states()).not.toContain('sign-in required');
    expect(await practice.host.host.prompts()).toEqual([]);
  });
});

describe('a sign-in that is going to end', () => {
  test.each([
    ['while the mailbox is watched', {}],
    ['while nothing is checked', NEVER],
  ])(
    'is told seven days before its 90 days are over %s, and is well when it could be renewed',
    async (_when, schedule) => {
      const clock = new FakeClock(Date.now());
      await using practice = await open(clock, schedule);
      const { identity, imap } = practice.microsoft365;
      // It is renewed once, which is noted.
      await identity.endTokens();
      imap.breakConnections();
      await practice.after(clock, renewed(practice));
      identity.situations.refreshFault = 'outage';
      await identity.endTokens();
      clock.jump(84 * DAY);
      imap.breakConnections();
      await clock.advance(60_000);
      const { failure, state } = await reports(
        practice,
        clock,
        (report) => report.failure?.code === 'sign-in.ends-soon',
      );
      expect(state).toBe('needs attention');
      expect(failure).toMatchObject({ fixedBy: 'user', retry: { kind: 'backoff' } });
      identity.situations.refreshFault = undefined;
      await clock.advance(HOUR / 6);
      await reports(practice, clock, ({ state: now }) => now === 'working');
      expect(await practice.host.host.prompts()).toEqual([]);
    },
  );

  test('because somebody switched the app off is told at once, without a sign-in that would not help', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await open(clock);
    const states = practice.watchHealth();
    await practice.microsoft365.identity.endTokens('app-disabled');
    practice.microsoft365.imap.breakConnections();
    const { failure } = await reports(practice, clock, ({ state }) => state === 'needs attention');
    expect(failure).toMatchObject({ fixedBy: 'admin', retry: { kind: 'never' } });
    expect(states()).not.toContain('sign-in required');
    expect(await practice.host.host.prompts()).toEqual([]);
  });
});

describe('a renewed sign-in', () => {
  test('is stored with the time of its renewal, also when it was stored in the first form', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await open(clock);
    expect(await renewalOf(practice)).toBeUndefined();
    await clock.advance(HOUR);
    const hourLater = clock.now();
    await passAnHour(practice, clock);
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('after the hour'));
    await practice.inbox(1);
    expect(await renewalOf(practice)).toBeGreaterThanOrEqual(hourLater);
  });
});
