import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type WizardFrame } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
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

async function start(situations: Readonly<Record<string, MailSituation>> = {}): Promise<TestHost> {
  const testHost = await startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} } });
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

  test.each<[string, string, MailSituation, string]>([
    ['has no mailbox', UNLICENSED, {}, 'admin'],
    ['has IMAP switched off', RECEPTION, { imapOff: true }, 'admin'],
    ['has SMTP AUTH switched off', RECEPTION, { smtpAuthOff: 'mailbox' }, 'admin'],
    ['is in an organisation without SMTP AUTH', RECEPTION, { smtpAuthOff: 'tenant' }, 'admin'],
  ])('because it %s is told who has to put it right', async (_what, account, situation, fixedBy) => {
    await using testHost = await start({ [account]: situation });
    await using frame = await signIn(testHost, account, account);
    expect(await control(frame, 'reason')).toMatchObject({ failure: { fixedBy } });
    expect((await frame.view()).canGoNext).toBe(false);
  });

  test('because its mailbox is full is not taken for one without the right', async () => {
    await using testHost = await start({ [ADMIN]: { mailboxFull: true } });
    await using frame = await signIn(testHost, FRONT_DESK, ADMIN);
    expect(await control(frame, 'reason')).toMatchObject({ failure: { code: '554 5.2.2 mailbox full' } });
    expect(await control(frame, 'sign-in')).toMatchObject({ text: 'Authenticate' });
  });

  test('because Microsoft permits only a part is asked to accept the rest', async () => {
    await using testHost = await start();
    await testHost.host.panel.setSituation('sending-not-permitted', true);
    await using frame = await signIn(testHost, RECEPTION, RECEPTION);
    expect(await control(frame, 'reason')).toMatchObject({ failure: { code: 'sign-in.partial-consent' } });
  });
});
