import { describe, expect, test } from '@jest/globals';
import { openWizard } from '../../test/support/open-setup.js';
import { ADDRESS, connect, control, model, page, stored } from '../../test/support/setup-steps.js';

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
