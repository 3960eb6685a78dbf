import { describe, expect, test } from '@jest/globals';
import type { OpenedWizard } from '../src/web/api/answers.js';
import { serve } from './web-support/served.js';
import { ask, TestPage } from './web-support/web-client.js';

async function openWizard(page: TestPage): Promise<OpenedWizard> {
  return (await page.call('wizard.open', { menuEntry: 'email-setup' })) as OpenedWizard;
}

describe('a wizard belongs to the page that opened it', () => {
  test('closing the page cancels it', async () => {
    await using served = await serve();
    const page = await TestPage.open(served.url);
    await openWizard(page);
    const [wizard] = served.host.wizards;
    expect(wizard?.isDisposed).toBe(false);
    const cancelled = wizard?.whenDisposed();
    await page[Symbol.asyncDispose]();
    await cancelled;
    expect(wizard?.record).not.toContain('finish');
  });

  test('another page can’t touch it', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    await using other = await TestPage.open(served.url);
    const { wizard } = await openWizard(page);
    const reply = await other.post('wizard.finish', JSON.stringify({ wizard }));
    expect(JSON.parse(reply.body)).toHaveProperty('failure.code', 'test-host.wizard-ended');
    expect(served.host.wizards[0]?.record).toEqual([]);
  });

  test('its steps reach the frame, and each answer shows what came of it', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const { wizard, view } = await openWizard(page);
    expect(view).toMatchObject({ pageId: 'page-0', canGoNext: false });
    const changed = await page.call('wizard.change', { wizard, control: 'address', value: 'a@b.example' });
    expect(changed).toMatchObject({ canGoNext: true });
    await expect(page.call('wizard.next', { wizard })).resolves.toMatchObject({ pageId: 'page-1', canFinish: true });
    await expect(page.call('wizard.finish', { wizard })).resolves.toEqual({ kind: 'finished' });
    expect(served.host.wizards[0]?.record).toEqual(['change address "a@b.example"', 'finish']);
  });

  test('a restart of the host ends it', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    await openWizard(page);
    const cancelled = served.host.wizards[0]?.whenDisposed();
    await page.call('panel.restart', { hostVersion: 'V13.705' });
    await cancelled;
    await page.event('restarted');
  });
});

describe('events', () => {
  test('a change of the host reaches every page', async () => {
    await using served = await serve();
    await using first = await TestPage.open(served.url);
    await using second = await TestPage.open(served.url);
    served.host.fire({ kind: 'health' });
    await Promise.all([first.event('health'), second.event('health')]);
  });

  test('a sign-in page opens only where somebody pressed', async () => {
    await using served = await serve();
    await using first = await TestPage.open(served.url);
    await using second = await TestPage.open(served.url);
    const { wizard } = await openWizard(second);
    await page1Reads(first);
    await second.call('wizard.press', { wizard, control: 'sign-in' });
    await second.event('system-browser');
    served.host.fire({ kind: 'health' });
    await first.event('health');
    expect(first.events.map(({ kind }) => kind)).not.toContain('system-browser');
  });
});

/** What a page reads by itself is nobody's press. */
async function page1Reads(page: TestPage): Promise<void> {
  await page.call('menu');
  await page.call('email-service');
}

describe('the plugin’s browser module', () => {
  test('is served under the plugin’s name, and nothing else is', async () => {
    await using served = await serve();
    served.host.browserModules.set('exact-email/sign-in', new URL(import.meta.url).pathname);
    const module = await ask(served.url, '/plugins/exact-email/sign-in.js');
    expect(module.status).toBe(200);
    expect(module.headers['content-type']).toMatch(/^text\/javascript/);
    for (const path of ['/plugins/exact-email/other.js', '/plugins/other/sign-in.js', '/plugins/exact-email/sign-in']) {
      expect((await ask(served.url, path)).status).toBe(404);
    }
    await using page = await TestPage.open(served.url);
    await expect(openWizard(page)).resolves.toHaveProperty('signInModule', '/plugins/exact-email/sign-in.js');
  });
});
