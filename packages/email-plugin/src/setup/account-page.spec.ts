import { describe, expect, test } from '@jest/globals';
import type { SignInOutcome } from '../sign-in/sign-in.js';
import { fakeSession, openWizard } from '../../test/support/open-setup.js';
import { ADDRESS, begin, connect, control, model, page, reason, stored } from '../../test/support/setup-steps.js';

describe('Account Details', () => {
  test.each<[string, SignInOutcome, string]>([
    ['cancelled', { kind: 'cancelled' }, 'sign-in.cancelled'],
    ['too slow', { kind: 'timed-out' }, 'sign-in.timed-out'],
  ])('a sign-in that is %s ends as Not authenticated, and can be tried again at once', async (_how, outcome, code) => {
    await using setup = await openWizard();
    await begin(setup);
    setup.fakes.attempts[0]?.end(outcome);
    await setup.until(async () => (await reason(setup.wizard)) === code);
    expect(await control(setup.wizard, 'account', 'status')).toMatchObject({ value: 'Not authenticated' });
    expect(await control(setup.wizard, 'account', 'sign-in')).toMatchObject({ enabled: true, text: 'Authenticate' });
  });

  test('shows the link and Cancel while Microsoft’s page is open', async () => {
    await using setup = await openWizard();
    await begin(setup);
    await setup.until(async () => {
      const signIn = await control(setup.wizard, 'account', 'sign-in');
      return signIn?.kind === 'signIn' && signIn.open?.url === 'https://login.example/1';
    });
    await page(setup.wizard, 'account').press('cancel-sign-in');
    expect(setup.fakes.attempts[0]?.wasCancelled).toBe(true);
  });

  test('a mismatch offers another account and keeps Next shut', async () => {
    await using setup = await openWizard();
    setup.fakes.probeAnswers({
      kind: 'mismatch',
      failures: [
        { code: 'sign-in.other-mailbox', sentence: '', fixedBy: 'user', advice: '', retry: { kind: 'never' } },
      ],
      opened: { imapUser: 'reception@practice.example' },
    });
    await begin(setup);
    const session = fakeSession('somebody@else.example');
    setup.fakes.attempts[0]?.end({ kind: 'signed-in', session });
    await setup.until(async () => (await reason(setup.wizard)) === 'sign-in.other-mailbox');
    expect(await control(setup.wizard, 'account', 'sign-in')).toMatchObject({ text: 'Use another account' });
    expect(await control(setup.wizard, 'account', 'ways')).toMatchObject({
      rows: [
        { value: 'somebody@else.example' },
        { value: 'the mailbox of reception@practice.example' },
        { value: 'not possible yet' },
      ],
    });
    expect((await model(setup.wizard, 'account')).verdict).toMatchObject({ kind: 'stay' });
    expect(session.isDisposed).toBe(true);
  });

  test('text that is no address by far is taken as typed and refused with a reason', async () => {
    await using setup = await openWizard();
    await page(setup.wizard, 'provider').change('provider', 'microsoft365');
    await page(setup.wizard, 'account').change('address', 'personal@outlook.com');
    await page(setup.wizard, 'account').change('address', 'x'.repeat(5000));
    expect(await control(setup.wizard, 'account', 'address')).toMatchObject({
      value: 'x'.repeat(5000),
      problem: expect.stringMatching(/too long/),
    });
    expect(await control(setup.wizard, 'account', 'reason')).toBeUndefined();
  });

  test('a sign-in holds again as soon as its address stands there again, with a name before it too', async () => {
    await using setup = await openWizard();
    const session = await connect(setup);
    const account = page(setup.wizard, 'account');
    for (const typed of ['', `"${ADDRESS}`, 'manager@practice.example']) {
      await account.change('address', typed);
      expect((await model(setup.wizard, 'account')).verdict).toMatchObject({ kind: 'stay' });
    }
    expect(session.isDisposed).toBe(false);
    await account.change('address', `"New name" <${ADDRESS}>`);
    expect((await model(setup.wizard, 'account')).verdict).toEqual({ kind: 'next' });
    await account.change('address', 'manager@practice.example');
    await account.press('sign-in');
    expect(session.isDisposed).toBe(true);
  });

  test('a sign-in that rests is forgotten with its wizard', async () => {
    const setup = await openWizard();
    const session = await connect(setup);
    await page(setup.wizard, 'account').change('address', 'manager@practice.example');
    await setup[Symbol.asyncDispose]();
    expect(session.isDisposed).toBe(true);
  });

  test('a personal account that signs in is told apart by its tenant', async () => {
    await using setup = await openWizard();
    await begin(setup);
    setup.fakes.attempts[0]?.end({
      kind: 'signed-in',
      session: fakeSession('brightsmile@outlook.com', '9188040d-6c67-4c5b-b112-36a304b66dad'),
    });
    await setup.until(async () => (await reason(setup.wizard)) === 'sign-in.personal-account');
    await page(setup.wizard, 'account').press('personal-accounts');
    expect(setup.fakes.articles).toEqual(['Email configuration - Outlook and Hotmail (personal accounts)']);
  });

  test('a personal address is told apart before any sign-in', async () => {
    await using setup = await openWizard();
    await page(setup.wizard, 'provider').change('provider', 'microsoft365');
    await page(setup.wizard, 'account').change('address', 'brightsmile@hotmail.co.uk');
    await page(setup.wizard, 'account').press('sign-in');
    expect(setup.fakes.attempts).toEqual([]);
    expect(await reason(setup.wizard)).toBe('sign-in.personal-address');
  });

  test('an address that looks mistyped is asked about, and can be signed in for all the same', async () => {
    await using setup = await openWizard();
    await page(setup.wizard, 'provider').change('provider', 'microsoft365');
    await page(setup.wizard, 'account').change('address', '"Bright Smile" <reception@brightsmile.con>');
    expect(await control(setup.wizard, 'account', 'address')).toMatchObject({
      problem: 'Did you mean reception@brightsmile.com?',
    });
    expect(await control(setup.wizard, 'account', 'sign-in')).toMatchObject({ enabled: true });
    await page(setup.wizard, 'account').press('likely-address');
    const corrected = await control(setup.wizard, 'account', 'address');
    expect(corrected).toMatchObject({ value: '"Bright Smile" <reception@brightsmile.com>' });
    expect(corrected?.problem).toBeUndefined();
    expect(await control(setup.wizard, 'account', 'likely-address')).toBeUndefined();
  });

  test('says how many messages a reset downloads and how many are here already', async () => {
    await using setup = await openWizard({
      settings: stored(),
      mailbox: { messageIds: ['<a>', '<b>', '<c>'], known: 2 },
    });
    await page(setup.wizard, 'account').change('reset-counter', true);
    await setup.until(
      async () => (await control(setup.wizard, 'account', 'mailbox-count'))?.text.includes('holds 3 messages') === true,
    );
    expect((await control(setup.wizard, 'account', 'mailbox-count'))?.text).toContain('2 of them already');
  });
});
