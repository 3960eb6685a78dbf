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

  test.each<[string, readonly (readonly [string, number])[], string]>([
    [
      'how many, from when to when, and how many are here already',
      [
        ['2019-03-03T09:00:00Z', 400_000],
        // Summer time: the next day in London.
        ['2026-06-30T23:30:00Z', 900_000_000],
        ['2021-05-05T09:00:00Z', 500_000_000],
      ],
      'The mailbox holds 3 messages (about 1.4 GB), from 3 March 2019 to 1 July 2026. EXACT seems to have 2 of them already.',
    ],
    ['of one day', [['2026-11-23T09:00:00Z', 400]], 'holds 1 message (about 0.1 MB), from 23 November 2026. EXACT'],
    ['nothing of an empty mailbox', [], 'The mailbox is empty'],
  ])('says what a reset downloads: %s', async (_what, messages, said) => {
    const holds = messages.map(([at, listedSize], index) => {
      return { uid: index + 1, listedSize, arrivedAt: Date.parse(at), messageId: `<${String(index)}>` };
    });
    await using setup = await openWizard({ settings: stored(), mailbox: { holds, known: 2 } });
    await page(setup.wizard, 'account').change('reset-counter', true);
    const count = async () => (await control(setup.wizard, 'account', 'mailbox-count'))?.text ?? '';
    await setup.until(async () => !/^(?:|Counting.*)$/.test(await count()));
    expect(await count()).toContain(said);
  });
});
