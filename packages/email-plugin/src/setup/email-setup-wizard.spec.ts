import { describe, expect, test } from '@jest/globals';
import type { Control, PageModel, Wizard } from '@exact/host-contracts';
import type { SignInOutcome, SignInSession } from '../sign-in/sign-in.js';
import { fakeSession, openWizard, type SetupFakes } from '../../test/support/open-setup.js';

const ADDRESS = 'reception@practice.example';

describe('the wizard', () => {
  test('asks for nothing more when email is turned off', async () => {
    await using setup = await openWizard();
    await page(setup.wizard, 'provider').change('provider', 'off');
    expect(setup.wizard.pages().map(({ id }) => id)).toEqual(['provider']);
    await expect(setup.wizard.finish()).resolves.toEqual({ kind: 'finished' });
    expect(setup.fakes.commits).toMatchObject([{ account: undefined, settings: { form: 1, provider: 'off' } }]);
  });

  test('remembers the account when email is turned off', async () => {
    await using setup = await openWizard({ settings: stored() });
    await page(setup.wizard, 'provider').change('provider', 'off');
    await setup.wizard.finish();
    expect(setup.fakes.commits).toMatchObject([
      { account: undefined, settings: { account: { address: ADDRESS } }, secrets: {} },
    ]);
  });

  test('leaves what an older EXACT set up untouched until another choice', async () => {
    await using setup = await openWizard({ other: { description: 'POP3, mail.practice.example' } });
    expect(await control(setup.wizard, 'provider', 'provider')).toMatchObject({ value: 'other' });
    await expect(setup.wizard.finish()).resolves.toEqual({ kind: 'finished' });
    expect(setup.fakes.commits).toEqual([]);
  });

  test('refuses a choice that is not there', async () => {
    await using setup = await openWizard();
    await expect(page(setup.wizard, 'provider').change('provider', 'other')).rejects.toThrow(TypeError);
    await expect(page(setup.wizard, 'provider').change('provider', 5)).rejects.toThrow(TypeError);
  });

  test('stores nothing before Finish, and all of it in one commit', async () => {
    await using setup = await openWizard();
    await connect(setup);
    await page(setup.wizard, 'schedule').change('check-every', 15);
    await page(setup.wizard, 'account').change('reset-counter', true);
    expect(setup.fakes.commits).toEqual([]);
    await expect(setup.wizard.finish()).resolves.toEqual({ kind: 'finished' });
    expect(setup.fakes.commits).toHaveLength(1);
    expect(setup.fakes.commits[0]).toMatchObject({
      expectedRevision: 0,
      account: {
        key: 'microsoft365:tenant:reception@practice.example',
        address: { address: ADDRESS, name: 'Bright Smile' },
      },
      secrets: { 'token-cache': 'cache of reception@practice.example' },
      resetCounter: 'microsoft365:tenant:reception@practice.example',
      retireOther: true,
    });
    expect(setup.fakes.commits[0]?.settings).toMatchObject({ schedule: { checkEveryMinutes: 15 } });
    expect(setup.fakes.commits[0]?.prompt?.choices.map(({ text }) => text)).toEqual(['Yes', 'No']);
  });

  test('forgets the tokens when it is cancelled', async () => {
    const setup = await openWizard();
    const session = await connect(setup);
    await setup.wizard[Symbol.asyncDispose]();
    expect(session.isDisposed).toBe(true);
    expect(setup.fakes.commits).toEqual([]);
  });

  test.each([
    ['email is turned off', { ...stored(), provider: 'off' }],
    [
      'address is desk@practice.example',
      { ...stored(), account: { ...stored().account, address: 'desk@practice.example' } },
    ],
    ['name that patients see', { ...stored(), account: { ...stored().account, displayName: 'Practice' } }],
    ['schedule', { ...stored(), schedule: { ...stored().schedule, checkEveryMinutes: 30 } }],
    ['counter', stored()],
  ])('says who changed what when Finish comes too late: %s', async (what, settings) => {
    await using setup = await openWizard({ settings: stored() });
    setup.fakes.changedMeanwhileBy('Ann', settings);
    const outcome = await setup.wizard.finish();
    expect(outcome).toMatchObject({ kind: 'refused', failure: { code: 'setup.changed-meanwhile' } });
    expect(outcome.kind === 'refused' && outcome.failure.sentence).toMatch(new RegExp(`^Ann changed .*${what}`));
    expect(setup.fakes.commits).toEqual([]);
  });

  test('says who set email up first when two wizards did', async () => {
    await using setup = await openWizard();
    await connect(setup);
    setup.fakes.changedMeanwhileBy('Ann', stored());
    await expect(setup.wizard.finish()).resolves.toMatchObject({
      kind: 'refused',
      failure: {
        sentence: expect.stringMatching(/^Ann changed .*provider is Microsoft Office 365 now.*reception@practice/),
      },
    });
  });

  test('asks about the practice information only when the address is new there', async () => {
    await using same = await openWizard({ practiceAddress: ADDRESS.toUpperCase() });
    await connect(same);
    await same.wizard.finish();
    await using known = await openWizard({ settings: stored() });
    await known.wizard.finish();
    expect([same.fakes.commits[0]?.prompt, known.fakes.commits[0]?.prompt]).toEqual([undefined, undefined]);
  });

  test('goes on without a new sign-in while the stored one is for the same address', async () => {
    await using setup = await openWizard({ settings: stored() });
    expect(await control(setup.wizard, 'account', 'status')).toMatchObject({ value: 'Authenticated' });
    await page(setup.wizard, 'account').change('address', `"New name" <${ADDRESS}>`);
    expect((await model(setup.wizard, 'account')).verdict).toEqual({ kind: 'next' });
    await page(setup.wizard, 'account').change('address', 'other@practice.example');
    expect((await model(setup.wizard, 'account')).verdict).toMatchObject({ kind: 'stay' });
  });

  test('on a database that is not genuine signs nobody in and tests nothing', async () => {
    await using setup = await openWizard({ genuineness: { genuine: false, reason: 'its name says training.' } });
    await page(setup.wizard, 'provider').change('provider', 'microsoft365');
    await page(setup.wizard, 'account').change('address', ADDRESS);
    await page(setup.wizard, 'account').press('sign-in');
    await page(setup.wizard, 'test').press('run');
    expect(setup.fakes.attempts).toEqual([]);
    expect(await control(setup.wizard, 'account', 'sign-in')).toMatchObject({ enabled: false });
    expect(await control(setup.wizard, 'test', 'run')).toMatchObject({ enabled: false });
  });
});

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
      failure: { code: 'sign-in.other-mailbox', sentence: '', fixedBy: 'user', advice: '', retry: { kind: 'never' } },
    });
    await begin(setup);
    const session = fakeSession('somebody@else.example');
    setup.fakes.attempts[0]?.end({ kind: 'signed-in', session });
    await setup.until(async () => (await reason(setup.wizard)) === 'sign-in.other-mailbox');
    expect(await control(setup.wizard, 'account', 'sign-in')).toMatchObject({ text: 'Use another account' });
    expect((await model(setup.wizard, 'account')).verdict).toMatchObject({ kind: 'stay' });
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

function page(wizard: Wizard, id: string) {
  const found = wizard.pages().find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the wizard has no page ${id} now`);
  return found;
}

async function model(wizard: Wizard, id: string): Promise<PageModel> {
  return page(wizard, id).model();
}

async function control(wizard: Wizard, pageId: string, id: string): Promise<Control | undefined> {
  return (await model(wizard, pageId)).controls.find((candidate) => candidate.id === id);
}

async function reason(wizard: Wizard): Promise<string | undefined> {
  const notice = await control(wizard, 'account', 'reason');
  return notice?.kind === 'notice' ? notice.failure?.code : undefined;
}

type Setup = Awaited<ReturnType<typeof openWizard>> & { fakes: SetupFakes };

/** Up to Microsoft's page. */
async function begin({ wizard }: Setup): Promise<void> {
  await page(wizard, 'provider').change('provider', 'microsoft365');
  await page(wizard, 'account').change('address', `"Bright Smile" <${ADDRESS}>`);
  await page(wizard, 'account').press('sign-in');
}

/** Up to Authenticated. */
async function connect(setup: Setup): Promise<SignInSession & { readonly isDisposed: boolean }> {
  await begin(setup);
  const session = fakeSession(ADDRESS);
  setup.fakes.attempts[0]?.end({ kind: 'signed-in', session });
  await setup.until(async () => (await model(setup.wizard, 'account')).verdict.kind === 'next');
  return session;
}

/** The stored settings of a practice that is connected. */
function stored() {
  return {
    form: 1,
    provider: 'microsoft365',
    account: {
      key: 'microsoft365:tenant:reception@practice.example',
      address: ADDRESS,
      signedIn: { homeAccountId: 'oid.tenant', objectId: 'oid', tenantId: 'tenant', username: ADDRESS },
      imapUser: ADDRESS,
      smtpUser: ADDRESS,
    },
    schedule: {
      sendImmediately: true,
      checkingTimes: [],
      checkEveryMinutes: 5,
      presetTimes: [],
      delayBetweenEmailsSeconds: 2,
    },
  };
}
