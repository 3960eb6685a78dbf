import { fileURLToPath } from 'node:url';
import { FakeClock, startTestHost, type TestHost, type WizardFrame } from '@exact/test-host';
import type { Control, Failure } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { RECEPTION, walkAs } from './identity-harness.js';
import { connectMailbox, control, openAccountDetails, pageOpenedBy, until } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));

function start(options = {}): Promise<TestHost> {
  return startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} }, ...options });
}

/** All sign-in pages that were to open from now on. */
function pagesOpenedIn({ host }: TestHost): readonly string[] {
  const pages: string[] = [];
  host.onDidChange((change) => {
    if (change.kind === 'system-browser') pages.push(change.url);
  });
  return pages;
}

async function failuresOn(frame: WizardFrame): Promise<readonly Failure[]> {
  const { page } = await frame.view();
  return page.controls.flatMap((each: Control) => (each.kind === 'notice' && each.failure ? [each.failure] : []));
}

async function untilNotAuthenticated(frame: WizardFrame): Promise<readonly Failure[]> {
  await until(frame.onDidChange, async () => (await failuresOn(frame)).length > 0);
  expect(await control(frame, 'status')).toMatchObject({ value: 'Not authenticated' });
  return failuresOn(frame);
}

/** What is in the way, and for what: `:` says that the sentence names it. */
const OBSTACLES: readonly (readonly [string, string, RegExp])[] = [
  ['network-sign-in-blocked', 'ECONNREFUSED', /^Signing in: /],
  ['network-receiving-blocked', 'ECONNREFUSED', /^Receiving email: /],
  ['network-sending-blocked', 'ECONNREFUSED', /^Sending email: /],
  ['network-names-unknown', 'ENOTFOUND', /^Receiving email and sending email: /],
  ['network-connections-opened', 'SELF_SIGNED_CERT_IN_CHAIN', /^Receiving email and sending email: /],
  ['network-certificate-ended', 'CERT_HAS_EXPIRED', /^Receiving email and sending email: /],
  ['network-certificate-of-another', 'ERR_TLS_CERT_ALTNAME_INVALID', /^Receiving email and sending email: /],
  ['network-sending-unencrypted', 'no STARTTLS', /^Sending email: /],
  ['network-proxy-asks', 'PROXY_AUTH 407', /^Signing in, receiving email and sending email: /],
  ['network-proxy-refuses', 'PROXY refused', /^Signing in, receiving email and sending email: /],
];

describe('before Microsoft’s page opens', () => {
  test('each thing in the way is a line with its remedy; mended, the sign-in works at once', async () => {
    await using testHost = await start();
    const { panel } = testHost.host;
    await using frame = await openAccountDetails(testHost);
    const pages = pagesOpenedIn(testHost);
    for (const [situation, code, about] of OBSTACLES) {
      await panel.setSituation(situation, true);
      await frame.press('sign-in');
      const failures = await untilNotAuthenticated(frame);
      expect([situation, failures]).toEqual([
        situation,
        [expect.objectContaining({ code, sentence: expect.stringMatching(about) })],
      ]);
      expect(failures[0]?.advice).toMatch(/IT support/);
      await panel.setSituation(situation, false);
    }
    expect(pages).toEqual([]);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    await walkAs(RECEPTION)(browser);
    await until(frame.onDidChange, async () => (await frame.view()).canGoNext);
  });

  test('two things in the way are two lines', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    await testHost.host.panel.setSituation('network-receiving-blocked', true);
    await testHost.host.panel.setSituation('network-sending-unencrypted', true);
    await frame.press('sign-in');
    const failures = await untilNotAuthenticated(frame);
    expect(failures.map(({ code }) => code)).toEqual(['ECONNREFUSED', 'no STARTTLS']);
  });

  test.each([
    ['network-receiving-silent', 'ETIMEDOUT'],
    ['network-proxy-silent', 'PROXY unreachable'],
  ])('nobody waits longer than four seconds for an answer: %s', async (situation, code) => {
    const clock = new FakeClock();
    await using testHost = await start({ clock });
    await using frame = await openAccountDetails(testHost);
    await testHost.host.panel.setSituation(situation, true);
    const { sleepers } = clock;
    await frame.press('sign-in');
    expect(await control(frame, 'status')).toMatchObject({ value: 'Checking the connection to Microsoft' });
    // The limit of the whole sign-in, and that of each look.
    await clock.until(() => clock.sleepers >= sleepers + 2);
    await clock.advance(4_000);
    expect(await untilNotAuthenticated(frame)).toEqual([expect.objectContaining({ code })]);
  });

  test('Cancel ends the look in its middle, and the next sign-in works at once', async () => {
    await using testHost = await start({ clock: new FakeClock() });
    await using frame = await openAccountDetails(testHost);
    const pages = pagesOpenedIn(testHost);
    await testHost.host.panel.setSituation('network-receiving-silent', true);
    await frame.press('sign-in');
    await frame.press('cancel-sign-in');
    expect((await untilNotAuthenticated(frame)).map(({ code }) => code)).toEqual(['sign-in.cancelled']);
    await testHost.host.panel.setSituation('network-receiving-silent', false);
    expect(pages).toEqual([]);
    await walkAs(RECEPTION)(await pageOpenedBy(testHost, () => frame.press('sign-in')));
    await until(frame.onDidChange, async () => (await frame.view()).canGoNext);
  });

  test('a clock that is wrong is told, and the sign-in goes on', async () => {
    await using testHost = await start();
    await using frame = await openAccountDetails(testHost);
    await testHost.host.panel.setSituation('network-clock-wrong', true);
    const browser = await pageOpenedBy(testHost, () => frame.press('sign-in'));
    expect(await failuresOn(frame)).toEqual([
      expect.objectContaining({
        code: 'clock wrong',
        sentence: 'The clock of this computer is about 60 minutes slow.',
      }),
    ]);
    await walkAs(RECEPTION)(browser);
    await until(frame.onDidChange, async () => (await frame.view()).canGoNext);
  });

  test('a network that lets out only through its proxy is no obstacle when the host knows the proxy', async () => {
    await using testHost = await start();
    await testHost.host.panel.setSituation('network-only-through-proxy', true);
    await connectMailbox(testHost);
  });

  test('Re-authenticate looks, too', async () => {
    await using testHost = await start();
    const { host } = testHost;
    await connectMailbox(testHost);
    const pages = pagesOpenedIn(testHost);
    await host.panel.setSituation('network-sign-in-blocked', true);
    const outcome = await host.runCommand({ command: 'email.reauthenticate' });
    expect(outcome).toMatchObject({ done: false, failure: { code: 'ECONNREFUSED' } });
    expect(pages).toEqual([]);
  });
});
