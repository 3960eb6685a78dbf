import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type TestHostOptions } from '@exact/test-host';
import { startChromium, type Browser, type BrowserContext, type Page } from './browser.adapter.js';
import { startTestHostProcess, type ProcessOptions, type TestHostProcess } from './test-host-process.js';

const PLUGIN = fileURLToPath(new URL('../../../email-plugin', import.meta.url));

/** A practice at work: a test host, a browser and its page. */
export interface Practice extends AsyncDisposable {
  readonly host: TestHostProcess;
  readonly context: BrowserContext;
  readonly page: Page;
}

let shared: Promise<Browser> | undefined;

/** One Chromium for all tests of a file; each practice gets a fresh profile in it. */
export async function closeChromium(): Promise<void> {
  const browser = await shared;
  shared = undefined;
  await browser?.close();
}

/** Starts the test host and opens its page in a browser that nobody has signed in with. */
export async function openPractice(options: ProcessOptions = {}): Promise<Practice> {
  await using opened = new AsyncDisposableStack();
  const host = opened.use(await startTestHostProcess(options));
  const { context, page } = await openPage(host);
  opened.defer(() => context.close());
  const stack = opened.move();
  return { host, context, page, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** A practice whose test host runs within the test, so that the test can make its Microsoft 365 misbehave. */
export interface PracticeInside extends AsyncDisposable {
  readonly testHost: TestHost;
  readonly context: BrowserContext;
  readonly page: Page;
}

/** Starts the test host as a library and opens its page in a browser that nobody has signed in with. */
export async function openPracticeInside(options: TestHostOptions = {}): Promise<PracticeInside> {
  await using opened = new AsyncDisposableStack();
  const testHost = opened.use(await startTestHost({ plugin: PLUGIN, ...options }));
  if (testHost.url === undefined) throw new Error('the test host has no page');
  const { context, page } = await openPage({ url: testHost.url });
  opened.defer(() => context.close());
  const stack = opened.move();
  return { testHost, context, page, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Another PC of the practice: a process of its own beside the server in that directory, with a browser of its own. */
export function openWorkstation(dataDirectory: string): Promise<Practice> {
  return openPractice({ dataDirectory, arguments: ['--workstation'] });
}

/** Another browser with a fresh profile on the same test host. */
async function openPage(host: { readonly url: string }): Promise<{ context: BrowserContext; page: Page }> {
  shared ??= startChromium();
  const context = await (
    await shared
  ).newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/London', locale: 'en-GB' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(host.url);
  await page.getByRole('menubar').waitFor();
  return { context, page };
}
