import { fileURLToPath } from 'node:url';
import { FakeClock, startTestHost, type TestHost, type TestHostOptions, type WizardFrame } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNTS_TO_TRY } from '../src/host/situations/accounts-to-try.js';
import type { MailSituation } from '../src/microsoft365/mail-situations.js';
import { MANAGER, PERSONAL, RECEPTION, walkAs, WINDOWS } from './identity-harness.js';
import { control, openAccountDetails, pageOpenedBy, until } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const ADMIN = 'admin@brightsmile.example';
const FRONT_DESK = 'frontdesk@brightsmile.example';
const SHARED = 'info@brightsmile.example';
const SHARED_READ_ONLY = 'accounts@brightsmile.example';
const HYGIENE = 'hygiene@brightsmile.example';
const H_BERG = 'h.berg@brightsmile.onmicrosoft.example';
const GUEST = 'locum@otherclinic.example';
const UNLICENSED = 'unlicensed@brightsmile.example';

/** Signs in as `account` for the mailbox of `address`, as far as a verdict on Account Details. */
async function signIn(testHost: TestHost, address: string, account: string): Promise<WizardFrame> {
  const frame = await openAccountDetails(testHost, address);
  const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
  await walkAs(account)(browser);
  await until(frame.onDidChange, async () => {
    const status = await control(frame, 'status');
    return status?.kind === 'status' && /^(Not a|A)uthenticated$/.test(status.value);
  });
  return frame;
}

async function start(
  situations: Readonly<Record<string, MailSituation>> = {},
  options: TestHostOptions = {},
): Promise<TestHost> {
  const testHost = await startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} }, ...options });
  for (const [address, situation] of Object.entries(situations)) {
    testHost.microsoft365?.situations.set(address, situation);
  }
  return testHost;
}

describe('an account that may use the practice’s mailbox', () => {
  test.each([
    ['its own', RECEPTION, RECEPTION, RECEPTION, RECEPTION],
    ['its own behind a second factor', MANAGER, MANAGER, MANAGER, MANAGER],
    ['an alias of its own', FRONT_DESK, ADMIN, ADMIN, ADMIN],
    ['its own under another sign-in name', HYGIENE, H_BERG, HYGIENE, H_BERG],
    ['a shared one', SHARED, RECEPTION, SHARED, RECEPTION],
  ])('is Authenticated for %s, and the names that each server takes are found out', async (_what, ...facts) => {
    const [address, account, imapUser, smtpUser] = facts;
    await using testHost = await start();
    await using frame = await signIn(testHost, address, account);
    expect(await control(frame, 'signed-in-as')).toMatchObject({ text: expect.stringContaining(account) });
    await frame.next();
    await frame.next();
    expect(await frame.finish()).toEqual({ kind: 'finished' });
    const { settings } = await testHost.stores.configuration.read();
    expect(settings).toMatchObject({ account: { address, imapUser, smtpUser, signedIn: { username: account } } });
  });
});

test.each(ACCOUNTS_TO_TRY)('the panel is right about “$what”', async ({ address, account, ends }) => {
  await using testHost = await start();
  await using frame = await signIn(testHost, address, account);
  expect(await control(frame, 'status')).toMatchObject({ value: ends });
});

describe('an account that may not', () => {
  test.each([
    ['has no right to it', RECEPTION, MANAGER, 'sign-in.other-mailbox', 'Use another account'],
    ['may read but not send', SHARED_READ_ONLY, RECEPTION, 'sign-in.send-as-denied', 'Use another account'],
    ['belongs to another organisation', RECEPTION, WINDOWS, 'sign-in.other-mailbox', 'Use another account'],
    ['is a guest', SHARED, GUEST, 'sign-in.other-mailbox', 'Use another account'],
    ['has no licence', RECEPTION, UNLICENSED, 'sign-in.other-mailbox', 'Use another account'],
    ['is a personal one', RECEPTION, PERSONAL, 'sign-in.personal-account', 'Use another account'],
  ])('because it %s is told so, and who it is', async (_what, address, account, code, button) => {
    await using testHost = await start();
    await using frame = await signIn(testHost, address, account);
    const reason = await control(frame, 'reason');
    expect(reason).toMatchObject({ failure: { code, sentence: expect.stringContaining(account) } });
    expect(await control(frame, 'sign-in')).toMatchObject({ text: button });
    expect((await frame.view()).canGoNext).toBe(false);
  });

  const IMAP_OFF = 'sign-in.receiving-off';
  const SMTP_OFF = '535 5.7.139 mailbox';
  const SMTP_OFF_FOR_ALL = '535 5.7.139 tenant';
  test.each<[string, string, string, MailSituation, readonly string[]]>([
    ['has no mailbox', UNLICENSED, UNLICENSED, {}, ['sign-in.no-mailbox']],
    ['has lost its licence', RECEPTION, RECEPTION, { noMailbox: true }, ['sign-in.no-mailbox']],
    ['has IMAP switched off', RECEPTION, RECEPTION, { imapOff: true }, [IMAP_OFF]],
    ['has SMTP AUTH switched off', RECEPTION, RECEPTION, { smtpAuthOff: 'mailbox' }, [SMTP_OFF]],
    ['has both switched off', RECEPTION, RECEPTION, { imapOff: true, smtpAuthOff: 'mailbox' }, [IMAP_OFF, SMTP_OFF]],
    ['is in an organisation without SMTP AUTH', RECEPTION, RECEPTION, { smtpAuthOff: 'tenant' }, [SMTP_OFF_FOR_ALL]],
    ['has SMTP AUTH off and sends for a shared mailbox', SHARED, RECEPTION, { smtpAuthOff: 'mailbox' }, [SMTP_OFF]],
    ['sends for a shared mailbox without SMTP AUTH', SHARED, RECEPTION, { smtpAuthOff: 'tenant' }, [SMTP_OFF_FOR_ALL]],
    ['reads a shared mailbox and all have IMAP off', SHARED, RECEPTION, { imapOff: true }, [IMAP_OFF]],
  ])('because it %s is told what IT has to switch on, and where', async (_what, address, account, situation, codes) => {
    await using testHost = await start();
    testHost.microsoft365?.situations.setForEveryone(situation);
    await using frame = await signIn(testHost, address, account);
    const reasons = [await control(frame, 'reason'), await control(frame, 'reason-2')].filter((each) => each);
    expect(reasons).toMatchObject(codes.map((code) => ({ failure: { code, fixedBy: 'admin' } })));
    const named = codes.includes(IMAP_OFF) ? address : account;
    const wrong = reasons.map((each) => (each?.kind === 'notice' ? each.failure?.sentence : ''));
    expect(wrong.join()).toContain(codes.includes(SMTP_OFF_FOR_ALL) ? 'organisation' : named);
    expect(reasons[0]).toMatchObject({ failure: { advice: expect.stringContaining(`Active users > ${named} >`) } });
    expect(await control(frame, 'sign-in')).toMatchObject({ text: 'Authenticate' });
    expect((await frame.view()).canGoNext).toBe(false);
  });

  test('because only the shared mailbox has IMAP switched off is not taken for one of another mailbox', async () => {
    const clock = new FakeClock();
    await using testHost = await start({ [SHARED]: { imapOff: true } }, { clock });
    const submitted = Promise.withResolvers<unknown>();
    testHost.microsoft365?.smtp.onDidSubmit(submitted.resolve);
    const over = new AbortController();
    const signedIn = signIn(testHost, SHARED, RECEPTION).finally(() => {
      over.abort();
    });
    await submitted.promise;
    // Other mail has it look again and again, in the minute in which the test email could still arrive.
    testHost.microsoft365?.mailboxes.deliver(RECEPTION, Buffer.from('Subject: Other mail\r\n\r\n'));
    while (!over.signal.aborted) await clock.advance(5_000);
    await using frame = await signedIn;
    expect(await control(frame, 'reason')).toMatchObject({ failure: { code: IMAP_OFF } });
    expect(await control(frame, 'sign-in')).toMatchObject({ text: 'Authenticate' });
  });

  test.each<[string, MailSituation, string, readonly string[]]>([
    ['open it', { sharedRights: 'none' }, 'sign-in.other-mailbox', [RECEPTION, 'not possible yet', 'not possible yet']],
    [
      'send from it',
      { sharedRights: 'open' },
      'sign-in.send-as-denied',
      [RECEPTION, `the mailbox of ${SHARED}`, 'not possible yet'],
    ],
  ])('who may no longer %s: typed, signed in and opened still stand apart', async (_what, situation, code, facts) => {
    await using testHost = await start({ [SHARED]: situation });
    await using frame = await signIn(testHost, SHARED, RECEPTION);
    expect(await control(frame, 'address')).toMatchObject({ value: SHARED });
    expect(await control(frame, 'reason')).toMatchObject({ failure: { code } });
    expect(await control(frame, 'ways')).toMatchObject({ rows: facts.map((value) => ({ value })) });
    testHost.microsoft365?.situations.set(SHARED, { sharedRights: 'all' });
    await using mended = await signIn(testHost, SHARED, RECEPTION);
    expect((await mended.view()).canGoNext).toBe(true);
  });

  test('because its mailbox is full is not taken for one without the right, and says what to press here', async () => {
    await using testHost = await start({ [ADMIN]: { mailboxFull: true } });
    await using frame = await signIn(testHost, FRONT_DESK, ADMIN);
    expect(await control(frame, 'reason')).toMatchObject({
      failure: { code: '554 5.2.2 mailbox full', advice: expect.not.stringContaining('Reset') },
    });
    expect(await control(frame, 'sign-in')).toMatchObject({ text: 'Authenticate' });
  });

  test('because its organisation is another one is not sent for rights that it can’t have', async () => {
    await using testHost = await start();
    await using frame = await signIn(testHost, SHARED, GUEST);
    expect(await control(frame, 'reason')).toMatchObject({
      failure: { advice: expect.not.stringContaining(`give ${GUEST}`) },
    });
  });

  test.each([
    ['sending-not-permitted', /not to send/],
    ['receiving-not-permitted', /not to receive/],
  ])('because Microsoft permits only a part (%s) is told which, and asked to accept the rest', async (part, which) => {
    await using testHost = await start();
    await testHost.host.panel.setSituation(part, true);
    await using frame = await signIn(testHost, RECEPTION, RECEPTION);
    expect(await control(frame, 'reason')).toMatchObject({
      failure: { code: 'sign-in.partial-consent', sentence: expect.stringMatching(which) },
    });
  });
});
