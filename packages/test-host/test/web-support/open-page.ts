import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from '../../e2e/support/browser.adapter.js';
import type { FakeHost } from './fake-host.js';
import { serve } from './served.js';

const BUILT_PAGE = fileURLToPath(new URL('../../dist/page', import.meta.url));

/** The built page in a browser, with a fake host behind it. */
export interface OpenPage extends AsyncDisposable {
  readonly host: FakeHost;
  readonly page: Page;
  readonly url: string;
  /** Every address that the page and its frames have asked for. */
  readonly requests: readonly string[];
}

export async function openPage(browser: Browser, viewport = { width: 1280, height: 800 }): Promise<OpenPage> {
  await using opened = new AsyncDisposableStack();
  const served = opened.use(await serve(BUILT_PAGE));
  const context = await browser.newContext({ viewport, locale: 'en-GB' });
  opened.defer(() => context.close());
  context.setDefaultTimeout(10_000);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const page = await context.newPage();
  await page.goto(served.url);
  await page.getByRole('cell', { name: 'Alice Thornton' }).first().waitFor();
  const stack = opened.move();
  return { host: served.host, page, url: served.url, requests, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Chooses an entry of the menu bar and waits for its window. */
export async function openWindow(page: Page, menu: string, entry: string): Promise<Locator> {
  await page.getByRole('menuitem', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
  const window = page.getByRole('dialog', { name: entry, exact: true });
  await window.waitFor();
  return window;
}

/** What axe finds; the text of an email in its frame is not ours to judge. `rules`: these alone, instead of the usual. */
export async function accessibilityFaults(page: Page, rules?: readonly string[]): Promise<readonly unknown[]> {
  // What passes is of no use here, and takes axe a while to describe.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations', 'incomplete'] })
    .exclude('.mail-frame')
    .setLegacyMode(true);
  const { violations, incomplete } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return [
    ...violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
    // Text in the colour of its ground: axe takes it for hidden on purpose. Nothing of ours is.
    ...incomplete.flatMap(({ nodes }) => nodes.filter(isInvisible).map(({ html }) => ['invisible', html])),
  ];
}

function isInvisible({ any }: { readonly any: readonly { readonly data: unknown }[] }): boolean {
  return any.some(
    ({ data }) => typeof data === 'object' && data !== null && 'messageKey' in data && data.messageKey === 'equalRatio',
  );
}

/** What has the focus: its role or tag, and its name. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const name = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    return `${element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? ''} ${name}`.trim();
  });
}
